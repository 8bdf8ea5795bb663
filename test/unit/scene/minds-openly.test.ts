import { describe, expect, test } from 'vitest';
import { foldLog } from '../../../src/scene/fold-log.ts';
import { ada, bo, enters, everyone, pia, says, told, writtenLog } from './written-log.ts';

type Draft = Parameters<typeof writtenLog>[number];
const cast = everyone.map((actor) => enters(actor));

/** What everyone perceives of these beats, which follow the entrances as beat 5, 6, … */
const mindsAfter = (...drafts: Draft[]) => foldLog(writtenLog(...cast, ...drafts)).minds;

describe('what happened openly', () => {
  const whisper: Draft = {
    ...{ kind: 'whisper', speaker: pia, to: [ada], turn: 'w', witnesses: [pia.id, ada.id] },
    segments: [{ kind: 'speech', text: 'Psst.' }],
  };
  const minds = mindsAfter(says(ada, 'Hm.'), says(bo, '(at last) Alone.', { place: 'cellar' }), whisper);

  test('is found wherever it was, without what was thought', () => {
    expect(told([5, 6].flatMap((n) => minds.openly(n) ?? []))).toEqual(['5 Hm.', '6 Alone.']);
  });

  test('is no whisper, and nothing that never was', () => {
    expect([minds.openly(7), minds.openly(8)]).toEqual([undefined, undefined]);
  });
});

test('the main place knows of a setting before anything happens there', () => {
  const { minds } = foldLog(
    writtenLog({ kind: 'setting', text: 'An inn.', place: 'cellar' }, enters(ada, { place: 'cellar' })),
  );
  expect(told(minds.place('main').director.entries)).toEqual(['1 An inn.']);
});

test('to whom a line is nothing, its swipes are nothing, whatever else they witnessed after all', () => {
  const minds = mindsAfter(
    says(ada, 'First.', { witnesses: [ada.id, pia.id] }),
    { kind: 'exit', actor: bo, inferred: true },
    says(ada, 'Second.', { witnesses: [ada.id, pia.id], alternativeTo: 5 }),
    { kind: 'undo', of: 6, actor: bo, beats: [7] },
  );
  const mind = minds.people.get(bo.id);
  expect([mind?.place(5), mind?.place(7)]).toEqual([undefined, undefined]);
});

test('who was wrongly thought to have left a room witnessed what happened there', () => {
  const minds = mindsAfter(
    { kind: 'exit', actor: bo, to: 'cellar' },
    { kind: 'exit', actor: bo, inferred: true, place: 'cellar' },
    says(ada, 'Alone.', { place: 'cellar', witnesses: [ada.id] }),
    { kind: 'undo', of: 6, actor: bo, beats: [7], place: 'cellar' },
  );
  expect(told(minds.people.get(bo.id)?.entries).at(-1)).toBe('7 Alone.');
});

describe('what many perceive is there once', () => {
  const again = { ...ada };
  const minds = mindsAfter(says(ada, '(so) *nods* Yes.'), says(again, 'No.'), {
    kind: 'exit',
    actor: { ...ada, name: 'Ada the Elder' },
  });
  const [own, heard] = [ada, bo].map(({ id }) => minds.people.get(id));

  test('whoever does it, by the name that they bear', () => {
    expect(heard?.at(6)?.speaker).toBe(heard?.at(5)?.speaker);
    expect(heard?.at(7)?.speaker?.name).toBe('Ada the Elder');
  });

  test('and whatever is done and said', () => {
    expect(own?.at(5)?.segments.map(({ text }) => text)).toEqual(['so', 'nods', 'Yes.']);
    expect(own?.at(5)?.segments[1]).toBe(heard?.at(5)?.segments[0]);
    expect(own?.at(5)?.segments[2]).toBe(heard?.at(5)?.segments[1]);
  });
});
