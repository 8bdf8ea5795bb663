import { expect, test } from 'vitest';
import type { Choice } from '../../../../src/engine/choices/choice.ts';
import { readChoices } from '../../../../src/engine/choices/read-choices.ts';
import { hasherOf } from '../../../../src/engine/choices/version-hash.ts';
import { openStore } from '../../../../src/store/open-store.ts';
import { type SceneStore, StoreError } from '../../../../src/store/scene-store.ts';
import { type BestOfSetup, BY, bestOfHouse } from '../../../support/best-of-house.ts';
import { OWNER, SCENE } from '../../../support/play-house.ts';

const LOG = `${SCENE}#1`;

/** Tom was asked, and of his drafts one was chosen; Mara lets her choices be counted. */
async function chosenTurn(setup: BestOfSetup) {
  const house = await bestOfHouse({ drafts: (n) => (n === 0 ? 'BEST of all.' : `Draft ${n}.`), ...setup });
  await house.engine.privacy.optIn(OWNER.id, true);
  await house.say('Tom?');
  const line = (await house.engine.past.swipes(SCENE))?.n ?? 0;
  const hashes = async (): Promise<string[]> => {
    const hashed = await hasherOf(house.store, LOG);
    return (await house.log()).flatMap((beat) =>
      beat.kind === 'line' && (beat.n === line || beat.alternativeTo === line) ? [hashed(beat.segments)] : [],
    );
  };
  const counted = (): Promise<Choice[]> =>
    Array.fromAsync(readChoices(house.store, new AbortController().signal));
  return { ...house, line, hashes, counted };
}

test('what a judge had put first is said with a choice, by its hash', async () => {
  const { engine, line, hashes, counted } = await chosenTurn({ bestOf: 3 });
  await engine.choices.vote(SCENE, line, 'up', BY);
  const [first, ...over] = await hashes();
  expect(over).toHaveLength(2);
  expect(await counted()).toMatchObject([{ judge: { by: 'judge-1', first, over, outcome: 'won' } }]);
});

test('a version that somebody asked for later is none that the judge had put behind', async () => {
  const { engine, hashes, counted } = await chosenTurn({ bestOf: 2 });
  await engine.past.swipe(SCENE, 'next', BY);
  await engine.past.swipe(SCENE, 'next', BY);
  const [first, second] = await hashes();
  expect(await counted()).toMatchObject([{ judge: { first, over: [second] } }]);
});

test('nor where the process ended before what was put behind was kept', async () => {
  const store = await openStore('memory:');
  let ended = true;
  const append: SceneStore['append'] = async (log, beat) => {
    if (ended && beat.kind === 'line' && beat.alternativeTo !== undefined) throw new StoreError('gone');
    return store.append(log, beat);
  };
  const { engine, counted, hashes } = await chosenTurn({
    bestOf: 3,
    engine: { store: { ...store, append } },
  });
  ended = false;
  await engine.past.swipe(SCENE, 'next', BY);
  await engine.past.swipe(SCENE, 'next', BY);
  expect(await hashes()).toHaveLength(3);
  const [choice, ...others] = await counted();
  expect(others).toEqual([]);
  expect(choice).toMatchObject({ what: 'swipe' });
  expect(choice).not.toHaveProperty('judge');
});

test('of what was reworded since a judge had said nothing', async () => {
  const { engine, line, hashes, counted } = await chosenTurn({ bestOf: 3 });
  await engine.past.swipe(SCENE, 'next', BY);
  await engine.past.reword(SCENE, line, 'Wholly other words.', BY);
  await engine.past.swipe(SCENE, 'previous', BY);
  const [first, , third] = await hashes();
  const picked = (await counted()).find(({ what }) => what === 'pick');
  expect(picked?.judge).toMatchObject({ first, over: [third] });
  await engine.past.reword(SCENE, line, 'The best, made anew.', BY);
  await engine.choices.vote(SCENE, line, 'up', BY);
  expect((await counted()).find(({ what }) => what === 'up')).not.toHaveProperty('judge');
});
