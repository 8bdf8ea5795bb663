import { describe, expect, test } from 'vitest';
import { createTurnParser, parseTurn, type Release, readDraft } from '../../../src/format/turn-parser.ts';

const OPTIONS = { speaker: { name: 'Mara Vell' }, others: ['Tobin'] };

function shown(releases: readonly Release[]): string[] {
  return releases.map((release) => (release.type === 'withdraw' ? 'withdraw' : release.segment.text));
}

describe('a draft that is too long', () => {
  const text = '<role_action>nods</role_action>Fine.<role_action>sits</role_action>Go.';

  test('may be just as long as it may be', () => {
    const parser = createTurnParser({ ...OPTIONS, maxChars: text.length });
    parser.feed(text.slice(0, 40));
    parser.feed(text.slice(40));
    expect(parser.end().turn).toMatchObject({ usable: true, faults: ['plan-missing'] });
  });

  test.each([1, 7, 40, text.length])('is read up to there, in pieces of %i, then taken back', (size) => {
    const maxChars = text.length - 10;
    const parser = createTurnParser({ ...OPTIONS, maxChars });
    const early: Release[] = [];
    for (let at = 0; at < text.length; at += size) early.push(...parser.feed(text.slice(at, at + size)));
    // What the text up to there releases, and nothing of what comes later.
    const same = createTurnParser(OPTIONS);
    expect(early).toEqual(same.feed(text.slice(0, maxChars)));
    expect(early.length).toBeGreaterThan(0);
    expect(parser.feed('<role_action>bows</role_action>Yes.')).toEqual([]);
    const { turn, releases } = parser.end();
    expect(turn).toEqual(parseTurn(text, { ...OPTIONS, maxChars }));
    expect(turn).toMatchObject({ usable: false, segments: [] });
    expect(turn.faults).toContain('too-long');
    expect(shown(releases)).toEqual(['withdraw']);
  });

  test('is not read beyond that', () => {
    const late = 'Fine. Yes.\nTobin: No.';
    expect(parseTurn(late, { ...OPTIONS, maxChars: 11 }).nextSpeaker).toBeUndefined();
    expect(parseTurn(late, OPTIONS).nextSpeaker).toBe('Tobin');
  });
});

describe('a server’s own channel for reasoning', () => {
  test('comes before the plan, and is kept up to the same length', () => {
    const parser = createTurnParser({ ...OPTIONS, maxChars: 60 });
    parser.feedReasoning(' She must wait. \n');
    parser.feed('<think>and see</think>Fine.');
    expect(parser.end().turn).toMatchObject({ systemThinking: 'She must wait.\nand see', usable: true });
    const long = createTurnParser({ maxChars: 10 });
    for (const piece of ['1234', '56789', 'abc', 'def']) long.feedReasoning(piece);
    long.feed('Fine.');
    expect(long.end().turn).toMatchObject({ systemThinking: '123456789a', usable: true });
  });
});

describe('what is told of a draft', () => {
  test('names a next speaker only where there is one', () => {
    expect('nextSpeaker' in parseTurn('Fine.', OPTIONS)).toBe(false);
    expect(parseTurn('Fine.\nTobin: No.', OPTIONS).nextSpeaker).toBe('Tobin');
  });

  test('without any tag is shown at its end', () => {
    const parser = createTurnParser(OPTIONS);
    expect(parser.feed('Fine. ') || parser.feed('Go.')).toEqual([]);
    expect(parser.end().releases).toEqual([{ type: 'segment', segment: { kind: 'speech', text: 'Fine.' } }]);
  });

  test('that is noise is nothing', () => {
    const noise = '<<[['.repeat(2000);
    expect(readDraft(noise)).toEqual({
      plan: '',
      segments: [],
      faults: new Set(['noise']),
      rejected: true,
      plain: false,
      nextSpeaker: undefined,
    });
    expect(parseTurn(noise)).toEqual({
      systemThinking: '',
      segments: [],
      faults: ['noise', 'plan-missing', 'nothing-visible'],
      usable: false,
    });
  });

  test('with more odd tags than a turn can have is noise, too', () => {
    const odd = Array.from({ length: 420 }, (_, at) => `<x${at}>well `).join('');
    expect(parseTurn(odd).faults).toContain('noise');
  });
});
