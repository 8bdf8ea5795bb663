import { describe, expect, test } from 'vitest';
import { decideFrom } from '../../../src/director/decide.ts';
import { readNextSpeaker } from '../../../src/director/next-speaker.ts';
import { type Candidate, nextSpeakerRequest } from '../../../src/director/predict.ts';
import { answeringModel } from '../../support/answering-model.ts';
import { floorOf } from './floor-of.ts';

const CANDIDATES: readonly Candidate[] = [
  { id: 'd', name: 'Mr. Darcy', names: ['Mr. Darcy', 'Darcy'], kind: 'character' },
  { id: 'j', name: 'Jane', names: ['Jane'], kind: 'character' },
  { id: 'p', name: 'Mara', names: ['Mara'], kind: 'player' },
  { id: 'environment', name: 'Environment', names: ['Environment'], kind: 'environment' },
];

function answer(later: unknown, next = 'Jane'): string {
  return JSON.stringify({ reasoning: 'so', next_speaker: next, later_speakers: later });
}

describe('an answer that names who comes after', () => {
  test.each([
    ['two', ['Darcy', 'Mara'], ['d', 'p']],
    ['none', [], undefined],
    ['three: the last is one too many', ['Mr. Darcy', 'Jane', 'Mara'], ['d', 'j']],
    ['the Narrator', ['the Narrator', 'Jane'], ['environment', 'j']],
    ['whoever was next already', ['Jane', 'Darcy'], undefined],
    ['the same twice', ['Darcy', 'Darcy'], ['d']],
    ['nobody of the list first', ['Bingley', 'Darcy'], undefined],
    ['nobody of the list behind', ['Darcy', 'Bingley'], ['d']],
    ['chance', ['Darcy', 'random'], ['d']],
    ['the end', ['<END CHAT>', 'Darcy'], undefined],
    ['a text', 'Darcy, Mara', ['d', 'p']],
    ['a name', 'Darcy', ['d']],
    ['numbers', [1, 'Darcy'], undefined],
    ['null', null, undefined],
    ['a number', 7, undefined],
  ])('%s', (_, later, expected) => {
    expect(readNextSpeaker(answer(later), CANDIDATES, 3)).toEqual({
      type: 'actor',
      actor: 'j',
      reason: 'so',
      ...(expected ? { later: expected } : {}),
    });
  });

  test('counts no further than it may', () => {
    const said = answer(['Darcy', 'Jane']);
    expect(readNextSpeaker(said, CANDIDATES, 2)).toMatchObject({ later: ['d'] });
    expect(readNextSpeaker(said, CANDIDATES)).not.toHaveProperty('later');
  });

  test.each([
    ['it is left out', '{"reasoning":"so","next_speaker":"Jane"}'],
    ['it holds objects', '{"reasoning":"so","next_speaker":"Jane","later_speakers":[{"name":"Mara"}]}'],
    ['it never ends', `{"reasoning":"so","next_speaker":"Jane","later_speakers":[${'"Mara",'.repeat(400)}`],
  ])('names the next one all the same where %s', (_, text) => {
    expect(readNextSpeaker(text, CANDIDATES, 3)).toMatchObject({ type: 'actor', actor: 'j' });
    expect(readNextSpeaker(text, CANDIDATES, 3)).not.toHaveProperty('later');
  });

  test('means nothing behind chance or the end', () => {
    expect(readNextSpeaker(answer(['Darcy'], 'random'), CANDIDATES, 3)).toEqual({
      type: 'random',
      reason: 'so',
    });
    expect(readNextSpeaker(answer(['Darcy'], '<END CHAT>'), CANDIDATES, 3)).toEqual({
      type: 'end',
      reason: 'so',
    });
  });
});

describe('a decision', () => {
  const prediction = { type: 'actor', actor: 'a', reason: 'so', later: ['b'] } as const;

  test('keeps who comes after whom it was named behind', () => {
    expect(decideFrom(prediction, floorOf(['a', 'b', 'c']))).toMatchObject({ actor: 'a', later: ['b'] });
  });

  test('forgets them where somebody else takes the turn, or nobody', () => {
    const justSpoke = decideFrom(prediction, floorOf(['a', 'b', 'c'], { lastSpeaker: 'a' }));
    const dominates = decideFrom(
      prediction,
      floorOf(['a', 'b', 'c'], { recent: ['a', 'b', 'a', 'b', 'a', 'a'] }),
    );
    const player = decideFrom(prediction, floorOf(['b'], { players: [{ id: 'a', name: 'a' }] }));
    for (const decision of [justSpoke, dominates, player]) expect(decision).not.toHaveProperty('later');
  });
});

describe('the director’s prompt', () => {
  const ask = (ranking?: number) =>
    nextSpeakerRequest({
      model: answeringModel(),
      setting: '',
      candidates: CANDIDATES,
      lastSpeaker: 'Jane',
      window: {
        read: () => ({ lines: [], note: '', folded: 0, dropped: 0, noted: [], foldedUpTo: 0, pinned: [] }),
      },
      ...(ranking === undefined ? {} : { ranking }),
    });

  test('asks for one speaker where nothing else is wanted', () => {
    expect(ask(1)).toEqual(ask());
    expect(JSON.stringify(ask())).not.toContain('later_speakers');
    expect(JSON.stringify(ask())).toContain('with two fields');
  });

  test('asks for as many more as it may', () => {
    expect(JSON.stringify(ask(3))).toContain('at most 2 names');
    expect(JSON.stringify(ask(2))).toContain('at most one name');
  });

  test('lets who spoke last come after somebody else', () => {
    expect(ask(3).jsonSchema?.schema).toMatchObject({
      properties: {
        next_speaker: { enum: ['Mr. Darcy', 'Mara', 'Environment', 'random', '<END CHAT>'] },
        later_speakers: { items: { enum: ['Mr. Darcy', 'Jane', 'Mara', 'Environment'] } },
      },
      // Strict servers refuse a form that leaves one out.
      required: ['reasoning', 'next_speaker', 'later_speakers'],
    });
  });
});
