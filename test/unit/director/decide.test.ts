import { describe, expect, test } from 'vitest';
import { decideByChance, decideFrom, decideWithoutModel } from '../../../src/director/decide.ts';
import { readNextSpeaker } from '../../../src/director/next-speaker.ts';
import { floorOf } from './floor-of.ts';

const CAST = ['Darcy', 'Lizzy', 'Jane'];
const darcy = (reason = '') => ({ type: 'actor', actor: 'Darcy', reason }) as const;
const turns = (letters: string) =>
  [...letters].map((letter) => CAST.find((name) => name.startsWith(letter)) ?? letter);

describe('turn balance', () => {
  test('who made more than half of the last six turns yields to one who made none of them', () => {
    const floor = floorOf(CAST, { recent: turns('DLDDLD'), lastSpeaker: 'player:1' });
    expect(decideFrom(darcy('he was asked'), floor)).toEqual({
      type: 'speak',
      actor: 'Jane',
      why: 'Jane has not spoken for a while',
    });
  });

  test('who made half of them, or whom all others answered, does not', () => {
    for (const recent of [turns('DLDLDL'), turns('DJDDLD'), turns('DDD'), []]) {
      expect(decideFrom(darcy('he was asked'), floorOf(CAST, { recent }))).toMatchObject({ actor: 'Darcy' });
    }
  });

  test('yields to the most silent of several, by their last lines', () => {
    const lastSpoke = new Map([
      ['Lizzy', 3],
      ['Jane', 2],
    ]);
    const floor = floorOf(CAST, { recent: turns('DDDD'), lastSpoke, lastSpeaker: 'player:1' });
    expect(decideFrom(darcy(), floor)).toMatchObject({ actor: 'Jane' });
  });

  test('two do not trade lines among themselves while a third is there', () => {
    const recent = turns('DLDLDLDLDLDL');
    const among = floorOf(CAST, { recent, lastSpeaker: 'Lizzy', turnsSincePlayer: 12 });
    expect(decideFrom(darcy(), among)).toMatchObject({ actor: 'Jane' });
    const two = floorOf(['Darcy', 'Lizzy'], { recent, lastSpeaker: 'Lizzy', turnsSincePlayer: 12 });
    expect(decideFrom(darcy(), two)).toMatchObject({ actor: 'Darcy' });
  });

  test('nobody is made to speak who never speaks unasked', () => {
    const talkativeness = new Map([
      ['Jane', 0],
      ['Lizzy', 0],
    ]);
    const floor = floorOf(CAST, { recent: turns('DDDDDD'), lastSpeaker: 'player:1', talkativeness });
    expect(decideFrom(darcy(), floor)).toMatchObject({ actor: 'Darcy' });
  });

  test('nobody yields to themselves', () => {
    // Jane never speaks unasked and Lizzy just spoke: of those who may be made to, only Darcy is left.
    const recent = turns('DLDLDLDLDLDL');
    const talkativeness = new Map([['Jane', 0]]);
    const floor = floorOf(CAST, { recent, lastSpeaker: 'Lizzy', turnsSincePlayer: 12, talkativeness });
    expect(decideFrom(darcy('he was asked'), floor)).toMatchObject({ actor: 'Darcy', why: 'he was asked' });
  });

  test('right after a player’s line nobody yields for having made half of the last twelve turns', () => {
    const floor = floorOf(CAST, { recent: turns('DLDLDLDLDLDL'), lastSpeaker: 'player:1' });
    expect(decideFrom(darcy(), floor)).toMatchObject({ actor: 'Darcy' });
  });

  test('who made less than half of the last twelve turns, or did so before them, does not yield', () => {
    const among = { lastSpeaker: 'Lizzy', turnsSincePlayer: 12 };
    for (const recent of [turns('LDLDLDLDLDLL'), turns('DDDDDDDLDLDLDLLDLDLL')]) {
      expect(decideFrom(darcy(), floorOf(CAST, { ...among, recent }))).toMatchObject({ actor: 'Darcy' });
    }
  });

  test('what was long ago counts for nothing', () => {
    const recent = turns('JDDDDDDLLJLDL');
    const floor = floorOf(CAST, { recent, lastSpeaker: 'player:1' });
    expect(decideFrom(darcy(), floor)).toMatchObject({ actor: 'Darcy' });
  });

  test('before twelve turns were made nobody was left out for long', () => {
    const floor = { recent: turns('DLDLDLDLDLD'), lastSpeaker: 'player:1' };
    const drawn = Array.from({ length: 60 }, (_, beats) =>
      decideByChance(floorOf(CAST, { ...floor, beats }), '', false),
    );
    expect(drawn).toContainEqual(expect.objectContaining({ actor: 'Lizzy' }));
  });

  test('chance, too, comes first to who was left out', () => {
    for (let beats = 1; beats < 60; beats += 1) {
      const floor = floorOf(CAST, { recent: turns('DLDLDLDLDLDL'), lastSpeaker: 'Lizzy', beats });
      expect(decideByChance(floor, 'by lot', false)).toMatchObject({ actor: 'Jane' });
    }
  });
});

describe('what the model named', () => {
  const players = [{ id: 'player:1', name: 'Mara' }];

  test.each([
    ['she was asked', 'she was asked'],
    ['', 'a player is to speak'],
  ])('a player: the scene rests, because of %j', (reason, why) => {
    const decision = decideFrom({ type: 'actor', actor: 'player:1', reason }, floorOf(CAST, { players }));
    expect(decision).toEqual({ type: 'rest', why });
  });

  test.each([
    ['the lamp was thrown', 'the lamp was thrown'],
    ['', 'the world was named by the director'],
  ])('the world: it acts, because of %j', (reason, why) => {
    const decision = decideFrom({ type: 'actor', actor: 'environment', reason }, floorOf(CAST));
    expect(decision).toEqual({ type: 'speak', actor: 'environment', why });
  });

  test.each([
    ['all was said', 'all was said'],
    ['', 'the scene has come to a close for now'],
  ])('the end, after six turns: the scene rests, because of %j', (reason, why) => {
    const floor = floorOf(CAST, { characterTurns: 6 });
    expect(decideFrom({ type: 'end', reason }, floor)).toEqual({ type: 'rest', why });
  });

  test('someone who is not there, or who spoke last, a player as well: left to chance, without its reason', () => {
    for (const [actor, lastSpeaker] of [
      ['Wickham', 'Jane'],
      ['Darcy', 'Darcy'],
      ['player:1', 'player:1'],
    ] as const) {
      const floor = floorOf(CAST, { players, lastSpeaker });
      const decision = decideFrom({ type: 'actor', actor, reason: `${actor} was asked` }, floor);
      expect(decision).toMatchObject({ type: 'speak', why: 'left to chance' });
      expect(decision).not.toMatchObject({ actor: lastSpeaker });
    }
  });

  test.each([
    ['', 'Darcy was named by the director'],
    ['<@1> `x`\n@everyone', 'x everyone'],
    ['He was insulted. He would answer.', 'He was insulted'],
    ['.', 'Darcy was named by the director'],
  ])('for a reason such as %j', (reason, why) => {
    expect(decideFrom(darcy(reason), floorOf(CAST))).toEqual({ type: 'speak', actor: 'Darcy', why });
  });

  test.each([
    '',
    'x'.repeat(20_000),
    '{"next_speaker": {"constructor": 1}}',
    '{"next_speaker": "__proto__"}',
    'Wickham: I have the honour to disagree.',
    '{"reasoning": "',
  ])('nobody, in an answer such as %j: somebody speaks all the same', (answer) => {
    const candidates = CAST.map((name) => ({ id: name, names: [name] }));
    const decision = decideFrom(readNextSpeaker(answer, candidates), floorOf(CAST, { lastSpeaker: 'Jane' }));
    expect(['Darcy', 'Lizzy', 'environment']).toContain(decision.type === 'speak' && decision.actor);
    expect(decision.why).not.toBe('');
  });

  test('somebody of an odd name', () => {
    for (const name of ['A.*(b', 'constructor', '__proto__', 'hasOwnProperty', '[x]|y$']) {
      const candidates = [name, 'Jane'].map((one) => ({ id: one, names: [one] }));
      const answer = JSON.stringify({ reasoning: 'asked', next_speaker: name });
      const decision = decideFrom(readNextSpeaker(answer, candidates), floorOf([name, 'Jane']));
      expect(decision).toEqual({ type: 'speak', actor: name, why: 'asked' });
    }
  });
});

describe('the world', () => {
  test('answers every other time what was set going, where no model directs', () => {
    const answers = Array.from({ length: 200 }, (_, beats) =>
      decideWithoutModel(floorOf(CAST, { beats, stirred: true }), false),
    );
    const world = answers.filter((decision) => decision.type === 'speak' && decision.actor === 'environment');
    expect(world.length).toBeGreaterThan(60);
    expect(world.length).toBeLessThan(140);
  });

  test('does not answer itself, nor where nothing was set going', () => {
    for (let beats = 0; beats < 100; beats += 1) {
      const calm = decideWithoutModel(floorOf(CAST, { beats }), true);
      const again = decideWithoutModel(
        floorOf(CAST, { beats, stirred: true, lastSpeaker: 'environment' }),
        true,
      );
      for (const decision of [calm, again]) expect(decision).not.toMatchObject({ actor: 'environment' });
    }
  });
});
