import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Segment } from '../../../src/format/segments.ts';
import { asGbnf } from '../../../src/format/turn-grammar/as-gbnf.ts';
import { asRegex } from '../../../src/format/turn-grammar/as-regex.ts';
import { lettersOf } from '../../../src/format/turn-grammar/letters.ts';
import type { Shape } from '../../../src/format/turn-grammar/shape.ts';
import { turnSchema } from '../../../src/format/turn-grammar/turn-schema.ts';
import { PLAN_SENTENCES, texts, turnShape } from '../../../src/format/turn-grammar/turn-shape.ts';
import { parseTurn, type TurnParserOptions } from '../../../src/format/turn-parser.ts';
import { OTHERS, SPEAKER } from './hostile-turns.ts';
import { gbnfAsRegex } from './read-gbnf.ts';

const PARSER: TurnParserOptions = { speaker: { name: SPEAKER, aliases: ['Lizzy'] }, others: OTHERS };

/** Words that the parser looks twice at: names, layers, roles, minds, what steps out of the play. */
const HOSTILE = [
  ...['System', 'User', 'Assistant', 'model', 'Narrator', 'Environment', 'Elizabeth', 'Lizzy', 'Darcy', 'Mr'],
  ...['Thoughts', 'Thinking', 'Gedanken', 'Analysis', 'Plan', 'Response', 'Speech', 'Action', 'Monologue'],
  ...['Note', 'OOC', 'Out', 'of', 'I', 'think', 'thought', 'she', 'wonders', 'mused', 'ich', 'well-known'],
];

/** Texts of a shape, written by walking it: nothing here knows a notation. */
function written(shape: Shape, words: readonly string[] = HOSTILE): fc.Arbitrary<string> {
  switch (shape.is) {
    case 'text':
      return fc.constant(shape.text);
    case 'set':
      return fc.constantFrom(...charactersOf(shape.ranges));
    case 'row':
      return fc.tuple(...shape.parts.map((part) => written(part, words))).map((parts) => parts.join(''));
    case 'either':
      return fc.oneof(...shape.ways.map((way) => written(way, words)));
    case 'times':
      return fc
        .array(written(shape.what, words), { minLength: shape.least, maxLength: shape.most })
        .map((parts) => parts.join(''));
    case 'rule':
      return shape.name === 'word' && words.length > 0
        ? fc.oneof(fc.constantFrom(...words), written(shape.what, words))
        : written(shape.what, words);
  }
}

function charactersOf(ranges: string): string[] {
  return [...ranges.matchAll(/(.)-(.)|(.)/gsu)].flatMap(([, from, to, one]) => {
    if (one !== undefined) return [one];
    const [first, last] = [from?.codePointAt(0) ?? 0, to?.codePointAt(0) ?? 0];
    return Array.from({ length: last - first + 1 }, (_, at) => String.fromCodePoint(first + at));
  });
}

const LATIN = {
  letters: lettersOf('Rain on the pier.') ?? '',
  startInside: false,
  thoughts: true,
  words: 18,
  cues: [] as readonly string[],
  lead: '',
};
const SHORT = { ...LATIN, planSentences: PLAN_SENTENCES.short };

/** The same turn in the plainest reading of its tags. */
function plainly(turn: string): Segment[] {
  const played = turn.slice(turn.indexOf('</system_thinking>') + 1).replace(/^\/system_thinking>/, '');
  return played
    .split(/(<role_thinking>.*?<\/role_thinking>|<role_action>.*?<\/role_action>)/)
    .filter((part) => part !== '')
    .map((part) => ({
      kind: part.startsWith('<role_thinking>')
        ? 'thought'
        : part.startsWith('<role_action>')
          ? 'action'
          : 'speech',
      text: part.replace(/<\/?role_\w+>/g, ''),
    }));
}

describe('turns written by the grammar', () => {
  test.each([
    ['with a short plan', SHORT],
    ['with a long plan', { ...LATIN, planSentences: PLAN_SENTENCES.full }],
    ['without thoughts', { ...SHORT, thoughts: false }],
    ['with a plan that begins in the language of the scene', { ...SHORT, lead: 'Alles auf Deutsch.' }],
    ['with actions that a game has names for', { ...SHORT, cues: ['wave', 'sit.down_2'] }],
    ['in Cyrillic', { ...SHORT, letters: lettersOf('Дождь на пристани.') ?? '' }],
    ['in Greek', { ...SHORT, letters: lettersOf('Βροχή') ?? '' }],
  ])('are read without a fault, layer by layer, %s', (_, options) => {
    fc.assert(
      fc.property(written(turnShape(options)), (turn) => {
        const { usable, faults, segments, systemThinking, nextSpeaker } = parseTurn(turn, PARSER);
        expect({ usable, faults, nextSpeaker }).toEqual({ usable: true, faults: [], nextSpeaker: undefined });
        expect(segments).toEqual(plainly(turn));
        expect(turn.startsWith(`<system_thinking>${systemThinking}</system_thinking>`)).toBe(true);
      }),
    );
  });

  test('that begin inside an opened plan are the same turns', () => {
    fc.assert(
      fc.property(written(turnShape({ ...SHORT, startInside: true })), (rest) => {
        const inside = parseTurn(rest, { ...PARSER, startInside: 'plan' });
        expect(inside).toEqual(parseTurn(`<system_thinking>${rest}`, PARSER));
        expect(inside.faults).toEqual([]);
      }),
    );
  });

  test('without a plan lack nothing else', () => {
    fc.assert(
      fc.property(written(turnShape({ ...LATIN, planSentences: 0 }), []), (turn) => {
        const { usable, faults, segments } = parseTurn(turn, PARSER);
        expect({ usable, faults }).toEqual({ usable: true, faults: ['plan-missing'] });
        expect(segments).toEqual(plainly(turn));
      }),
    );
  });

  test('are what the regular expression and the GBNF grammar accept', () => {
    const shape = turnShape(SHORT);
    const regex = new RegExp(`^(?:${asRegex(shape)})$`, 'u');
    const gbnf = new RegExp(`^(?:${gbnfAsRegex(asGbnf(shape))})$`, 'u');
    fc.assert(
      fc.property(written(shape), (turn) => {
        expect(regex.test(turn)).toBe(true);
        expect(gbnf.test(turn)).toBe(true);
      }),
      { numRuns: 40 },
    );
  });
});

test.each([
  ['nothing visible', '<system_thinking>She waits.</system_thinking><role_thinking>He lies.</role_thinking>'],
  ['a plan that is not closed', '<system_thinking>She waits.<role_action>nods</role_action>'],
  ['another’s line', '<system_thinking>She waits.</system_thinking>Good day.\nMr Darcy: Good day.'],
  ['a name in front', '<system_thinking>She waits.</system_thinking>Elizabeth: Good day.'],
  ['a plan at the end', '<role_action>nods</role_action><system_thinking>She waits.</system_thinking>'],
  ['a tag within a tag', '<system_thinking>A <b>plan</b>.</system_thinking>Good day.'],
  ['numbers in a row', '<system_thinking>She waits.</system_thinking>It was in 1982 1929 1990 2007 then.'],
  ['other letters', '<system_thinking>She waits.</system_thinking>Добрый день.'],
  ['an aside in brackets', '<system_thinking>She waits.</system_thinking>Good day. (thinking) He lies.'],
  ['what is left of a tag', '<system_thinking>She waits.</system_thinking>The system-thinking is done.'],
  ['no end', `<system_thinking>She waits.</system_thinking>${'Good day. '.repeat(400)}`],
])('neither notation accepts %s', (_, turn) => {
  const shape = turnShape(SHORT);
  expect(new RegExp(`^(?:${asRegex(shape)})$`, 'u').test(turn)).toBe(false);
  expect(new RegExp(`^(?:${gbnfAsRegex(asGbnf(shape))})$`, 'u').test(turn)).toBe(false);
});

test('replies that the JSON Schema accepts are read without any other fault', () => {
  const { sentences, deed } = texts(SHORT.letters, SHORT.words, SHORT.cues);
  const shown = fc.oneof(
    fc.record({ kind: fc.constant('action'), text: written(deed) }),
    fc.record({ kind: fc.constant('speech'), text: written(sentences('said', 2)) }),
  );
  const reply = fc.record({
    system_thinking: written(sentences('said', 2)),
    role_thinking: written(sentences('said', 1)),
    turn: fc.array(shown, { minLength: 1, maxLength: 5 }),
  });
  fc.assert(
    fc.property(reply, (value) => {
      expect(fits(value, turnSchema(SHORT, { patterns: true }))).toBe(true);
      const { usable, faults, segments, systemThinking } = parseTurn(JSON.stringify(value), PARSER);
      expect({ usable, faults }).toEqual({ usable: true, faults: ['json-reply'] });
      expect(systemThinking).toBe(value.system_thinking);
      const told = (kind: string) =>
        segments
          .filter((one) => one.kind === kind)
          .map(({ text }) => text.replace(/[\s,]/g, ''))
          .join('');
      const meant = (kind: string) =>
        value.turn
          .filter((one) => one.kind === kind)
          .map(({ text }) => text.replace(/[\s,]/g, ''))
          .join('');
      expect(told('thought')).toBe(value.role_thinking.replace(/[\s,]/g, ''));
      expect([told('action'), told('speech')]).toEqual([meant('action'), meant('speech')]);
    }),
    { numRuns: 60 },
  );
});

/** As far as our schema goes: objects, lists, enums, patterns, either of several. */
function fits(value: unknown, schema: Readonly<Record<string, unknown>>): boolean {
  if (Array.isArray(schema['anyOf'])) return schema['anyOf'].some((one) => fits(value, one));
  if (schema['type'] === 'array' && Array.isArray(value)) {
    return (
      value.length <= Number(schema['maxItems']) && value.every((one) => fits(one, Object(schema['items'])))
    );
  }
  if (schema['type'] === 'object') {
    const properties = Object.entries(Object(schema['properties']));
    return (
      Object.keys(Object(value)).length === properties.length &&
      properties.every(([key, one]) => fits(Object(value)[key], Object(one)))
    );
  }
  if (Array.isArray(schema['enum'])) return schema['enum'].includes(value);
  return typeof value === 'string' && new RegExp(String(schema['pattern']), 'u').test(value);
}
