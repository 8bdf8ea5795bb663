import { describe, expect, test } from 'vitest';
import { parseTurn } from '../../../src/format/turn-parser.ts';

const OPTIONS = { speaker: { name: 'Mara Vell' }, others: ['Tobin'] };
const PLAN = '<system_thinking>stay guarded</system_thinking>';
const NOD = '<role_action>nods</role_action>';

/** `t:` thought, `a:` action, `s:` speech. */
function read(text: string): string[] {
  return parseTurn(text, OPTIONS).segments.map(({ kind, text: words }) => `${kind[0]}:${words}`);
}

describe('a plan', () => {
  test('is kept as it was written', () => {
    expect(parseTurn('<think>one\r\n\r\n\r\n- two</think>Fine.', OPTIONS).systemThinking).toBe(
      'one\r\n\r\n\r\n- two',
    );
  });

  test('under a heading may quote tags', () => {
    const turn = parseTurn(
      `**System Thinking:** let her <role_action>nod</role_action>, then <role_thinking>fear</role_thinking>\n**Response:**\n${NOD}Fine.`,
      OPTIONS,
    );
    expect(turn.segments.map(({ text }) => text)).toEqual(['nods', 'Fine.']);
    expect(turn.systemThinking).toMatch(/let her\s+nod\s*, then\s+fear/);
  });
});

describe('what reads like a plan without tags', () => {
  test.each<[string, string[]]>([
    // One closer is misspelt: what has no slip in it is read by a shorter way.
    ['<role_action>nods</role-action>The user of this inn pays.', ['a:nods', 's:The user of this inn pays.']],
    ['<role_thinking>x</role-thinking>The user of this inn pays.', ['t:x', 's:The user of this inn pays.']],
    ['Fine.<think>p</think>I must stay in character.', ['s:Fine. I must stay in character.']],
    ['[The user of this inn lies.] Fine.', ['t:The user of this inn lies.', 's:Fine.']],
    ['[x] (nods) Fine. The scenery is nice.', ['t:x', 'a:nods', 's:Fine. The scenery is nice.']],
  ])('is what it is where something else came first: %s', (text, segments) => {
    expect(read(text)).toEqual(segments);
  });

  test.each([
    'The user wants it short. Fine.',
    '(The user wants it short.) Fine.',
    '[x] The user wants it short.',
    `\n <think>p</think>I must stay in character.`,
    `The user wants it short.\nFine. ${NOD}`,
    `The user wants it short.${NOD}`,
    `I must stay in character.\n<think>p</think>Fine.`,
    `${PLAN}I must stay in character.${NOD}`,
  ])('cannot be told from the line: %j', (text) => {
    expect(parseTurn(text, OPTIONS)).toMatchObject({ usable: false, segments: [] });
    expect(parseTurn(text, OPTIONS).faults).toContain('plan-untagged');
  });

  test('can be told where it stands in a paragraph of its own before the first tag', () => {
    const turn = parseTurn(`The user wants it short. \n \n${NOD}Fine.`, OPTIONS);
    expect(turn).toMatchObject({ usable: true, systemThinking: 'The user wants it short.' });
    expect(turn.segments.map(({ text }) => text)).toEqual(['nods', 'Fine.']);
  });
});

describe('an action under a heading', () => {
  test('may hold a thought in brackets', () => {
    expect(read('## Role Action\nsteps back [he lies]\n## Response\nFine.')).toEqual([
      'a:steps back',
      't:he lies',
      's:Fine.',
    ]);
  });
});

test('a hidden layer that is still named makes the turn unusable, in speech and in actions', () => {
  for (const text of [`${NOD}Fine. {thinking} he lies`, '<role_action>nods {/thinking}</role_action>Fine.']) {
    expect(parseTurn(text, OPTIONS)).toMatchObject({
      usable: false,
      faults: expect.arrayContaining(['tag-unknown']),
    });
  }
});
