import { describe, expect, test } from 'vitest';
import { readFindings } from '../../../src/enrich/read-findings.ts';

const PLAIN = '{"found": [{"quote": "a b c", "lacking": "x", "add": "One."}]}';

describe('readFindings', () => {
  test.each([
    ['as asked', PLAIN],
    ['in a code fence', `Here you go:\n\`\`\`json\n${PLAIN}\n\`\`\`\nHope that helps!`],
    ['with commas too many', '{"found": [{"quote": "a b c", "lacking": "x", "add": "One.",},],}'],
    ['in single quotes', "{'found': [{'quote': 'a b c', 'lacking': 'x', 'add': 'One.'}]}"],
    ['with bare keys', '{found: [{quote: "a b c", lacking: "x", add: "One."}]}'],
    ['cut off', '{"found": [{"quote": "a b c", "lacking": "x", "add": "One."}, {"quote": "d e'],
    ['a bare list', '[{"quote": "a b c", "lacking": "x", "add": "One."}]'],
    ['a bare object', '{"quote": "a b c", "lacking": "x", "add": "One."}'],
    ['several objects', '{"note": "hm"}\n{"quote": "a b c", "lacking": "x", "add": "One."}'],
    [
      'under another name',
      '{"result": {"additions": [{"source": "a b c", "missing": "x", "addition": "One."}]}}',
    ],
    ['after thinking', `<think>{"found": [{"add": "Not this."}]}</think>${PLAIN}`],
    [
      'with a quotation mark within',
      '{"found": [{"quote": "a b c", "lacking": "x", "add": "One."}], "note": "she said "so" aloud"}',
    ],
    ['with a comment', '{"found": [\n# the first\n{"quote": "a b c", "lacking": "x", "add": "One."}]}'],
    ['with a stray brace before', `{ } } ${PLAIN}`],
  ])('%s', (_, answer) => {
    expect(readFindings(answer)).toMatchObject([{ quotes: ['a b c'], lacking: 'x', add: 'One.' }]);
  });

  test('quotation marks within a text are part of it', () => {
    const answer =
      '{"found": [{"quote": "called everyone "you" until they paid", "lacking": "", "add": "She says "you"."}]}';
    expect(readFindings(answer)).toMatchObject([
      { quotes: ['called everyone "you" until they paid'], add: 'She says "you".' },
    ]);
  });

  test.each([
    ['in pieces', { turn: [{ thought: 'I' }, { speech: 'No.' }] }],
    ['flat', { thought: 'I', speech: 'No.' }],
    ['as text', { turn: '<role_thinking>I</role_thinking>No.' }],
  ])('a turn %s is one finding', (_, turn) => {
    const findings = readFindings(JSON.stringify({ found: [{ quote: 'a b', to: 'Well?', ...turn }] }));
    expect(findings).toHaveLength(1);
    expect(findings?.[0]).toMatchObject({ to: 'Well?', quotes: ['a b'] });
  });

  test('an empty list is no finding, prose is no answer', () => {
    expect(readFindings('{"found": []}')).toEqual([]);
    expect(readFindings('Nothing is lacking.')).toBeUndefined();
    expect(readFindings('')).toBeUndefined();
  });

  test('of what is no text nothing is left', () => {
    expect(readFindings('{"found": [{"quote": 7, "lacking": null, "add": {"a": 1}}]}')).toMatchObject([
      { quotes: [], lacking: '', add: '' },
    ]);
  });

  test('braces without end, aliases without end: no answer, and no harm', () => {
    expect(readFindings('{'.repeat(20_000))).toBeUndefined();
    expect(readFindings('{a: &a [*a, *a], b: *a}')).toBeUndefined();
  });
});
