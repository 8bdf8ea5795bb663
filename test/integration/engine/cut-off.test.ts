import { describe, expect, test } from 'vitest';
import type { StartScene } from '../../../src/engine/engine-api.ts';
import type { Models } from '../../../src/engine/models.ts';
import type { Beat } from '../../../src/scene/beat.ts';
import { openStore } from '../../../src/store/open-store.ts';
import type { SceneStore } from '../../../src/store/scene-store.ts';
import { answeringModel } from '../../support/answering-model.ts';
import { createCut } from '../../support/cut.ts';
import { OWNER, playHouse } from '../../support/play-house.ts';
import { createRecordingStage, type RecordingStage } from '../../support/recording-stage.ts';

const id = 'discord:c1';

type Evening = {
  readonly start: Omit<StartScene, 'id' | 'stage' | 'owner'>;
  readonly says: readonly string[];
  /** Edits and deletions at the end, by the number of the line. */
  readonly after?: readonly (readonly [line: number, text: string | undefined])[];
  readonly models?: () => Models;
};

const evenings: Record<string, Evening> = {
  'of the script': {
    start: { script: 'harbour', seed: 1, server: 's1' },
    says: ['Could we still cross by ferry?', 'Tom, what of the rope?'],
  },
  'of a model': {
    start: { cast: ['wenna', 'tom', 'ines'], setting: 'A quay.', seed: 3, server: 's1' },
    says: ['Good evening, all.', 'Tom and Ines, is there a boat?'],
    after: [
      [0, 'Good morning, all.'],
      [1, undefined],
    ],
    models: () => ({ actor: answeringModel(), director: answeringModel(), narrator: answeringModel() }),
  },
};

/** Everything in its order, as people and Discord would do it; what was done already is a repeat. */
async function play(
  evening: Evening,
  store: SceneStore,
  stage: Parameters<typeof playHouse>[0] & object,
): Promise<void> {
  const { engine } = await playHouse({ ...stage, store, models: evening.models?.() ?? {} });
  const { start, says, after = [] } = evening;
  if (await engine.info(id)) await engine.resume(id);
  else await engine.start({ ...start, id, stage: 'discord', owner: OWNER });
  await engine.idle(id);
  for (const [line, text] of says.entries()) {
    await engine.hear(id, { player: OWNER, text, source: `m${line}` });
    await engine.idle(id);
  }
  for (const [line, text] of after) {
    if (text === undefined) await engine.retract(id, `m${line}`);
    else await engine.amend(id, `m${line}`, text);
    await engine.idle(id);
  }
}

describe.each(Object.entries(evenings))(
  'an evening %s, cut off at any moment and taken up again',
  (_, evening) => {
    test('is the same evening: nothing is lost, doubled or stuck', async () => {
      const whole = await cutAt(evening, Number.POSITIVE_INFINITY);
      expect(whole.shown.length).toBeGreaterThan(4);
      const steps = whole.steps;
      expect(steps).toBeGreaterThan(40);
      for (let at = 1; at <= steps; at += 1) {
        const again = await cutAt(evening, at);
        expect(again.shown, `cut off at step ${at} of ${steps}`).toEqual(whole.shown);
        expect(again.log, `cut off at step ${at} of ${steps}`).toEqual(whole.log);
      }
    });
  },
);

async function cutAt(evening: Evening, at: number) {
  const store = await openStore('memory:');
  const surface = createRecordingStage('discord', true);
  const cut = createCut(at, store, surface);
  await Promise.race([cut.over, play(evening, cut.store, { stage: asRecording(cut.stage, surface) })]);
  if (cut.steps() >= at) await play(evening, store, { stage: surface });
  const log = await Array.fromAsync(store.read(`${id}#1`));
  expect(JSON.stringify(log)).not.toMatch(/Good evening, all|Tom and Ines, is/);
  return { shown: surface.lines(), log: log.map(asTold), steps: cut.steps() };
}

function asRecording(stage: object, surface: RecordingStage): RecordingStage {
  return { ...surface, ...stage };
}

/** A beat without the number of the generation that made it, which counts from one in each process. */
function asTold(beat: Beat): Beat {
  return 'turn' in beat ? { ...beat, turn: '' } : beat;
}
