import { describe, expect, test } from 'vitest';
import { foldLog } from '../../../src/scene/fold-log.ts';
import { createView } from '../../../src/scene/view.ts';
import { ada, bo, cy, enters, everyone, pia, says, told, writtenLog } from './written-log.ts';

const cast = everyone.map((actor) => enters(actor, { quiet: true }));
const AFTER_CAST = cast.length;

type Draft = Parameters<typeof writtenLog>[number];

/** What someone perceives of these beats, which follow the entrances as beat 5, 6, … */
function mindOf({ id }: typeof ada, ...drafts: Draft[]): string[] {
  const { minds } = foldLog(writtenLog(...cast, ...drafts));
  return told(minds.people.get(id)?.entries.filter(({ n }) => n > AFTER_CAST));
}

describe('who is apart', () => {
  const apart = { witnesses: [ada.id], seen: [bo.id] };
  const amend = (of: number, ...texts: ['action' | 'speech', string][]): Draft => ({
    kind: 'amend',
    of,
    segments: texts.map(([kind, text]) => ({ kind, text })),
  });

  test('sees what is done and hears nothing of what is said', () => {
    expect(mindOf(bo, says(ada, '(now) *waves* Hello.', apart))).toEqual(['5 waves']);
    expect(mindOf(bo, says(ada, 'Hello.', apart))).toEqual([]);
  });

  test('hears nothing of an edited line either, and sees what the edit has to show', () => {
    expect(
      mindOf(bo, says(ada, '*waves* Hello.', apart), amend(5, ['action', 'nods'], ['speech', 'Yes.'])),
    ).toEqual(['5 nods']);
    expect(mindOf(bo, says(ada, '*waves* Hello.', apart), amend(5, ['speech', 'Yes.']))).toEqual([]);
    expect(mindOf(bo, says(ada, 'Hello.', apart), amend(5, ['action', 'nods']))).toEqual(['5 nods']);
  });

  test('sees the version that stands, or nothing where there is nothing to see in it', () => {
    const swipe = says(ada, 'Good day.', { ...apart, alternativeTo: 5 });
    const choose: Draft = { kind: 'choose', of: 5, pick: 6 };
    expect(mindOf(bo, says(ada, '*waves* Hello.', apart), swipe, choose)).toEqual([]);
    expect(mindOf(bo, says(ada, '*waves* Hello.', apart), swipe, choose, { ...choose, pick: 5 })).toEqual([
      '5 waves',
    ]);
  });

  test('knows what they say themselves', () => {
    const own = { witnesses: [bo.id], seen: [ada.id] };
    expect(mindOf(ada, says(ada, '(nobody hears me) Help!', own))).toEqual(['5 nobody hears me | Help!']);
  });

  test('perceives nothing of a whisper or of what another is told, whatever the beat says of who saw it', () => {
    const whisper: Draft = {
      kind: 'whisper',
      speaker: pia,
      to: [ada],
      turn: 'w',
      segments: [{ kind: 'action', text: 'leans over' }],
      witnesses: [pia.id, ada.id],
      seen: [bo.id],
    };
    const tells: Draft = {
      kind: 'told',
      speaker: cy,
      to: [ada],
      text: 'He lies.',
      witnesses: [ada.id],
      seen: [bo.id],
    };
    expect(mindOf(bo, whisper, tells)).toEqual([]);
    expect(mindOf(ada, whisper, tells)).toEqual(['5 leans over', '6 He lies.']);
  });
});

describe('a room', () => {
  const inCellar = { place: 'cellar', witnesses: [ada.id] };
  const log = writtenLog(
    { kind: 'setting', text: 'An inn.' },
    ...cast,
    { kind: 'time', text: 'An hour later.' },
    { kind: 'room', name: 'Cellar', ...inCellar },
    { kind: 'exit', actor: ada, to: 'cellar' },
    says(ada, 'Who is there?', inCellar),
    says(bo, 'Where is she?', { witnesses: [bo.id, cy.id, pia.id] }),
    { kind: 'setting', text: 'The inn, at night.' },
  );
  const { minds, state } = foldLog(log);

  test('is a place of its own: what happens there only those know who are there', () => {
    const last = (id: string) => told(minds.people.get(id)?.entries).slice(-2);
    expect(last(ada.id)).toEqual(['9 Who is there?', '11 The inn, at night.']);
    expect(last(bo.id)).toEqual(['10 Where is she?', '11 The inn, at night.']);
    expect(state.rooms.get('cellar')).toBe('Cellar');
  });

  test('has a director and an Environment that know of it, of the setting and of the time, old and new', () => {
    const { director, environment } = minds.place('cellar');
    expect(told(director.entries)).toEqual([
      '1 An inn.',
      '6 An hour later.',
      '9 Who is there?',
      '11 The inn, at night.',
    ]);
    expect(environment.entries).toEqual(director.entries);
    expect(told(minds.place('garden').director.entries)).toHaveLength(3);
  });
});

describe('undo of a wrong exit', () => {
  const exit: Draft = { kind: 'exit', actor: bo, inferred: true };
  const missed = { witnesses: [ada.id, pia.id] };
  const undo = (...beats: number[]): Draft => ({ kind: 'undo', of: 5, actor: bo, beats });

  test('it did not happen, and what happened openly they witnessed after all, in its place in the log', () => {
    const beats = [
      exit,
      says(ada, '(at last) Alone.', missed),
      {
        kind: 'whisper',
        speaker: pia,
        to: [ada],
        turn: 'w',
        segments: [{ kind: 'speech', text: 'Psst.' }],
        witnesses: [pia.id, ada.id],
      },
      { kind: 'time', text: 'Dusk.' },
    ] satisfies Draft[];
    expect(mindOf(bo, ...beats)).toEqual(['5', '8 Dusk.']);
    expect(mindOf(bo, ...beats, undo(6, 7))).toEqual(['6 Alone.', '8 Dusk.']);
  });

  test('an edit or deletion of the version that stands reaches them, too, and so does another choice', () => {
    const beats = [
      exit,
      says(ada, 'First.', missed),
      says(ada, 'Second.', { ...missed, alternativeTo: 6 }),
      { kind: 'choose', of: 6, pick: 7 },
      undo(6),
    ] satisfies Draft[];
    const amend: Draft = { kind: 'amend', of: 7, segments: [{ kind: 'speech', text: 'Edited.' }] };
    expect(mindOf(bo, ...beats)).toEqual(['6 Second.']);
    expect(mindOf(bo, ...beats, amend)).toEqual(['6 Edited.']);
    expect(mindOf(bo, ...beats, { kind: 'retract', of: 7 })).toEqual(['6 First.']);
    expect(mindOf(bo, ...beats, { kind: 'choose', of: 6, pick: 6 })).toEqual(['6 First.']);
  });

  test('who was wrongly thought to be out of earshot heard it', () => {
    const aside: Draft = { kind: 'change', actor: bo, condition: 'apart', inferred: true };
    const line = says(ada, '*waves* Hello.', { witnesses: [ada.id], seen: [bo.id] });
    expect(mindOf(bo, aside, line)).toEqual(['5', '6 waves']);
    expect(mindOf(bo, aside, line, undo(6))).toEqual(['6 waves | Hello.']);
  });
});

describe('forgetting', () => {
  const forget = (of?: number): Draft => ({ kind: 'forget', actor: bo, ...(of === undefined ? {} : { of }) });

  test('one beat, or all so far, is gone from that mind alone', () => {
    const lines = [says(ada, 'One.'), says(ada, 'Two.')];
    expect(mindOf(bo, ...lines, forget(5))).toEqual(['6 Two.']);
    expect(mindOf(bo, ...lines, forget(), says(ada, 'Three.'))).toEqual(['8 Three.']);
    expect(mindOf(cy, ...lines, forget())).toEqual(['5 One.', '6 Two.']);
  });

  test('a line that was swiped, forgotten and witnessed after all reads as it was edited', () => {
    expect(
      mindOf(
        bo,
        says(ada, 'One.'),
        says(ada, 'Other.', { alternativeTo: 5 }),
        { kind: 'choose', of: 5, pick: 6 },
        forget(5),
        { kind: 'choose', of: 5, pick: 5 },
        { kind: 'undo', of: 1, actor: bo, beats: [5] },
        { kind: 'amend', of: 5, segments: [{ kind: 'speech', text: 'Edited.' }] },
      ),
    ).toEqual(['5 Edited.']);
  });

  test('is forgotten by a judge of the speaker’s next turn, too', () => {
    const view = createView({ type: 'judge', of: bo.id });
    for (const beat of writtenLog(says(ada, 'One.'), forget(1))) view.add(beat);
    expect(view.entries).toEqual([]);
  });
});

test('a rewind gives everyone the mind they had, but words that were edited away or deleted stay gone', () => {
  const lines = [says(ada, 'One.'), says(ada, 'Two.'), says(ada, 'Three.')];
  const later: Draft[] = [
    { kind: 'amend', of: 5, segments: [{ kind: 'speech', text: 'Won.' }] },
    { kind: 'retract', of: 6 },
    { kind: 'forget', actor: bo },
    says(ada, 'Four.'),
    { kind: 'rewind', to: 7 },
    says(ada, 'Five.'),
  ];
  expect(mindOf(bo, ...lines, ...later)).toEqual(['5 Won.', '7 Three.', '13 Five.']);
});

test('a rewind past a rewind leaves both branches behind, and one to an abandoned beat what went before it', () => {
  const beats = [
    says(ada, 'One.'),
    says(ada, 'Two.'),
    { kind: 'rewind', to: 5 },
    says(ada, 'Three.'),
  ] satisfies Draft[];
  expect(mindOf(bo, ...beats)).toEqual(['5 One.', '8 Three.']);
  expect(mindOf(bo, ...beats, { kind: 'rewind', to: 4 }, says(ada, 'Four.'))).toEqual(['10 Four.']);
  expect(mindOf(bo, ...beats, { kind: 'rewind', to: 6 })).toEqual(['5 One.']);
});
