import { describe, expect, test } from 'vitest';
import { foldLog } from '../../../src/scene/fold-log.ts';
import { charactersAwake, perceiversIn, playersIn } from '../../../src/scene/presence.ts';
import { placeOf } from '../../../src/scene/scene-state.ts';
import { ada, bo, cy, enters, everyone, pia, writtenLog } from './written-log.ts';

const cast = everyone.map((actor) => enters(actor));

describe('who perceives what happens in a place', () => {
  test('all of it who is awake, only the sight of it who is apart, nothing who is asleep or elsewhere', () => {
    const { people } = foldLog(
      writtenLog(
        ...cast,
        { kind: 'change', actor: bo, condition: 'apart' },
        { kind: 'change', actor: cy, condition: 'asleep' },
        { kind: 'exit', actor: pia, to: 'cellar' },
      ),
    ).state;
    expect(perceiversIn(people, 'main')).toEqual({ witnesses: [ada.id], seen: [bo.id] });
    expect(perceiversIn(people, 'cellar')).toEqual({ witnesses: [pia.id], seen: [] });
  });

  test('who moves to a room is there and stays in the scene; who leaves without a goal is in none', () => {
    const { state } = foldLog(
      writtenLog(...cast, { kind: 'exit', actor: ada, to: 'cellar' }, { kind: 'exit', actor: bo }),
    );
    expect(placeOf(state, ada.id)).toBe('cellar');
    expect(state.people.get(ada.id)?.present).toBe(true);
    expect(state.people.get(bo.id)?.present).toBe(false);
    expect(charactersAwake(state.people, 'main')).toEqual([cy]);
    expect(playersIn(state.people, 'main')).toEqual([pia]);
  });

  test('who is apart takes turns, who is asleep takes none', () => {
    const { people } = foldLog(
      writtenLog(
        ...cast,
        { kind: 'change', actor: ada, condition: 'apart' },
        { kind: 'change', actor: bo, condition: 'asleep' },
      ),
    ).state;
    expect(charactersAwake(people, 'main')).toEqual([ada, cy]);
  });

  test('who moves stays asleep; who comes back into the scene is awake', () => {
    const asleep = { kind: 'change', actor: ada, condition: 'asleep' } as const;
    const conditionAfter = (log: ReturnType<typeof writtenLog>) =>
      foldLog(log).state.people.get(ada.id)?.condition;
    expect(conditionAfter(writtenLog(...cast, asleep, { kind: 'exit', actor: ada, to: 'cellar' }))).toBe(
      'asleep',
    );
    expect(conditionAfter(writtenLog(...cast, asleep, { kind: 'exit', actor: ada }, enters(ada)))).toBe(
      'awake',
    );
  });
});

test('who never came cannot leave or fall asleep', () => {
  const { people } = foldLog(
    writtenLog(enters(ada), { kind: 'exit', actor: bo }, { kind: 'change', actor: cy, condition: 'asleep' }),
  ).state;
  expect([...people.keys()]).toEqual([ada.id]);
});

describe('undo', () => {
  const undo = (of: number, beats: number[] = []) => ({ kind: 'undo', of, actor: ada, beats }) as const;

  test('of a wrong exit brings someone back to where and how they were', () => {
    const { people } = foldLog(
      writtenLog(
        ...cast,
        { kind: 'exit', actor: ada, to: 'cellar' },
        { kind: 'change', actor: ada, condition: 'apart', place: 'cellar' },
        { kind: 'exit', actor: ada, inferred: true, place: 'cellar' },
        undo(7),
      ),
    ).state;
    expect(people.get(ada.id)).toMatchObject({ present: true, place: 'cellar', condition: 'apart' });
  });

  test('of one change after the other goes back step by step', () => {
    const { people } = foldLog(
      writtenLog(
        ...cast,
        { kind: 'change', actor: ada, condition: 'asleep', inferred: true },
        { kind: 'exit', actor: ada, inferred: true },
        undo(6),
        undo(5),
      ),
    ).state;
    expect(people.get(ada.id)).toMatchObject({ present: true, condition: 'awake', changedAt: 1 });
  });

  test('of a wrong first entrance: they were never there', () => {
    const { state } = foldLog(writtenLog(enters(bo), enters(ada, { inferred: true }), undo(2)));
    expect([...state.people.keys()]).toEqual([bo.id]);
  });

  test('changes nothing where something else changed it since', () => {
    const { people } = foldLog(
      writtenLog(
        ...cast,
        { kind: 'exit', actor: ada, inferred: true },
        enters(ada, { place: 'cellar' }),
        undo(5),
      ),
    ).state;
    expect(people.get(ada.id)).toMatchObject({ present: true, place: 'cellar' });
  });
});

test('who comes in finds whom they met and where the scene was, and keeps it when they come again', () => {
  const { people } = foldLog(
    writtenLog(
      { kind: 'setting', text: 'A harbour.' },
      enters(ada, { witnesses: [ada.id, bo.id], seen: [cy.id] }),
      { kind: 'exit', actor: ada },
      { kind: 'setting', text: 'A mill.' },
      enters(ada, { persona: { sheet: 'Tall.' } }),
    ),
  ).state;
  expect(people.get(ada.id)).toMatchObject({
    setting: 'A harbour.',
    met: [bo.id, cy.id],
    persona: { sheet: 'Tall.' },
  });
});
