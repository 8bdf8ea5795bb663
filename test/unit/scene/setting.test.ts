import { describe, expect, test } from 'vitest';
import { foldLog } from '../../../src/scene/fold-log.ts';
import { ada, bo, enters, everyone, says, writtenLog } from './written-log.ts';

type Draft = Parameters<typeof writtenLog>[number];
const cast = everyone.map((actor) => enters(actor));
const dee = { id: 'character:dee', name: 'Dee' };

/** How the scene stands after these beats, which follow the entrances as beat 5, 6, … */
const sceneAfter = (...drafts: Draft[]) => foldLog(writtenLog(...cast, ...drafts));
const setting = (text: string): Draft => ({ kind: 'setting', text });
const retract = (of: number): Draft => ({ kind: 'retract', of });
const amend = (of: number, ...texts: string[]): Draft => ({
  kind: 'amend',
  of,
  segments: texts.map((text) => ({ kind: 'action', text })),
});

describe('a setting that is deleted or edited', () => {
  const beats: Draft[] = [setting('A harbour.'), setting('A mill.'), enters(dee)];
  const settings = (...drafts: Draft[]) => {
    const { state } = sceneAfter(...beats, ...drafts);
    return [state.setting, state.opening.setting, state.people.get(dee.id)?.setting];
  };

  test('is so in all that was taken from it', () => {
    expect(settings()).toEqual(['A mill.', 'A mill.', 'A mill.']);
    expect(settings(amend(6, 'A ruin.'))).toEqual(['A ruin.', 'A ruin.', 'A ruin.']);
    expect(settings(amend(6, 'A ruin.', 'Rain.'))[0]).toBe('A ruin. Rain.');
    expect(settings(retract(6))).toEqual(['A harbour.', 'A harbour.', 'A harbour.']);
  });

  test('is so for who is as before after a wrong exit, too', () => {
    const exit: Draft = { kind: 'exit', actor: dee, inferred: true };
    const undo: Draft = { kind: 'undo', of: 8, actor: dee, beats: [] };
    expect(settings(exit, retract(6), undo).at(-1)).toBe('A harbour.');
  });

  test('never was, once its words are erased in storage', () => {
    const erased = { kind: 'setting', text: '' } satisfies Draft;
    const { state } = foldLog(writtenLog(setting('A harbour.'), erased, enters(ada), enters(bo)));
    expect([state.setting, state.people.get(ada.id)?.setting]).toEqual(['A harbour.', 'A harbour.']);
  });

  test('gives way to what stands before it, as that reads now, or to nothing', () => {
    expect(settings(retract(5))).toEqual(['A mill.', 'A mill.', 'A mill.']);
    expect(settings(retract(5), retract(6))).toEqual(['', '', '']);
    expect(settings(amend(5, 'A quay.'))).toEqual(['A mill.', 'A mill.', 'A mill.']);
    expect(settings(amend(5, 'A quay.'), retract(6))).toEqual(['A quay.', 'A quay.', 'A quay.']);
  });

  test('gives way to no line that was edited, for that is no setting', () => {
    const { state } = sceneAfter(says(ada, 'Hm.'), amend(5, 'nods'), setting('A mill.'), retract(7));
    expect(state.setting).toBe('');
  });

  test('changes nothing for whom the scene was elsewhere: a later one stands, the opening is what it was', () => {
    const later: Draft[] = [says(ada, 'Come.'), setting('A cave.'), enters({ ...dee, id: 'character:eve' })];
    const facts = (...drafts: Draft[]) => {
      const { state } = sceneAfter(...beats, ...later, ...drafts);
      const found = [dee.id, 'character:eve'].map((id) => state.people.get(id)?.setting);
      return [state.setting, state.opening.setting, ...found];
    };
    expect(facts()).toEqual(['A cave.', 'A mill.', 'A mill.', 'A cave.']);
    expect(facts(amend(6, 'A ruin.'))).toEqual(['A cave.', 'A ruin.', 'A ruin.', 'A cave.']);
    expect(facts(retract(9))).toEqual(['A mill.', 'A mill.', 'A mill.', 'A mill.']);
  });

  test('is told from one that reads the same: the scene goes back to where it was', () => {
    const there: Draft[] = [setting('A quay.'), enters(dee), says(ada, 'Come.'), setting('An inn.')];
    const back: Draft[] = [setting('A quay.'), enters({ ...dee, id: 'character:eve' })];
    const facts = (...drafts: Draft[]) => {
      const { state } = sceneAfter(...there, ...back, ...drafts);
      const found = [dee.id, 'character:eve'].map((id) => state.people.get(id)?.setting);
      return [state.setting, state.opening.setting, ...found];
    };
    expect(facts(amend(5, 'A pier.'))).toEqual(['A quay.', 'A pier.', 'A pier.', 'A quay.']);
    expect(facts(retract(5))).toEqual(['A quay.', '', '', 'A quay.']);
    expect(facts(retract(9))).toEqual(['An inn.', 'A quay.', 'A quay.', 'An inn.']);
  });
});
