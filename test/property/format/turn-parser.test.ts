import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readCanonicalTurn } from '../../../src/format/canonical-turn.ts';
import { createNames } from '../../../src/format/labels.ts';
import type { ParsedTurn } from '../../../src/format/parsed-turn.ts';
import { renderHer } from '../../../src/format/render-her.ts';
import { type Segment, type VisibleSegment, visibleSegments } from '../../../src/format/segments.ts';
import { settleTurn } from '../../../src/format/settle-turn.ts';
import { createTagScanner } from '../../../src/format/tag-scanner.ts';
import {
  createTurnParser,
  parseTurn,
  type Release,
  type TurnParserOptions,
} from '../../../src/format/turn-parser.ts';
import { cuts, draft, hostile, OPTIONS, pieces, plainSegments, soup } from './arbitraries.ts';
import { SPEAKER } from './hostile-turns.ts';

/** Feeds a draft in pieces; what was released before the end stands apart. */
function stream(text: string, lengths: readonly number[], options: TurnParserOptions) {
  const parser = createTurnParser(options);
  const early: Release[] = [];
  for (const piece of pieces(text, lengths)) early.push(...parser.feed(piece));
  const { turn, releases } = parser.end();
  return { turn, early, releases: [...early, ...releases] };
}

/** What a stage that follows the releases shows in the end. */
function shownBy(releases: readonly Release[]): VisibleSegment[] {
  let shown: VisibleSegment[] = [];
  for (const release of releases) {
    if (release.type === 'withdraw') shown = [];
    else shown.push(release.segment);
  }
  return shown;
}

describe('a stream', () => {
  // Runs x cuts: more than 100,000 cuttings.
  const RUNS = 10_500;
  const CUTS_EACH = 10;

  test('gives the same turn and the same releases however it is cut', { timeout: 120_000 }, () => {
    const manyCuts = fc.array(cuts, { minLength: CUTS_EACH, maxLength: CUTS_EACH });
    fc.assert(
      fc.property(draft, manyCuts, fc.boolean(), (text, lengthsOfAll, inside) => {
        const options: TurnParserOptions = inside ? { ...OPTIONS, startInside: 'plan' } : OPTIONS;
        const turn = JSON.stringify(parseTurn(text, options));
        const releases = JSON.stringify(stream(text, [text.length + 1], options).releases);
        for (const lengths of lengthsOfAll) {
          const streamed = stream(text, lengths, options);
          if (JSON.stringify(streamed.turn) !== turn || JSON.stringify(streamed.releases) !== releases) {
            expect({ lengths, ...streamed }).toEqual({ lengths, turn, releases });
          }
        }
      }),
      { numRuns: RUNS },
    );
  });

  test('shows in the end what the turn shows, and nothing where it is unusable', () => {
    fc.assert(
      fc.property(draft, cuts, (text, lengths) => {
        const { turn, releases } = stream(text, lengths, OPTIONS);
        expect(shownBy(releases)).toEqual(visibleSegments(turn.segments));
        if (!turn.usable) expect(turn.segments).toEqual([]);
      }),
      { numRuns: 3000 },
    );
  });

  test('never releases a hidden marker, not even for a moment', () => {
    fc.assert(
      fc.property(hostile, cuts, ({ text, plan, secret }, lengths) => {
        const { releases } = stream(text, lengths, OPTIONS);
        const everShown = releases
          .map((release) => (release.type === 'segment' ? release.segment.text : ''))
          .join('\n');
        expect(markersIn(everShown, [...plan, ...secret])).toEqual([]);
      }),
      { numRuns: 3000 },
    );
  });

  test('releases nothing before the plan is closed or the first role tag', () => {
    fc.assert(
      fc.property(plainSegments, (segments) => {
        const text = `<system_thinking>short, with an edge</system_thinking>${renderHer(segments)}`;
        const parser = createTurnParser(OPTIONS);
        const planEnd = text.indexOf('</system_thinking>');
        expect(parser.feed(text.slice(0, planEnd))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});

describe('a hostile turn', () => {
  test('hides every hidden marker, and where tags can tell loses nothing', () => {
    fc.assert(
      fc.property(hostile, ({ text, plan, secret, visible, tier, kinds }) => {
        const turn = parseTurn(text, OPTIONS);
        const shown = textOf(visibleSegments(turn.segments));
        const known = textOf(turn.segments);
        expect(markersIn(known, plan), kinds.join(', ')).toEqual([]);
        expect(markersIn(shown, secret), kinds.join(', ')).toEqual([]);
        if (tier === 1) expect(markersIn(shown, visible), kinds.join(', ')).toEqual(visible);
      }),
      { numRuns: 10_000 },
    );
  });
});

describe('a well-formed turn', () => {
  test('is read as an obvious model reads it, blanks between the elements or not', () => {
    const blanks = fc.constantFrom('', '', ' ', '\n', '\n\n');
    fc.assert(
      fc.property(
        plainSegments,
        fc.array(blanks, { minLength: 9, maxLength: 9 }),
        fc.boolean(),
        (segments, gaps, named) => {
          const elements = segments.map((segment, index) => (gaps[index] ?? '') + element(segment)).join('');
          const text = `<system_thinking>as planned</system_thinking>${named ? `${SPEAKER}: ` : ''}${elements}`;
          const expected: ParsedTurn = {
            systemThinking: 'as planned',
            segments,
            faults: named ? ['own-name'] : [],
            usable: true,
          };
          expect(parseTurn(text, OPTIONS)).toEqual(expected);
        },
      ),
      { numRuns: 3000 },
    );
  });

  test('is what its rendering is read as', () => {
    fc.assert(
      fc.property(plainSegments, (segments) => {
        const read = parseTurn(renderHer(segments, { name: SPEAKER }), OPTIONS);
        expect(read.segments).toEqual(segments);
      }),
      { numRuns: 3000 },
    );
  });

  test('is released section by section as it streams', () => {
    const text =
      '<system_thinking>p</system_thinking><role_action>nods</role_action>Well. <role_thinking>s</role_thinking>No.';
    const early = stream(text, [1], OPTIONS).early;
    expect(shownBy(early)).toEqual([
      { kind: 'action', text: 'nods' },
      { kind: 'speech', text: 'Well.' },
    ]);
  });
});

describe('the parser', () => {
  test('never throws, and gives whole text without control characters', () => {
    fc.assert(
      fc.property(draft, (text) => {
        for (const { text: words } of parseTurn(text, OPTIONS).segments) {
          expect(words.isWellFormed()).toBe(true);
          // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
          expect(words).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]|^\s|\s$|\n\n\n/);
          expect(words).not.toBe('');
        }
      }),
      { numRuns: 4000 },
    );
  });

  test('has no two neighbours of one kind', () => {
    fc.assert(
      fc.property(draft, (text) => {
        const { segments } = parseTurn(text, OPTIONS);
        for (const [index, segment] of segments.entries())
          expect(segment.kind).not.toBe(segments[index - 1]?.kind);
      }),
      { numRuns: 2000 },
    );
  });

  test('takes its short cut only where the long way says the same', () => {
    const setting = {
      names: createNames(OPTIONS.speaker, OPTIONS.others ?? []),
      speaker: OPTIONS.speaker,
      startInside: false,
      section: false,
      midway: false,
    };
    const well = plainSegments.map(
      (segments) => `<system_thinking>a plan</system_thinking>\n${renderHer(segments)}`,
    );
    const spoilt = fc.tuple(well, soup, fc.nat()).map(([text, bit, at]) => {
      const place = at % (text.length + 1);
      return text.slice(0, place) + bit.slice(0, 12) + text.slice(place);
    });
    let runs = 0;
    let taken = 0;
    fc.assert(
      fc.property(
        fc.oneof(well, spoilt, draft),
        fc.nat(9).map((roll) => roll === 0),
        (text, startInside) => {
          runs++;
          const short = readCanonicalTurn(text, { ...setting, startInside });
          if (!short) return;
          taken++;
          const scanner = createTagScanner();
          scanner.scan(text, 0);
          expect(short).toEqual(settleTurn(text, scanner.tags, { ...setting, startInside }));
        },
      ),
      { numRuns: 8000, examples: [['{"a":1}</system_thinking>', true]] },
    );
    expect(taken / runs).toBeGreaterThan(0.1);
  });
});

function element({ kind, text }: Segment): string {
  if (kind === 'speech') return text;
  const name = kind === 'thought' ? 'role_thinking' : 'role_action';
  return `<${name}>${text}</${name}>`;
}

function textOf(segments: readonly Segment[]): string {
  return segments.map(({ text }) => text).join('\n');
}

function markersIn(text: string, markers: readonly string[]): string[] {
  return markers.filter((marker) => new RegExp(`${marker}(?!\\d)`).test(text));
}
