import { expect, test } from 'vitest';
import { openStore } from '../../../../src/store/open-store.ts';
import { newScene } from '../../../contract/scene-store.ts';
import { answeringModel } from '../../../support/answering-model.ts';
import { playHouse } from '../../../support/play-house.ts';
import { createRecordingStage } from '../../../support/recording-stage.ts';
import { onSharedStores } from '../../../support/shared-stores.ts';
import { SOON } from '../../../support/soon.ts';
import { createWire, type Wire } from '../../../support/wire.ts';
import { MARA } from './stored-evening.ts';

/** When in a turn the store goes away. */
const MOMENTS = ['while a line is made', 'between what is recorded and what is shown'] as const;
type Moment = (typeof MOMENTS)[number];

/** An evening in which the store goes away once, at such a moment, and comes back. */
async function evening(url: string, moment: Moment, goAway: (wire: Wire) => Promise<void>) {
  const wire = await createWire(url);
  const id = newScene();
  const stage = createRecordingStage('discord', true);
  let due: Moment | undefined;
  const goAwayAt = async (now: Moment) => {
    if (now !== due) return;
    due = undefined;
    await goAway(wire);
  };
  stage.beforeShow = () => goAwayAt('between what is recorded and what is shown');
  const model = answeringModel();
  const actor = answeringModel({
    async *stream(request, signal) {
      await goAwayAt('while a line is made');
      yield* model.stream(request, signal);
    },
  });
  const store = await openStore(wire.url);
  const { engine } = await playHouse({ store, stage, models: { actor, director: model, narrator: model } });
  const heard: number[] = [];
  const say = async (n: number): Promise<string> => {
    try {
      const done = await engine.hear(id, {
        player: MARA,
        text: `Old Wenna, is it ${n}?`,
        source: `m${n}-${id}`,
      });
      if (done.heard) heard.push(done.beat);
      await engine.idle(id);
      return done.heard || done.because === 'repeat' ? 'heard' : done.because;
    } catch (error) {
      return String(error);
    }
  };
  await engine.start({ id, stage: 'discord', server: 's1', owner: MARA, cast: ['wenna', 'tom'], seed: 3 });
  await engine.idle(id);
  await say(1);
  due = moment;
  await say(2);
  expect(due).toBeUndefined();
  await wire.mend().catch(() => {});
  await expect.poll(() => say(3), SOON).toBe('heard');
  const before = stage.shown.length;
  await expect.poll(() => say(4), SOON).toBe('heard');
  const wentOn = stage.shown.length > before;
  await engine.close();
  await store.close();
  await wire.cut();

  const sound = await openStore(url);
  const beats = await Array.fromAsync(sound.read(`${id}#1`));
  await sound.erase(`${id}#1`);
  await sound.remove('scene', id);
  await sound.close();
  return { heard, beats, wentOn, shown: stage.shown.map(({ n }) => n) };
}

onSharedStores('a store that goes away in the middle of a turn', (url) => {
  const ways: readonly [string, (wire: Wire) => Promise<void>][] = [
    ['is stopped, and started again', (wire) => wire.cut()],
    [
      'is silent for a moment, and goes on',
      async (wire) => {
        const goOn = wire.freeze();
        setTimeout(goOn, 50);
      },
    ],
  ];
  for (const [how, goAway] of ways) {
    test.each(MOMENTS)(
      `${how}, %s: nothing is lost, nothing is shown twice, the scene goes on`,
      async (moment) => {
        const { heard, beats, wentOn, shown } = await evening(url, moment, goAway);
        expect(beats.map(({ n }) => n)).toEqual(beats.map((_, i) => i + 1));
        // What was acknowledged is there, and what was shown is what was recorded.
        for (const n of heard) expect(beats.find((beat) => beat.n === n)).toMatchObject({ kind: 'line' });
        expect(shown).toEqual([...new Set(shown)]);
        for (const n of shown) expect(beats.some((beat) => beat.n === n)).toBe(true);
        expect(wentOn).toBe(true);
      },
    );
  }
});
