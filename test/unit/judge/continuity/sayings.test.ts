import { describe, expect, test } from 'vitest';
import { sayingsOf } from '../../../../src/judge/continuity/sayings.ts';
import type { NewBeat } from '../../../../src/scene/beat.ts';
import { createMinds } from '../../../../src/scene/minds.ts';

const MIRA = { id: 'character:mira', name: 'Mira' };
const BERT = { id: 'character:bert', name: 'Bertram' };
const EVERYONE = [MIRA.id, BERT.id];

type Told = Omit<NewBeat, 'at' | 'origin'>;

/** Minds that take beats one by one, with the number that each got. */
function story() {
  const minds = createMinds();
  let n = 0;
  const add = (beat: Told): number => {
    n += 1;
    minds.add({ ...beat, n, at: 0, origin: 'local' } as Parameters<typeof minds.add>[0]);
    return n;
  };
  for (const actor of [MIRA, BERT]) add({ kind: 'entrance', actor, witnesses: EVERYONE } as Told);
  const line = (speaker: typeof MIRA, text: string, witnesses: string[] = EVERYONE) =>
    add({ kind: 'line', speaker, turn: `t${n}`, segments: [{ kind: 'speech', text }], witnesses } as Told);
  return { minds, add, line, sayings: sayingsOf(minds) };
}

describe('sayings', () => {
  test('tell what one missed from what it perceived, and only what was before', () => {
    const { line, sayings } = story();
    const open = line(MIRA, 'The ferry sank.');
    const apart = line(BERT, 'The lantern is a signal.', [BERT.id]);
    expect(sayings.knows(MIRA.id, 'ferry', open + 1)).toBe(true);
    expect(sayings.knows(MIRA.id, 'ferry', open)).toBe(false);
    expect(sayings.missed(MIRA.id, 'ferry', apart + 1)).toEqual([]);
    expect(sayings.missed(MIRA.id, 'lantern', apart + 1)).toEqual(['The lantern is a signal.']);
    expect(sayings.missed(MIRA.id, 'lantern', apart)).toEqual([]);
    expect(sayings.missed(BERT.id, 'lantern', apart + 1)).toEqual([]);
    expect(sayings.knows(BERT.id, 'lantern', apart + 1)).toBe(true);
  });

  test('follow edits, deletions and what is forgotten, though they were read before', () => {
    const { add, line, sayings } = story();
    const n = line(BERT, 'The lantern is a signal.', [BERT.id]);
    expect(sayings.missed(MIRA.id, 'lantern', 99)).toHaveLength(1);
    add({
      kind: 'amend',
      of: n,
      segments: [{ kind: 'speech', text: 'The bell is a signal.' }],
      witnesses: [],
    } as Told);
    expect(sayings.missed(MIRA.id, 'lantern', 99)).toEqual([]);
    expect(sayings.missed(MIRA.id, 'bell', 99)).toEqual(['The bell is a signal.']);
    add({ kind: 'retract', of: n, witnesses: [] } as Told);
    expect(sayings.missed(MIRA.id, 'bell', 99)).toEqual([]);
    const open = line(BERT, 'The ferry sank.');
    expect(sayings.missed(MIRA.id, 'ferry', 99)).toEqual([]);
    add({ kind: 'forget', actor: MIRA, of: open, witnesses: [] } as Told);
    expect(sayings.knows(MIRA.id, 'ferry', 99)).toBe(false);
    expect(sayings.missed(MIRA.id, 'ferry', 99)).toEqual(['The ferry sank.']);
  });

  test('know nothing of what another thought', () => {
    const { add, sayings } = story();
    const segments = [
      { kind: 'thought', text: 'The lantern betrays me.' },
      { kind: 'speech', text: 'Good evening.' },
    ];
    add({ kind: 'line', speaker: BERT, turn: 't', segments, witnesses: [BERT.id] } as Told);
    expect(sayings.missed(MIRA.id, 'lantern', 99)).toEqual([]);
    expect(sayings.knows(BERT.id, 'lantern', 99)).toBe(true);
    expect(sayings.missed(MIRA.id, 'evening', 99)).toEqual(['Good evening.']);
  });
});
