import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { coserToHer, herToCoser, parseCoser } from '../../../src/format/coser.ts';
import { neutralise } from '../../../src/format/neutralise.ts';
import { MAX_PLAYER_LINE, readPlayerLine } from '../../../src/format/player-line.ts';
import { renderCoser } from '../../../src/format/render-coser.ts';
import { renderDiscord } from '../../../src/format/render-discord.ts';
import { renderHer } from '../../../src/format/render-her.ts';
import { parseTurn, readDraft } from '../../../src/format/turn-parser.ts';
import { draft, plainSegments, soup } from './arbitraries.ts';
import { OTHERS, SPEAKER } from './hostile-turns.ts';

const RESERVED = [SPEAKER, ...OTHERS, 'Narrator'];
const typed = fc.oneof(draft, soup, fc.string({ unit: 'binary', maxLength: 80 }));

describe('conversion', () => {
  test('HER to CoSER and back gives the same text', () => {
    fc.assert(
      fc.property(plainSegments, (segments) => {
        const her = renderHer(segments);
        expect(coserToHer(herToCoser(her))).toBe(her);
      }),
      { numRuns: 2000 },
    );
  });

  test('CoSER text is read as it was written, brackets and backslashes too', () => {
    const text = fc
      .array(fc.constantFrom('nods', 'well', ' ', '[', ']', '(', ')', '\\', 'a'), {
        minLength: 1,
        maxLength: 12,
      })
      .map((parts) => `x${parts.join('')}x`.replace(/ +/g, ' '));
    const segments = fc
      .array(fc.record({ kind: fc.constantFrom('thought', 'action', 'speech'), text }), {
        minLength: 1,
        maxLength: 5,
      })
      .map((all) => all.filter(({ kind }, index) => kind !== all[index - 1]?.kind))
      .filter((all) => all.some(({ kind }) => kind !== 'thought'));
    fc.assert(
      fc.property(segments, (all) => {
        expect(parseCoser(renderCoser(all)).segments).toEqual(all);
      }),
      { numRuns: 3000 },
    );
  });

  test('neither way ever throws', () => {
    fc.assert(
      fc.property(draft, (text) => {
        expect(typeof coserToHer(text) + typeof herToCoser(text)).toBe('stringstring');
      }),
      { numRuns: 1500 },
    );
  });
});

describe('a player', () => {
  test('cannot write a thought, a plan or another’s line', () => {
    fc.assert(
      fc.property(typed, (text) => {
        const segments = readPlayerLine(text, RESERVED);
        const her = renderHer(segments);
        const read = readDraft(her, { others: RESERVED });
        expect(read.segments.filter(({ kind }) => kind === 'thought')).toEqual([]);
        expect(read.plan).toBe('');
        expect(read.nextSpeaker).toBeUndefined();
        const alone = parseTurn(her);
        expect(alone.segments.every(({ kind }) => kind !== 'thought') && alone.systemThinking === '').toBe(
          true,
        );
        for (const segment of segments) {
          expect(segment.text.isWellFormed()).toBe(true);
          expect(segment.text.length).toBeLessThanOrEqual(2 * MAX_PLAYER_LINE);
        }
      }),
      { numRuns: 4000 },
    );
  });

  test('writes a sheet whose lines are nobody’s', () => {
    fc.assert(
      fc.property(typed, (text) => {
        const sheet = neutralise(text, RESERVED);
        const read = readDraft(`<role_action>reads</role_action>${sheet}\nThat is all.`, {
          others: RESERVED,
        });
        expect(read.nextSpeaker).toBeUndefined();
        expect(sheet).not.toMatch(/<\/?\s*(?:system|role)_thinking|<\|im_start\|>/i);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('Discord', () => {
  test('shows a text letter by letter: each sign that could be markup is escaped', () => {
    fc.assert(
      fc.property(fc.oneof(soup, fc.string()), (text) => {
        const shown = renderDiscord([{ kind: 'speech', text }]);
        expect(shown.replace(/\\[^a-zA-Z0-9\s]/g, 'x')).not.toMatch(
          /[*_~|`<>[\]]|:\/\/|^(?:#{1,3}|-#|[-+]) /m,
        );
        expect(shown).not.toMatch(/@(?:everyone|here)|<@[!&]?\d/);
      }),
      { numRuns: 2000 },
    );
  });
});
