import { describe, expect, test } from 'vitest';
import { renderHer } from '../../../src/format/render-her.ts';
import { parseTurn } from '../../../src/format/turn-parser.ts';
import { faultsOf, picture, SHIPPED_CARDS } from './shipped.ts';

/** What players bring; each is some example's cue in every card. */
const OCCASIONS = [
  /hello|good evening/i,
  /admire|clever|brilliant/i,
  /hate you|rude/i,
  /who are you/i,
  /what do you think of|tell me about/i,
  /weather/i,
  /where are we/i,
  /love|marry/i,
  /threat|hurt|kill/i,
  /help me/i,
  /your secrets/i,
  /silence|why so quiet|why are you so quiet/i,
  /goodbye/i,
  /phone|computer/i,
  /something in confidence/i,
  /sorry/i,
];

test('two casts ship', () => {
  const ids = SHIPPED_CARDS.map((card) => card.id);
  expect(ids).toEqual(expect.arrayContaining(['elizabeth-bennet', 'mr-darcy', 'mr-bennet']));
  expect(ids).toEqual(expect.arrayContaining(['sherlock-holmes', 'dr-watson', 'mrs-hudson']));
});

describe.each(SHIPPED_CARDS.map((card) => [card.id, card] as const))('%s', (id, { character, warnings }) => {
  const lines = [
    character.greeting,
    ...character.alternateGreetings,
    ...character.examples,
    ...character.declines,
  ];

  test('is whole', () => {
    expect(warnings).toEqual([]);
    expect(character.id).toBe(id);
    const { description, personality, motivation, background, manner, publicSheet, scenario } = character;
    for (const text of [description, personality, motivation, background, manner, publicSheet, scenario]) {
      expect(text.length).toBeGreaterThan(60);
    }
    expect(character.alternateGreetings).toHaveLength(2);
    expect(character.examples.length).toBeGreaterThanOrEqual(16);
    expect(character.exampleCues).toHaveLength(character.examples.length);
    expect(character.declines.length).toBeGreaterThanOrEqual(6);
    expect(character.book.entries.length).toBeGreaterThanOrEqual(5);
  });

  test('is short enough for a prompt and a message', () => {
    expect(character.publicSheet.length).toBeLessThan(500);
    expect(character.description.length).toBeLessThan(1600);
    for (const greeting of [character.greeting, ...character.alternateGreetings]) {
      expect(greeting.length).toBeLessThanOrEqual(900);
    }
  });

  test('every line keeps HER’s rules', () => {
    const wrong = lines
      .map((line) => [line, faultsOf(line, false)] as const)
      .filter(([, faults]) => faults.length > 0);
    expect(wrong).toEqual([]);
  });

  test('every line thinks, and shows something', () => {
    for (const line of lines) {
      const kinds = parseTurn(line).segments.map((segment) => segment.kind);
      expect(kinds, line).toContain('thought');
      expect(
        kinds.some((kind) => kind !== 'thought'),
        line,
      ).toBe(true);
    }
  });

  test('every line comes back from its segments as it was', () => {
    for (const line of lines) expect(renderHer(parseTurn(line).segments)).toBe(line);
  });

  test('no line is there twice, and the patterns vary', () => {
    expect(new Set(lines).size).toBe(lines.length);
    const patterns = character.examples.map((line) =>
      parseTurn(line)
        .segments.map((segment) => segment.kind)
        .join(' '),
    );
    expect(new Set(patterns).size).toBeGreaterThanOrEqual(5);
  });

  test.each(OCCASIONS)('has a line for %s', (occasion) => {
    expect(character.exampleCues?.some((cue) => occasion.test(cue))).toBe(true);
  });

  test('tells nobody what it wants', () => {
    const told = new Set(phrasesOf(character.publicSheet));
    expect(phrasesOf(character.motivation).filter((phrase) => told.has(phrase))).toEqual([]);
  });

  test('has a face', () => {
    expect(picture(id).length).toBeLessThan(40_000);
  });
});

test.each(['narrator', 'dramatis', ...SHIPPED_CARDS.map((card) => card.id)])(
  '%s.png is 256 by 256',
  (name) => {
    const bytes = picture(name);
    expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([256, 256]);
  },
);

function phrasesOf(text: string): string[] {
  const words = text.toLowerCase().match(/[a-z']+/g) ?? [];
  return words.slice(4).map((_word, at) => words.slice(at, at + 5).join(' '));
}
