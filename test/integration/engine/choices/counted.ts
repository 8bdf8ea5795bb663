import type { Choice } from '../../../../src/engine/choices/choice.ts';
import { readChoices } from '../../../../src/engine/choices/read-choices.ts';
import type { EngineOptions } from '../../../../src/engine/engine-options.ts';
import type { allStored } from '../../../e2e/discord/privacy/stored-words.ts';
import { OWNER, playHouse } from '../../../support/play-house.ts';
import { createRecordingStage } from '../../../support/recording-stage.ts';
import { scriptedModel } from '../../../support/scripted-model.ts';

export const BY = { id: OWNER.id, moderator: false };
export const TOM = { id: 'p2', name: 'Bram' } as const;

/** A scene on this surface in which Mara has called Tom, who answered; her wish is what is said here. */
export async function calledTom(
  stage: 'discord' | 'web',
  { choices = true, ...options }: Partial<EngineOptions> & { readonly choices?: boolean } = {},
) {
  const id = `${stage}:one`;
  let turns = 0;
  const model = scriptedModel({
    turn: (name) =>
      `<role_thinking>THOUGHT-CANARY-${++turns}</role_thinking>*nods* SAID-CANARY-${turns} by ${name}.`,
  });
  const surface = createRecordingStage(stage, true);
  const house = await playHouse({ stage: surface, models: { actor: model, director: model }, ...options });
  const { engine, store } = house;
  if (choices) await engine.privacy.optIn(OWNER.id, true);
  await engine.start({
    id,
    stage,
    ...(stage === 'discord' ? { server: 's1' } : {}),
    owner: OWNER,
    cast: ['wenna', 'tom'],
    setting: 'SETTING-CANARY: a quay.',
    preset: 'called-only',
    seed: 1,
  });
  await engine.join(id, OWNER);
  let messages = 0;
  const say = async (text: string): Promise<number> => {
    const heard = await engine.hear(id, { player: OWNER, text, source: `said-${++messages}` });
    await engine.idle(id);
    return heard.heard ? heard.beat : 0;
  };
  const asked = await say('Tom, PLAYER-CANARY?');
  const line = (await engine.past.swipes(id))?.n ?? 0;
  const counted = (): Promise<Choice[]> => Array.fromAsync(readChoices(store, new AbortController().signal));
  return { ...house, id, say, asked, line, counted, model };
}

/** Every document of a choice as it is stored, keys too. */
export async function storedChoices(store: Parameters<typeof allStored>[0]): Promise<string> {
  const rows: string[] = [];
  for await (const key of store.ids('choice')) {
    rows.push(`${key} ${JSON.stringify(await store.get('choice', key))}`);
  }
  return rows.join('\n');
}
