import { describe, expect, test } from 'vitest';
import { visibleSegments } from '../../../src/format/segments.ts';
import { createTurnParser, parseTurn, type Release } from '../../../src/format/turn-parser.ts';

const OPTIONS = { speaker: { name: 'Mara Vell', aliases: ['the courier'] }, others: ['Tobin'] };
const PLAN = '<system_thinking>wait</system_thinking>';
const NODS = '<role_action>nods</role_action>';
const BOWS = '<role_action>bows</role_action>';
const HM = '<role_thinking>Hm.</role_thinking>';

/** The text with a `‸` behind each character that has something shown, `✗` where all is taken back. */
function marked(text: string): string {
  const parser = createTurnParser(OPTIONS);
  const out = [...text].map((sign) => {
    const releases = parser.feed(sign);
    return sign + releases.map(({ type }) => (type === 'withdraw' ? '✗' : '‸')).join('');
  });
  const end = parser.end().releases.some(({ type }) => type === 'withdraw');
  return out.join('') + (end ? '✗' : '');
}

const unmarked = (text: string) => text.replace(/[‸✗]/g, '');

/** All releases of a text that comes in one piece, or in pieces of one character. */
function releasesOf(text: string, size: number): Release[] {
  const parser = createTurnParser(OPTIONS);
  const releases: Release[] = [];
  for (let at = 0; at < text.length; at += size) releases.push(...parser.feed(text.slice(at, at + size)));
  return [...releases, ...parser.end().releases];
}

function sameInOnePiece(text: string): void {
  const releases = releasesOf(text, text.length);
  expect(releases).toEqual(releasesOf(text, 1));
  const lastWithdrawn = releases.findLastIndex(({ type }) => type === 'withdraw');
  expect(releases.slice(lastWithdrawn + 1)).toEqual(
    visibleSegments(parseTurn(text, OPTIONS).segments).map((segment) => ({ type: 'segment', segment })),
  );
}

describe('is shown while a draft still goes on', () => {
  test.each([
    `${PLAN}${NODS}F‸ine.`,
    `${PLAN}${NODS} F‸ine.`,
    `${PLAN}Fine.<role_action>‸nods</role_action>`,
    `${PLAN}${HM}${NODS}F‸ine.`,
    `${PLAN}${NODS}<role_thinking>‸Hm.</role_thinking>Fine.`,
    `${PLAN}${NODS}${BOWS}F‸ine.`,
    `${PLAN}The user smiles.\n\n<role_action>‸nods</role_action>F‸ine.`,
    ` \n${NODS}F‸ine.`,
    `Mara Vell:${NODS}F‸ine.`,
    `Mara Vell: ${NODS}F‸ine.`,
    `the courier:${NODS}F‸ine.`,
    `${PLAN}Anna:${NODS}F‸ine.`,
    `${PLAN}${NODS}, so:${HM}<role_action>‸‸bows</role_action>`,
    `${PLAN}${NODS}W‸ell: fine.<role_action>‸bows</role_action>S‸o: go.<role_action>‸goes</role_action>`,
    `<system_thinking>a${NODS}b</system_thinking>${NODS}F‸ine.`,
    `wait</system_thinking>${NODS}F‸ine.`,
  ])('an element that is done, once it is known what follows: %s', (text) => {
    expect(marked(unmarked(text))).toBe(text);
    sameInOnePiece(unmarked(text));
  });
});

describe('waits for the end', () => {
  test.each([
    'Fine. Go.',
    `Fine.${NODS}Go.`,
    `Fine.\nMara Vell:${NODS}Go.`,
    `Fine.<think>wait</think>${NODS}Go.`,
    `${PLAN}${NODS}`,
    `${PLAN}${NODS}${BOWS}`,
    `${PLAN}Yes, he said:${NODS}`,
    `<system_thinking>a</role_action>b</system_thinking>${NODS}Fine.`,
    `<system_thinking>a${NODS}</role_action>b</system_thinking>${NODS}Fine.`,
    `<system_thinking>a<think>b</think>c</system_thinking>${NODS}Fine.`,
    `<system_thinking>a<|im_end|>b</system_thinking>${NODS}Fine.`,
    `${PLAN}The user smiles: so.\n\n${NODS}Fine.`,
    `${PLAN}The user says:\n\n${NODS}Fine.`,
    `${PLAN}${NODS}*nods* Fine.`,
  ])('what nothing can be told of: %s', (text) => {
    expect(marked(text)).toBe(text);
    sameInOnePiece(text);
  });

  test.each([
    `${PLAN}${NODS}A‸nna:${BOWS}Go.`,
    `${PLAN}${NODS}A‸nna:${HM}Go.${BOWS}`,
    // Two actions, one segment: only the end says so.
    `${PLAN}${NODS}M‸ara Vell:${BOWS}Go.✗`,
  ])('what follows a label: %s', (text) => {
    expect(marked(unmarked(text))).toBe(text);
    sameInOnePiece(unmarked(text));
  });
});

describe('is taken back as soon as a plan ends that had not begun', () => {
  test.each([
    `${PLAN}${NODS}F‸ine.</system_thinking>✗Go.`,
    `${PLAN}${NODS}F‸ine.<role_thinking>‸he<role_action>lies</system_thinking>✗Go.`,
    `${PLAN}${NODS}F‸ine.<role_thinking>‸he</system_thinking>lies</system_thinking>✗Go.`,
    `${PLAN}${NODS}F‸ine.<role_thinking>‸he<think>lies</think>so</think>✗Go.`,
    `${PLAN}${NODS}F‸ine.<think>a</think>b</think>✗Go.`,
    `${PLAN}${NODS}F‸ine.<think>a<think>b</think>c</think>d</think>✗Go.`,
  ])('%s', (text) => {
    expect(marked(unmarked(text))).toBe(text);
    sameInOnePiece(unmarked(text));
  });
});

test('one piece that holds an action and what follows it shows the action at once', () => {
  const parser = createTurnParser(OPTIONS);
  expect(parser.feed(`${PLAN}${NODS} Fine.`)).toEqual([
    { type: 'segment', segment: { kind: 'action', text: 'nods' } },
  ]);
  expect(parser.end().releases).toEqual([{ type: 'segment', segment: { kind: 'speech', text: 'Fine.' } }]);
});
