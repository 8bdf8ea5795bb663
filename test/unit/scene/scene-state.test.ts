import { describe, expect, test } from 'vitest';
import { ENVIRONMENT } from '../../../src/scene/beat.ts';
import { foldLog } from '../../../src/scene/fold-log.ts';
import { lastCalled } from '../../../src/scene/lore-calls.ts';
import {
  applyBeat,
  emptyScene,
  placeOf,
  presentCharacters,
  presentPlayers,
  talkIn,
} from '../../../src/scene/scene-state.ts';
import { GREETING_CUE } from '../../../src/scene/talk.ts';
import { ada, bo, cy, enters, everyone, pia, says, writtenLog } from './written-log.ts';

type Draft = Parameters<typeof writtenLog>[number];
const cast = everyone.map((actor) => enters(actor));

/** How the scene stands after these beats, which follow the entrances as beat 5, 6, … */
const sceneAfter = (...drafts: Draft[]) => foldLog(writtenLog(...cast, ...drafts)).state;
const whispers = (more: Partial<Extract<Draft, { kind: 'whisper' }>> = {}): Draft => ({
  ...{ kind: 'whisper', speaker: ada, to: [bo], turn: 'w', segments: [{ kind: 'speech', text: 'Now.' }] },
  ...more,
});
const narrates = (more: Partial<Extract<Draft, { kind: 'narration' }>> = {}): Draft => ({
  ...{ kind: 'narration', speaker: ENVIRONMENT, text: 'A bell rings.' },
  ...more,
});
const made = { by: 'script', why: 'Their turn.', attempts: 1 };
const secret = (text: string): Draft => ({ kind: 'secret', actor: pia, text });
const pin = (of: number, on: boolean): Draft => ({ kind: 'pin', of, on });
const time = (more: { minutes?: number; clock?: number }): Draft => ({
  kind: 'time',
  text: 'Later.',
  ...more,
});

test('a beat that does not follow the log is refused', () => {
  const [first, second] = writtenLog(enters(ada), enters(bo));
  const state = emptyScene();
  expect(() => second && applyBeat(state, second)).toThrow('beat 2 cannot follow a log of 0');
  if (first) applyBeat(state, first);
  expect(() => first && applyBeat(state, first)).toThrow('beat 1 cannot follow a log of 1');
});

describe('the opening', () => {
  test.each<[string, Draft]>([
    ['a line', says(pia, 'Hello.')],
    ['a narration', narrates()],
    ['a whisper', whispers()],
  ])('ends with %s: who is there after it came later, and where', (_, words) => {
    const before: Draft[] = [{ kind: 'setting', text: 'A mill.' }, enters(ada, { quiet: true })];
    const after: Draft[] = [{ kind: 'setting', text: 'A cave.' }, enters(bo, { quiet: true })];
    const { opening, setting } = foldLog(writtenLog(...before, words, ...after)).state;
    expect(opening).toEqual({ setting: 'A mill.', cast: [ada], closedAt: 3 });
    expect(setting).toBe('A cave.');
  });

  test('has each character once that was there from the start, and no player', () => {
    const { opening } = foldLog(
      writtenLog(...[ada, pia, ada].map((actor) => enters(actor, { quiet: true })), enters(bo)),
    ).state;
    expect(opening.cast).toEqual([ada]);
  });

  test('is what the cast goes on from, in the place where it was, but for who comes in by themselves', () => {
    const quiet = enters(ada, { quiet: true, place: 'cellar' });
    const open = foldLog(writtenLog(quiet, enters(bo))).state;
    expect([open.stirredAt, open.place, talkIn(open, 'cellar').stirredAt]).toEqual([1, 'cellar', 1]);
    const later = foldLog(writtenLog(says(pia, 'Hello.'), quiet)).state;
    expect([later.stirredAt, later.place]).toEqual([1, 'main']);
  });
});

describe('what the cast goes on from', () => {
  test.each<[string, number, Draft]>([
    ['is a line', 5, says(pia, 'Hello.')],
    ['is what a model narrates', 5, narrates({ made })],
    ['is not what somebody has the Narrator say', 0, narrates()],
    ['is no greeting', 0, says(ada, 'Welcome.', { cue: GREETING_CUE })],
  ])('%s', (_, stirredAt, beat) => {
    expect(sceneAfter(beat).stirredAt).toBe(stirredAt);
  });
});

describe('the understudy', () => {
  test('has been wherever a line, a whisper or a narration took it, but for greetings', () => {
    const state = sceneAfter(
      says(ada, 'Welcome.', { cue: GREETING_CUE }),
      says(ada, 'So.', { cue: 'one' }),
      narrates({ cue: 'two' }),
      whispers({ cue: 'three' }),
      says(bo, 'Hm.'),
    );
    expect([...state.cues]).toEqual(['one', 'two', 'three']);
    expect(state.cue).toBe('three');
    expect(state.lastSpoke.get(ENVIRONMENT.id)).toBe(7);
    expect(state.characterTurns).toBe(3);
  });
});

describe('what is kept beside the talk', () => {
  test('a player’s objective, the last that was given', () => {
    expect(sceneAfter(secret('Find the key.'), secret('Burn the key.')).secrets).toEqual(
      new Map([[pia.id, 'Burn the key.']]),
    );
  });

  test('what is pinned, until it is no more, or deleted', () => {
    const said = [says(ada, 'One.'), says(bo, 'Two.'), pin(5, true), pin(6, true)];
    expect([...sceneAfter(...said).pins]).toEqual([5, 6]);
    expect([...sceneAfter(...said, pin(5, false)).pins]).toEqual([6]);
    expect([...sceneAfter(...said, { kind: 'retract', of: 6 }).pins]).toEqual([5]);
  });

  test('which version of a line stands, until that or the line is deleted', () => {
    const said = [
      ...[
        says(ada, 'Yes.'),
        says(ada, 'No.', { alternativeTo: 5 }),
        says(ada, 'Well.', { alternativeTo: 5 }),
      ],
      { kind: 'choose', of: 5, pick: 6 } satisfies Draft,
    ];
    const retract = (of: number): Draft => ({ kind: 'retract', of });
    expect(sceneAfter(...said).standing).toEqual(new Map([[5, 6]]));
    expect(sceneAfter(...said, retract(7)).standing).toEqual(new Map([[5, 6]]));
    expect(sceneAfter(...said, retract(6)).standing).toEqual(new Map());
    expect(sceneAfter(...said, retract(5)).standing).toEqual(new Map());
  });

  test('who had more lore than room, in a line alone, and even where it was left behind', () => {
    const lacks = { made: { ...made, loreLeft: 2 } };
    const state = sceneAfter(
      says(ada, 'So.', lacks),
      { kind: 'rewind', to: 4 },
      says(bo, 'Hm.', { made }),
      whispers({ speaker: cy, ...lacks }),
    );
    expect([...state.lackedLore]).toEqual([ada.id]);
  });

  test('lore that was called up in a whisper', () => {
    const lore = [{ book: 'coast', entry: 'cave', why: 'key' as const }];
    const state = sceneAfter(whispers({ made: { ...made, lore } }));
    expect(lastCalled(state.lore, ada.id, 'coast', 'cave')).toBe(5);
  });

  test('nothing in mind of a character to whom nobody gave a thought', () => {
    expect(talkIn(sceneAfter(says(ada, 'So.')), 'main').turn?.plants).toEqual([]);
  });
});

describe('time', () => {
  test.each<[string, Draft[], number, number | undefined]>([
    ['goes by without a clock', [time({ minutes: 20 }), time({ minutes: 15 })], 35, undefined],
    ['goes by on the clock once it was set', [time({ clock: 600 }), time({ minutes: 15 })], 15, 615],
    ['leaves the clock where no minutes are told', [time({ clock: 600 }), time({})], 0, 600],
    ['is what the clock says where both are told', [time({ clock: 600, minutes: 30 })], 30, 600],
  ])('%s', (_, beats, elapsed, clock) => {
    expect(sceneAfter(...beats)).toMatchObject({ elapsed, clock });
  });
});

describe('who is in the scene', () => {
  const state = sceneAfter(
    { kind: 'exit', actor: bo, to: 'cellar' },
    { kind: 'exit', actor: cy },
    enters({ id: 'player:quin', name: 'Quin' }, { place: 'cellar' }),
  );

  test('are characters and players, in any place or in that one', () => {
    expect(presentCharacters(state)).toEqual([ada, bo]);
    expect(presentCharacters(state, 'cellar')).toEqual([bo]);
    expect(presentPlayers(state)).toEqual([pia, { id: 'player:quin', name: 'Quin' }]);
    expect(presentPlayers(state, 'main')).toEqual([pia]);
  });

  test('is in the main place who never came', () => {
    expect([placeOf(state, bo.id), placeOf(state, 'player:nobody')]).toEqual(['cellar', 'main']);
  });
});
