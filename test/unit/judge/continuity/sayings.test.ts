import { describe, expect, test } from 'vitest';
import { sayingsOf } from '../../../../src/judge/continuity/sayings.ts';
import type { NewBeat } from '../../../../src/scene/beat.ts';
import { createMinds } from '../../../../src/scene/minds.ts';

const MIRA = { id: 'character:mira', name: 'Mira' };
const BERT = { id: 'character:bert', name: 'Bertram' };
const CARL = { id: 'character:carl', name: 'Carl' };
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

  test('are one index of one scene', () => {
    const { minds, sayings } = story();
    expect(sayingsOf(minds)).toBe(sayings);
    expect(sayingsOf(createMinds())).not.toBe(sayings);
  });

  test('of who was never there: no word is known, all that was said openly was missed', () => {
    const { line, sayings } = story();
    line(MIRA, 'The ferry sank.');
    expect(sayings.knows(CARL.id, 'ferry', 99)).toBe(false);
    expect(sayings.missed(CARL.id, 'ferry', 99)).toEqual(['The ferry sank.']);
    expect(sayings.missed(CARL.id, 'lantern', 99)).toEqual([]);
  });

  test('know a word, however often it is said', () => {
    const { line, sayings } = story();
    for (let n = 0; n < 40; n += 1) line(BERT, 'The ferry!');
    expect(sayings.knows(MIRA.id, 'ferry', 99)).toBe(true);
  });

  test('tell three texts at most, the oldest', () => {
    const { line, sayings } = story();
    for (const n of [1, 2, 3, 4]) line(BERT, `Lantern ${n}`, [BERT.id]);
    expect(sayings.missed(MIRA.id, 'lantern', 99)).toEqual(['Lantern 1', 'Lantern 2', 'Lantern 3']);
  });

  test('of what was only seen, tell all that was to be heard', () => {
    const { add, sayings } = story();
    const wave = (what: string) =>
      add({
        kind: 'line',
        speaker: BERT,
        turn: what,
        segments: [
          { kind: 'action', text: `waves a lantern ${what}` },
          { kind: 'speech', text: 'The ferry sank.' },
        ],
        witnesses: [BERT.id],
        seen: [MIRA.id],
      } as Told);
    wave('once');
    expect(sayings.knows(MIRA.id, 'lantern', 99)).toBe(true);
    for (const term of ['ferry', 'lantern']) {
      expect(sayings.missed(MIRA.id, term, 99)).toEqual(['waves a lantern once\nThe ferry sank.']);
    }
    // Carl misses both; each is told as it was seen, and as it was heard.
    wave('twice');
    const told = sayings.missed(CARL.id, 'lantern', 99);
    expect(told).toHaveLength(3);
    expect(told).toEqual(
      expect.arrayContaining(['waves a lantern once', 'waves a lantern once\nThe ferry sank.']),
    );
  });

  test('before other eyes tell only what happened openly, and what these perceived', () => {
    const { add, sayings } = story();
    add({ kind: 'entrance', actor: CARL, witnesses: [...EVERYONE, CARL.id] } as Told);
    const whisper = { kind: 'whisper', speaker: BERT, to: [CARL], witnesses: [BERT.id, CARL.id] };
    add({ ...whisper, segments: [{ kind: 'speech', text: 'The lantern is a signal.' }] } as unknown as Told);
    const segments = [{ kind: 'speech', text: 'The bell is cracked.' }];
    const cellar = {
      kind: 'line',
      speaker: BERT,
      turn: 't',
      segments,
      place: 'cellar',
      witnesses: [BERT.id],
    };
    add(cellar as unknown as Told);
    const missed = (term: string, eyes?: string) => sayings.missed(MIRA.id, term, 99, eyes);
    expect(missed('lantern')).toEqual(['The lantern is a signal.']);
    expect(missed('lantern', CARL.id)).toEqual(['The lantern is a signal.']);
    expect(missed('lantern', MIRA.id)).toEqual([]);
    expect(missed('lantern', 'character:dora')).toEqual([]);
    expect(missed('bell')).toEqual(['The bell is cracked.']);
    expect(missed('bell', CARL.id)).toEqual(['The bell is cracked.']);
    expect(missed('bell', 'character:dora')).toEqual(['The bell is cracked.']);
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
