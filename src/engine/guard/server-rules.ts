import type { WordRule } from '../../safety/word-rule.ts';
import { compileWordRules, type WordRules } from '../../safety/word-rules.ts';
import { type EngineRoom, kindOf } from '../engine-room.ts';
import type { SceneRecord } from '../scene-record.ts';
import { levelsOfScene } from '../settings/levels-of-place.ts';
import type { HeldBack, Typist } from './guard-api.ts';

/** The rules of words that a scene's server has (Discord's AutoMod), where the bot may read them. */
export type ServerRules = {
  /** Whether there may be any. */
  apply(record: SceneRecord): boolean;
  broken(record: SceneRecord, text: string, signal: AbortSignal, by?: Typist): Promise<HeldBack | undefined>;
};

export function createServerRules(room: EngineRoom): ServerRules {
  // A surface hands out the same list as long as nothing of it has changed.
  const compiled = new WeakMap<readonly WordRule[], WordRules>();

  function compile(rules: readonly WordRule[], { server }: SceneRecord): WordRules {
    const known = compiled.get(rules);
    if (known) return known;
    const made = compileWordRules(rules);
    compiled.set(rules, made);
    for (const { rule } of made.unread) room.log.warn('word-rule-unread', { server, rule });
    return made;
  }

  function apply(record: SceneRecord): boolean {
    const reads = room.stage(record)?.wordRules !== undefined;
    return reads && record.server !== undefined && room.rulesFor(record).autoMod;
  }

  return {
    apply,
    async broken(record, text, signal, by) {
      const { server } = record;
      if (server === undefined || !apply(record)) return undefined;
      try {
        const rules = (await room.stage(record)?.wordRules?.(server, signal)) ?? [];
        const roles = by?.roles ?? [];
        const rule = compile(rules, record).broken(text, { channels: channelsOf(record), roles });
        return rule === undefined ? undefined : { because: 'automod', rule };
      } catch (error) {
        signal.throwIfAborted();
        room.log.warn('word-rules-unread', { scene: record.id, error: kindOf(error) });
        return { because: 'automod-unreachable' };
      }
    },
  };
}

/** The channel, of a thread its parent, and the category: where exceptions are made. */
function channelsOf(record: SceneRecord): string[] {
  return levelsOfScene(record)
    .filter(({ level }) => level === 'channel' || level === 'category')
    .map(({ id }) => id);
}
