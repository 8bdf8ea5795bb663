import { describe, expect, test } from 'vitest';
import { lookAlike } from '../../../../../src/lab/synth/think/look-alike.ts';
import { sampleConversation } from '../../../../support/synth/conversation.ts';

const T = (text: string) => `<role_thinking>${text}</role_thinking>`;
const A = (text: string) => `<role_action>${text}</role_action>`;

function found(turns: readonly (readonly [speaker: string, text: string])[]) {
  const scene = sampleConversation({
    turns: turns.map(([speaker, text], id) => ({ id, from: [id], speaker, text })),
  });
  return [...lookAlike(scene)];
}

describe('turns built alike', () => {
  test('are found from the third on, and again three later: one that is found counts as changed', () => {
    const turns = Array.from({ length: 7 }, (_, at) => [at % 2 ? 'Ada' : 'Perran', `Words ${at}.`] as const);
    expect(found(turns)).toEqual([
      [2, 'same-pattern'],
      [5, 'same-pattern'],
    ]);
  });

  test.each([
    [
      'two in a row',
      [
        ['Ada', 'Yes.'],
        ['Perran', 'No.'],
        ['Ada', `${A('nods')}Yes.`],
      ],
    ],
    [
      'another between',
      [
        ['Ada', 'Yes.'],
        ['Perran', 'No.'],
        ['Ada', `${A('nods')}Yes.`],
        ['Ada', 'Yes.'],
      ],
    ],
    [
      'the other order',
      [
        ['Ada', `${A('nods')}Yes.`],
        ['Perran', `No.${A('nods')}`],
        ['Ada', `${A('nods')}Yes.`],
      ],
    ],
  ] as const)('are not: %s', (_what, turns) => {
    expect(found(turns)).toEqual([]);
  });

  test('are not kept apart by the world', () => {
    expect(
      found([
        ['Ada', 'Yes.'],
        ['Perran', 'No.'],
        ['Environment', 'Rain.'],
        ['Ada', 'Well.'],
      ]),
    ).toEqual([[3, 'same-pattern']]);
  });
});

describe('thoughts that begin alike', () => {
  test.each([
    [
      'in the next turn',
      [
        ['Ada', `${T('I should have known')}Yes.`],
        ['Ada', `No.${T('I should have stayed')}`],
      ],
      1,
    ],
    [
      'in the third after',
      [
        ['Ada', `${T('How odd it is')}Yes.`],
        ['Perran', `${A('nods')}No.`],
        ['Ada', 'Well.'],
        ['Perran', `${A('nods')}No.`],
        ['Ada', `${A('nods')}Well.`],
        ['Perran', `No.${A('nods')}`],
        ['Ada', `Oh.${T('how odd it looks')}`],
      ],
      6,
    ],
  ] as const)('are found %s', (_what, turns, turn) => {
    expect(found(turns)).toEqual([[turn, 'same-opening']]);
  });

  test('are another matter in another head, and where they are only some words long', () => {
    expect(
      found([
        ['Ada', `${T('I should have known')}Yes.`],
        ['Perran', `No.${T('I should have stayed')}`],
        ['Perran', `${T('Not now')}No.`],
        ['Perran', `${A('nods')}${T('Not now')}No.`],
      ]),
    ).toEqual([]);
  });
});
