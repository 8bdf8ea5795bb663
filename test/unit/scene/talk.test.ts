import { describe, expect, test } from 'vitest';
import { foldLog } from '../../../src/scene/fold-log.ts';
import { talkIn } from '../../../src/scene/scene-state.ts';
import { GREETING_CUE } from '../../../src/scene/talk.ts';
import { ada, bo, cy, enters, everyone, pia, says, writtenLog } from './written-log.ts';

type Draft = Parameters<typeof writtenLog>[number];
const cast = everyone.map((actor) => enters(actor));

/** How the talk stands after these beats, which follow the entrances as beat 5, 6, … */
function sceneAfter(...drafts: Draft[]) {
  const { state } = foldLog(writtenLog(...cast, ...drafts));
  return { state, talk: talkIn(state, 'main') };
}

const calls = (...actors: (typeof ada)[]) => ({ addressed: actors.map(({ id }) => id) });
const called = (...drafts: Draft[]) => sceneAfter(...drafts).talk.addressed;

describe('who is called', () => {
  test('by lines of players in a row: whom the last calls who calls anyone, until someone answers', () => {
    expect(called(says(pia, 'Ada?', calls(ada)), says(pia, 'Well?'))).toEqual([ada.id]);
    expect(called(says(pia, 'Ada?', calls(ada)), says(pia, 'Or Bo?', calls(bo)))).toEqual([bo.id]);
    expect(called(says(pia, 'Ada, Cy?', calls(ada, cy)), says(ada, 'Yes.'), says(pia, 'Hm.'))).toEqual([]);
  });

  test('who answers is called no longer, and whom they call comes first', () => {
    const line = says(pia, 'Ada, Bo?', calls(ada, bo));
    expect(called(line, says(ada, 'Ask Cy.', calls(cy)))).toEqual([cy.id, bo.id]);
  });

  test('who leaves is called no longer, whichever version of the last turn stands', () => {
    const line = says(pia, 'Ada, Bo?', calls(ada, bo));
    const beats = [line, says(ada, 'Cy?', calls(cy)), says(ada, 'Bo!', { ...calls(bo), alternativeTo: 6 })];
    const leaves: Draft = { kind: 'exit', actor: bo };
    expect(called(...beats, leaves)).toEqual([cy.id]);
    expect(called(...beats, leaves, { kind: 'choose', of: 6, pick: 7 })).toEqual([]);
  });

  test('a place has its own: what is said in a room calls nobody elsewhere', () => {
    const { state, talk } = sceneAfter(says(pia, 'Ada?', { ...calls(ada), place: 'cellar' }));
    expect(talk.addressed).toEqual([]);
    expect(talkIn(state, 'cellar').addressed).toEqual([ada.id]);
  });
});

describe('the chosen version of a turn', () => {
  const beats = [
    says(pia, 'Well?', calls(ada, cy)),
    says(ada, 'Bo?', calls(bo)),
    says(ada, 'Nothing.', { alternativeTo: 6 }),
  ];
  const choose = (pick: number): Draft => ({ kind: 'choose', of: 6, pick });

  test('decides who is called; a swipe that waits decides nothing', () => {
    expect(called(...beats)).toEqual([bo.id, cy.id]);
    expect(called(...beats, choose(7))).toEqual([cy.id]);
    expect(called(...beats, choose(7), choose(6))).toEqual([bo.id, cy.id]);
  });

  test('gives way to the first where it is deleted', () => {
    expect(called(...beats, choose(7), { kind: 'retract', of: 7 })).toEqual([bo.id, cy.id]);
  });

  test('counts as one turn, and nothing can be swiped once the talk went on or it was deleted', () => {
    const { talk, state } = sceneAfter(...beats, choose(7));
    expect([talk.turnsSincePlayer, state.characterTurns]).toEqual([1, 1]);
    expect([talk.turn?.n, talk.turn?.standing, [...(talk.turn?.versions.keys() ?? [])]]).toEqual([
      6,
      7,
      [6, 7],
    ]);
    expect(sceneAfter(...beats, choose(7), says(pia, 'So.')).talk.turn).toBeUndefined();
    expect(sceneAfter(...beats, { kind: 'retract', of: 6 }).talk.turn).toBeUndefined();
    expect(state.standing.get(6)).toBe(7);
    expect([...sceneAfter(...beats, choose(7), choose(6)).state.standing]).toEqual([]);
  });

  test('of a greeting calls nobody and answers nobody', () => {
    const greeting = { cue: GREETING_CUE };
    const greets = [
      says(pia, 'Ada?', calls(ada)),
      says(ada, 'Good day.', greeting),
      says(ada, 'Bo!', { ...greeting, ...calls(bo), alternativeTo: 6 }),
    ];
    expect(called(...greets, choose(7))).toEqual([ada.id]);
  });
});

describe('a rewind', () => {
  test('restores counters, calls, the turn that can be swiped, grants and the clock as they were', () => {
    const before: Draft[] = [
      { kind: 'time', text: 'Noon.', clock: 720 },
      says(pia, 'Ada, Bo?', calls(ada, bo)),
      { kind: 'grant', turns: 3 },
      says(ada, 'Yes.'),
    ];
    const since: Draft[] = [
      { kind: 'time', text: 'Later.', minutes: 60 },
      says(bo, 'No.'),
      says(pia, 'Cy?', calls(cy)),
      { kind: 'narration', speaker: { id: 'environment', name: 'Environment' }, text: 'It rains.' },
    ];
    const then = sceneAfter(...before);
    const now = sceneAfter(...before, ...since, { kind: 'rewind', to: 8 });
    expect(now.talk).toEqual(then.talk);
    expect(now.talk.addressed).toEqual([bo.id]);
    expect(now.state).toEqual({ ...then.state, beats: 13 });
    expect(now.state).toMatchObject({ granted: 2, clock: 720, characterTurns: 1, playerLines: 1 });
  });

  test('leaves numbers and heard messages taken', () => {
    const { state } = sceneAfter(says(pia, 'Hello?', { source: 'message 1' }), { kind: 'rewind', to: 4 });
    expect(state.sources.get('message 1')).toBe(5);
    expect(state.beats).toBe(6);
    expect(state.playerLines).toBe(0);
  });
});

describe('what lasts for some turns', () => {
  const plant: Draft = { kind: 'plant', actor: ada, text: 'The door is unlocked.', turns: 2 };
  const plants = (...drafts: Draft[]) => sceneAfter(...drafts).state.plants.get(ada.id) ?? [];

  test('a planted thought fades with that character’s turns, not with another’s or with a swipe', () => {
    expect(plants(plant, says(bo, 'Hm.'), says(pia, 'So?'))).toEqual([{ text: plant.text, left: 2 }]);
    expect(plants(plant, says(ada, 'Hm.'), says(ada, 'Oh.', { alternativeTo: 6 }))).toEqual([
      { text: plant.text, left: 1 },
    ]);
    expect(plants(plant, says(ada, 'Hm.'), says(ada, 'Oh.'))).toEqual([]);
  });

  test('a turn knows the thoughts that it was drafted with, for its swipes', () => {
    expect(sceneAfter({ ...plant, turns: 1 }, says(ada, 'Hm.')).talk.turn?.plants).toEqual([plant.text]);
  });

  test('steering fades with each turn of any character, and a grant is taken by turns and ended by a player', () => {
    const beats: Draft[] = [
      { kind: 'steer', text: 'It gets worse.', turns: 2 },
      { kind: 'grant', turns: 4 },
      says(ada, 'Hm.'),
    ];
    expect(sceneAfter(...beats).state).toMatchObject({
      granted: 3,
      steer: { text: 'It gets worse.', left: 1 },
    });
    expect(sceneAfter(...beats, says(bo, 'Oh.')).state.steer).toBeUndefined();
    expect(sceneAfter(...beats, says(pia, 'Stop.')).state.granted).toBe(0);
  });
});

describe('what is known of a talk', () => {
  const whisper = (to: (typeof ada)[], more: Partial<Extract<Draft, { kind: 'whisper' }>> = {}): Draft => ({
    ...{ kind: 'whisper', speaker: pia, to, turn: 'w', segments: [{ kind: 'speech', text: 'Now.' }] },
    ...more,
  });

  test('whether the last line of a player was led by a script', () => {
    const led = says(pia, 'To the mill.', { cue: 'mill' });
    expect(sceneAfter(led).talk.led).toBe(true);
    expect(sceneAfter(led, says(pia, 'Hm.')).talk.led).toBe(false);
  });

  test('who was whispered to: characters, by a player, until they answer; a line of a script is no whisper', () => {
    expect(sceneAfter(whisper([ada, pia, bo])).talk.whispered).toEqual(
      new Map([
        [ada.id, pia],
        [bo.id, pia],
      ]),
    );
    expect([...sceneAfter(whisper([ada, bo]), says(ada, 'Yes.')).talk.whispered.keys()]).toEqual([bo.id]);
    expect(sceneAfter(whisper([ada], { cue: 'mill' })).talk.whispered.size).toBe(0);
  });

  test('that a turn which was overtaken answers nobody', () => {
    const { talk } = sceneAfter(whisper([ada]), says(ada, 'As I said', { overtaken: true }));
    expect(talk.turnsSincePlayer).toBe(0);
    expect([...talk.whispered.keys()]).toEqual([ada.id]);
    expect(sceneAfter(whisper([ada]), says(ada, 'Yes.')).talk.turnsSincePlayer).toBe(1);
  });

  test('that a greeting moves nothing on, as logs name it', () => {
    const { talk } = sceneAfter(says(ada, 'Welcome.', { cue: 'greeting' }));
    expect(talk).toMatchObject({ stirredAt: 0, recent: [], turnsSincePlayer: 0, lastSpeaker: ada.id });
    expect(sceneAfter(says(ada, 'Welcome.')).talk.stirredAt).toBe(5);
  });

  test('who took the last twelve turns', () => {
    const turns = Array.from({ length: 13 }, (_, at) => says(at === 0 ? cy : ada, 'So.'));
    expect(sceneAfter(...turns).talk.recent).toEqual(Array(12).fill(ada.id));
  });

  test('that a whisper cannot be swiped', () => {
    expect(sceneAfter(says(bo, 'So.'), whisper([bo], { speaker: ada })).talk.turn).toBeUndefined();
  });

  test('which versions the last turn has, and which of them stands', () => {
    const swipe = (of: number) => says(bo, 'Or so.', { alternativeTo: of });
    const beats = [says(ada, 'So.'), says(bo, 'Hm.'), swipe(6), swipe(6), swipe(5)];
    const choose: Draft = { kind: 'choose', of: 6, pick: 7 };
    const versions = (...drafts: Draft[]) => {
      const { turn } = sceneAfter(...beats, choose, ...drafts).talk;
      return turn && [[...turn.versions.keys()], turn.standing];
    };
    expect(versions()).toEqual([[6, 7, 8], 7]);
    expect(versions({ kind: 'retract', of: 8 })).toEqual([[6, 7], 7]);
    expect(versions({ kind: 'retract', of: 7 })).toEqual([[6, 8], 6]);
  });
});
