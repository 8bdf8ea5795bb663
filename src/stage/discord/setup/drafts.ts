import { randomBytes } from 'node:crypto';
import { CONFIG_PRESETS, type ConfigPresetName } from '../../../config/config-presets.ts';
import type { RoomSettings } from '../../../config/room-settings.ts';
import type { ServerConfig } from '../../../engine/settings/settings-api.ts';
import { PlayerError } from '../../../errors.ts';

/** The screens, in their order. */
export const STEPS = ['preset', 'people', 'places', 'limits', 'summary'] as const;
export type Step = (typeof STEPS)[number];

/** What somebody chose so far; nothing of it holds before it is saved. */
export type SetupDraft = {
  readonly token: string;
  readonly server: string;
  /** Discord user id. */
  readonly by: string;
  /** What was stored when it began: whoever changed it since comes first. */
  readonly began: ServerConfig;
  step: Step;
  preset: ConfigPresetName | undefined;
  /** What the server's level will say. */
  values: RoomSettings;
  /** Proxy bots that are in the server and were never asked about. */
  readonly proxies: readonly string[];
  at: number;
};

/** Discord lets the messages of an interaction be changed for so long. */
const LASTS_MS = 15 * 60 * 1000;

/** Setups under way: in memory alone, one for each person and server. */
export function createDrafts(now: () => number) {
  const drafts = new Map<string, SetupDraft>();

  function dropOld(): void {
    for (const [token, { at }] of drafts) if (now() - at > LASTS_MS) drafts.delete(token);
  }

  return {
    begin(server: string, by: string, began: ServerConfig, proxies: readonly string[]): SetupDraft {
      dropOld();
      for (const [token, one] of drafts) if (one.server === server && one.by === by) drafts.delete(token);
      const draft: SetupDraft = {
        token: randomBytes(9).toString('base64url'),
        server,
        by,
        began,
        step: 'preset',
        preset: undefined,
        values: began.levels['server'] ?? {},
        proxies,
        at: now(),
      };
      drafts.set(draft.token, draft);
      return draft;
    },
    /** @throws PlayerError where it is over, or somebody else's */
    of(token: string, server: string, by: string): SetupDraft {
      dropOld();
      const draft = drafts.get(token);
      if (draft?.server !== server || draft.by !== by) {
        throw new PlayerError('This setup is over, and nothing more is saved of it. /setup begins anew.');
      }
      draft.at = now();
      return draft;
    },
    end(draft: SetupDraft): void {
      drafts.delete(draft.token);
    },
    /** It is not over after all. */
    keep(draft: SetupDraft): void {
      drafts.set(draft.token, draft);
    },
  };
}

/** Lists of whom is let in, and where each is chosen: an empty one lets in everyone. */
const LETTING_IN = { playerRoles: 'people', sceneChannels: 'places' } as const;

/**
 * Takes ids out of every list they stand in, as they were deleted. Where nobody is left of those who were
 * to be let in, that is asked again.
 */
export function dropGone(draft: SetupDraft, gone: ReadonlySet<string>): void {
  const kept = Object.entries(draft.values).map(([name, value]) => {
    if (Array.isArray(value)) return [name, value.filter((id) => !gone.has(id))];
    return [name, typeof value === 'string' && gone.has(value) ? '' : value];
  });
  const before = draft.values;
  draft.values = Object.fromEntries(kept);
  for (const [name, step] of Object.entries(LETTING_IN) as [keyof typeof LETTING_IN, Step][]) {
    if ((before[name]?.length ?? 0) > 0 && draft.values[name]?.length === 0) draft.step = step;
  }
}

/** Takes every value of a preset; what a server decides by itself (lists, log channel, model) stays. */
export function takePreset(draft: SetupDraft, preset: ConfigPresetName): void {
  draft.preset = preset;
  draft.values = { ...draft.values, ...CONFIG_PRESETS[preset].rules };
}
