import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { readNextSpeaker } from '../../src/director/next-speaker.ts';
import { renderPlain } from '../../src/format/render-plain.ts';
import { visibleSegments } from '../../src/format/segments.ts';
import { createTurnParser, parseTurn } from '../../src/format/turn-parser.ts';
import { createEchoGuard } from '../../src/performer/prompt-echo.ts';

const CAST = ['Old Wenna', 'Tom Reddick', 'Ines', 'The Guest', 'Environment', 'Narrator'];
const outputSchema = z.object({
  model: z.string(),
  kind: z.enum(['turn', 'director']),
  speaker: z.string().default('Ines'),
  text: z.string(),
  played: z.boolean().optional(),
});
const fixture = (name: string) => readFileSync(new URL(`../fixtures/real/${name}`, import.meta.url), 'utf8');
const instructions = fixture('instructions.txt');
const outputs = fixture('outputs.jsonl')
  .trim()
  .split('\n')
  .map((line) => outputSchema.parse(JSON.parse(line)));
const turns = outputs.filter((output) => output.kind === 'turn').map((output, at) => ({ ...output, at }));

/** Nothing of the wire format, and no mark of a chat template. */
const TAG_LIKE = /<\/?[\w\s]*(?:think|role_|system)|\[\/?INST\]|<<\/?SYS>>|<\|/i;

function optionsFor(speaker: string) {
  return { speaker: { name: speaker }, others: CAST.filter((name) => name !== speaker) };
}

describe('what real models wrote', () => {
  test('is there: at least thirty answers of at least two models', () => {
    expect(outputs.length).toBeGreaterThanOrEqual(30);
    expect(new Set(outputs.map((output) => output.model)).size).toBeGreaterThanOrEqual(2);
  });

  test.each(turns)(
    'turn $at of $model is played or thrown away as a person decided, and shows no mark of its form',
    ({ speaker, text, played }) => {
      const turn = parseTurn(text, optionsFor(speaker));
      const shown = renderPlain(visibleSegments(turn.segments));
      const echoes = createEchoGuard([instructions]);
      expect(turn.usable && !echoes(shown)).toBe(played);
      expect(shown).not.toMatch(TAG_LIKE);
    },
  );

  test.each(turns)('turn $at of $model reads the same in pieces of three characters', ({ speaker, text }) => {
    const parser = createTurnParser(optionsFor(speaker));
    for (let from = 0; from < text.length; from += 3) parser.feed(text.slice(from, from + 3));
    expect(parser.end().turn).toEqual(parseTurn(text, optionsFor(speaker)));
  });

  test('names a next speaker wherever a director’s answer does', () => {
    const cast = [...CAST, 'Mrs. Hudson'].map((name) => ({ id: name, names: [name] }));
    for (const { text } of outputs.filter((output) => output.kind === 'director')) {
      expect(readNextSpeaker(text, cast).type, text).toBe('actor');
    }
  });
});
