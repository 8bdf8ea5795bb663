import {
  AutoModerationRuleTriggerType,
  type Guild,
  PermissionFlagsBits,
  type REST,
  Routes,
} from 'discord.js';
import { z } from 'zod';
import { StageError, type WordRule } from '../../../engine/stage.ts';
import { say } from '../../../words/text.ts';
import { stageErrorOf } from './discord-refusal.ts';

/** AutoMod's keyword rules of the servers that let the bot read them (Manage Server). */
export type WordRulesOfServers = {
  /** None where it may not. Throws `StageError` where Discord does not tell them just now. */
  of(server: string, signal: AbortSignal): Promise<readonly WordRule[]>;
  /** A rule was made, changed or deleted there; without a server: nobody knows where. */
  changed(server?: string): void;
};

export type WordRulesOptions = {
  readonly rest: REST;
  readonly guild: (server: string) => Guild | undefined;
};

const NONE: readonly WordRule[] = [];

const ids = z.array(z.string()).default([]);
// Lists that Discord has made up itself (its presets) are told to nobody, and neither are they applied.
const ruleSchema = z.object({
  name: z.string(),
  enabled: z.boolean(),
  trigger_type: z.number(),
  trigger_metadata: z
    .object({ keyword_filter: ids, regex_patterns: ids, allow_list: ids })
    .default({ keyword_filter: [], regex_patterns: [], allow_list: [] }),
  exempt_channels: ids,
  exempt_roles: ids,
});

/** Reads the rules of a server once, and anew after they changed. */
export function createWordRules({ rest, guild }: WordRulesOptions): WordRulesOfServers {
  const known = new Map<string, readonly WordRule[]>();
  let changes = 0;

  async function read(server: string, signal: AbortSignal): Promise<readonly WordRule[]> {
    const before = changes;
    const rules = await fetchRules(rest, server, signal);
    // What changed while it was being read is read again next time.
    if (before === changes) known.set(server, rules);
    return rules;
  }

  return {
    async of(server, signal) {
      if (!guild(server)?.members.me?.permissions.has(PermissionFlagsBits.ManageGuild)) {
        // Of what changes meanwhile nobody tells.
        known.delete(server);
        return NONE;
      }
      return known.get(server) ?? read(server, signal);
    },
    changed(server) {
      changes += 1;
      if (server === undefined) known.clear();
      else known.delete(server);
    },
  };
}

async function fetchRules(rest: REST, server: string, signal: AbortSignal): Promise<readonly WordRule[]> {
  try {
    const answer = z
      .array(ruleSchema)
      .safeParse(await rest.get(Routes.guildAutoModerationRules(server), { signal }));
    if (!answer.success) throw new StageError('rejected', say('Discord’s rules of words cannot be read.'));
    return answer.data
      .filter(
        ({ enabled, trigger_type }) => enabled && trigger_type === AutoModerationRuleTriggerType.Keyword,
      )
      .map(({ name, trigger_metadata, exempt_channels, exempt_roles }) => ({
        name,
        keywords: trigger_metadata.keyword_filter,
        patterns: trigger_metadata.regex_patterns,
        allowed: trigger_metadata.allow_list,
        exemptChannels: exempt_channels,
        exemptRoles: exempt_roles,
      }));
  } catch (error) {
    signal.throwIfAborted();
    const failure = stageErrorOf(error);
    // The permission was taken away a moment ago.
    if (failure instanceof StageError && failure.reason === 'forbidden') return NONE;
    throw failure;
  }
}
