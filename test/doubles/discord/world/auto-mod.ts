import {
  AutoModerationActionType,
  AutoModerationRuleEventType,
  AutoModerationRuleTriggerType,
  GatewayDispatchEvents as Event,
  GatewayIntentBits as Intent,
  PermissionFlagsBits,
} from 'discord-api-types/v10';
import { announceServer } from '../gateway/announce.ts';
import type { Platform } from '../platform.ts';
import type { AutoModRule, Server } from './entities.ts';
import { serverPermissions } from './permissions.ts';
import { idOf, type Ref } from './snowflake.ts';

/** What a moderator fills in. */
export type AutoModParts = {
  readonly name?: string;
  readonly keywords?: readonly string[];
  readonly patterns?: readonly string[];
  readonly allowed?: readonly string[];
  readonly enabled?: boolean;
  readonly exemptRoles?: readonly Ref[];
  readonly exemptChannels?: readonly Ref[];
  /** Discord's own lists of words, which it tells nobody. */
  readonly preset?: boolean;
};

export function addAutoModRule(platform: Platform, server: Server, parts: AutoModParts): AutoModRule {
  const { preset = false } = parts;
  const { Keyword, KeywordPreset } = AutoModerationRuleTriggerType;
  const blank: AutoModRule = {
    id: platform.world.nextId(),
    guild_id: server.id,
    name: 'rule',
    creator_id: server.ownerId,
    event_type: AutoModerationRuleEventType.MessageSend,
    trigger_type: preset ? KeywordPreset : Keyword,
    trigger_metadata: preset
      ? { presets: [1], allow_list: [] }
      : { keyword_filter: [], regex_patterns: [], allow_list: [] },
    actions: [{ type: AutoModerationActionType.BlockMessage, metadata: {} }],
    enabled: true,
    exempt_roles: [],
    exempt_channels: [],
  };
  const rule = filledIn(blank, parts);
  server.autoMod.set(rule.id, rule);
  announceRule(platform, server, Event.AutoModerationRuleCreate, rule);
  return rule;
}

export function changeAutoModRule(
  platform: Platform,
  server: Server,
  before: AutoModRule,
  parts: AutoModParts,
): AutoModRule {
  const rule = filledIn(before, parts);
  server.autoMod.set(rule.id, rule);
  announceRule(platform, server, Event.AutoModerationRuleUpdate, rule);
  return rule;
}

export function removeAutoModRule(platform: Platform, server: Server, rule: AutoModRule): void {
  server.autoMod.delete(rule.id);
  announceRule(platform, server, Event.AutoModerationRuleDelete, rule);
}

/** Discord's bounds: 1,000 keywords of 60 characters, 10 patterns of 260, 20 roles, 50 channels. */
function filledIn(rule: AutoModRule, parts: AutoModParts): AutoModRule {
  const { name, keywords, patterns, allowed, enabled, exemptRoles, exemptChannels } = parts;
  if ((keywords?.length ?? 0) > 1000 || keywords?.some((one) => one.length > 60))
    throw new Error('Keywords.');
  if ((patterns?.length ?? 0) > 10 || patterns?.some((one) => one.length > 260)) throw new Error('Patterns.');
  if ((exemptRoles?.length ?? 0) > 20 || (exemptChannels?.length ?? 0) > 50) throw new Error('Exemptions.');
  return {
    ...rule,
    name: name ?? rule.name,
    enabled: enabled ?? rule.enabled,
    trigger_metadata: {
      ...rule.trigger_metadata,
      ...(keywords && { keyword_filter: [...keywords] }),
      ...(patterns && { regex_patterns: [...patterns] }),
      ...(allowed && { allow_list: [...allowed] }),
    },
    ...(exemptRoles && { exempt_roles: exemptRoles.map(idOf) }),
    ...(exemptChannels && { exempt_channels: exemptChannels.map(idOf) }),
  };
}

/** Only a bot with Manage Server hears of it. */
function announceRule(platform: Platform, server: Server, event: Event, rule: AutoModRule): void {
  const mayRead = serverPermissions(server, platform.world.bot.id) & PermissionFlagsBits.ManageGuild;
  if (mayRead) announceServer(platform, event, server.id, rule, Intent.AutoModerationConfiguration);
}
