import { describe, expect, test } from 'vitest';
import { applyChanges } from '../../../src/cast/changes/apply-changes.ts';
import { changeWords } from '../../../src/cast/changes/change-words.ts';
import type { Change } from '../../../src/cast/changes/proposal.ts';
import { additionOf, readsAsTurn, reworded } from '../../../src/cast/changes/reworded.ts';
import { ferryCard } from './ferry.ts';

const TURN = '<role_thinking>I lose</role_thinking>Your throw.';
const example: Change = { field: 'examples', before: '', after: TURN, to: 'Again?', sources: ['x'], why: '' };

function added(change: Partial<Change> = {}): Change {
  return {
    field: 'background',
    before: 'Born here.',
    after: 'Born here.\nCut reeds.',
    sources: ['x'],
    why: '',
    ...change,
  };
}

describe('applyChanges', () => {
  test('changes what was proposed and no other field, known to us or not', () => {
    const card = ferryCard({ extensions: { other: { kept: 1 }, dramatis: { background: 'Born here.' } } });
    const { extensions, ...rest } = applyChanges(card, [added()]);
    expect(rest).toEqual({ ...rest, description: card.description });
    expect(extensions).toEqual({
      ...card.extensions,
      dramatis: { ...card.extensions.dramatis, background: 'Born here.\nCut reeds.' },
    });
  });

  test('with a first example of its own, a card keeps those that other tools read', () => {
    const { extensions, mes_example } = applyChanges(ferryCard(), [example]);
    expect(mes_example).toBe(ferryCard().mes_example);
    expect(extensions.dramatis.examples).toEqual([
      { to: 'Have you always worked the ferry?', turn: expect.stringContaining('Since I was nine.') },
      { to: 'Who is the boy on the painting?', turn: expect.stringContaining('Mind the step.') },
      { to: 'Again?', turn: TURN },
    ]);
  });

  test('an edited field keeps its edit, and gets the addition', () => {
    const card = ferryCard({ extensions: { dramatis: { background: 'Born far away.' } } });
    expect(applyChanges(card, [added()]).extensions.dramatis.background).toBe('Born far away.\nCut reeds.');
  });
});

describe('changeWords', () => {
  test('shows what is new, with the line before it', () => {
    const before = 'One.\nTwo.\nThree.';
    expect(changeWords(added({ before, after: `${before}\nFour.` }))).toBe('  …\n  Three.\n+ Four.');
  });

  test('shows what a person put in the place of lines', () => {
    expect(changeWords(added({ before: 'One.\nTwo.', after: 'One.\n2.' }))).toBe('  One.\n- Two.\n+ 2.');
  });

  test('of an example shows what it answers', () => {
    expect(changeWords(example)).toBe(`  (Again?)\n+ ${TURN}`);
  });
});

describe('reworded', () => {
  test('puts a person’s words where the addition was', () => {
    expect(additionOf(added())).toBe('Cut reeds.');
    expect(reworded(added(), 'Wove baskets.').after).toBe('Born here.\nWove baskets.');
    expect(reworded(added({ before: '' }), 'Wove baskets.').after).toBe('Wove baskets.');
  });

  test('reads an example as cards have it', () => {
    expect(reworded(example, '*nods* Fine.').after).toBe('<role_action>nods</role_action>Fine.');
    expect(readsAsTurn('*nods* Fine.')).toBe(true);
    expect(readsAsTurn('<role_thinking>I lose</role_thinking>')).toBe(false);
    expect(readsAsTurn('<system_thinking>I should play her</system_thinking>')).toBe(false);
  });
});
