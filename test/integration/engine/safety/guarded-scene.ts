import type { Character } from '../../../../src/cast/character.ts';
import type { StartScene } from '../../../../src/engine/engine-api.ts';
import type { EngineOptions } from '../../../../src/engine/engine-options.ts';
import type { LogFacts } from '../../../../src/log.ts';
import type { WordRule } from '../../../../src/safety/word-rule.ts';
import { render } from '../../../../src/words/render.ts';
import { playHouse } from '../../../support/play-house.ts';
import { createRecordingStage } from '../../../support/recording-stage.ts';
import { scriptedModel } from '../../../support/scripted-model.ts';
import { smallLibrary } from '../../../support/small-library.ts';

export const SERVER = 'server-1';
export const SCENE = 'discord:quay';
export const MARA = { id: 'p1', name: 'Mara', roles: ['sailors'] } as const;
/** No rule lets this word pass; it must stand nowhere afterwards. */
export const BAD = 'KRAKENBLOOD';
export const RULE: WordRule = {
  name: 'Sea words',
  keywords: ['krakenblood'],
  patterns: [],
  allowed: [],
  exemptChannels: [],
  exemptRoles: [],
};

export type Setup = {
  readonly rules?: readonly WordRule[] | Error;
  readonly marked?: boolean;
  readonly turn?: (name: string) => string;
  readonly cast?: readonly Character[];
  readonly engine?: Partial<EngineOptions>;
  readonly start?: Partial<StartScene>;
};

/** A scene in a server with rules of its own, played by a model. */
export async function scene({ rules = [RULE], marked = false, turn, cast, engine: more, start }: Setup = {}) {
  const place = { marked };
  const stage = {
    ...createRecordingStage('discord', true),
    ageRestricted: () => place.marked,
    wordRules: async () => {
      if (rules instanceof Error) throw rules;
      return rules;
    },
  };
  const logged: string[] = [];
  const note = (event: string, facts?: LogFacts) => void logged.push(JSON.stringify([event, facts]));
  const model = scriptedModel({
    turn: (name) => turn?.(name) ?? `<role_thinking>Rain.</role_thinking>A word of ${name}.`,
    next: () => 'Old Wenna',
  });
  const house = await playHouse({
    stage,
    models: { actor: model, director: model },
    log: { debug: note, info: note, warn: note, error: note },
    ...(cast ? { library: smallLibrary(cast) } : {}),
    ...more,
    limits: { turnsPerLine: 1, ...more?.limits },
  });
  const { engine, store } = house;
  const begin = (wanted: Partial<StartScene> = {}) =>
    engine.start({ id: SCENE, stage: 'discord', server: SERVER, owner: MARA, cast: ['wenna'], ...wanted });
  await begin(start);
  await engine.idle(SCENE);
  return {
    ...house,
    stage,
    place,
    model,
    begin,
    async hear(text: string, source?: string) {
      const heard = await engine.hear(SCENE, { player: MARA, text, ...(source ? { source } : {}) });
      await engine.idle(SCENE);
      return heard;
    },
    notices: () => stage.notices.map(({ text }) => text),
    heldBack: async () => {
      await engine.audit.settled();
      const entries = await engine.audit.recent(SERVER);
      return entries.filter(({ kind }) => kind === 'held-back').map(({ text }) => render(text));
    },
    /** All that is recorded, logged, shown and told. */
    async everything() {
      const info = await engine.info(SCENE);
      const beats = info ? await Array.fromAsync(store.read(info.record.log)) : [];
      const audit = await engine.audit.recent(SERVER);
      return JSON.stringify([beats, info?.record, audit, stage.shown, stage.notices, stage.whispers, logged]);
    },
  };
}
