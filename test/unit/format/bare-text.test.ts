import { describe, expect, test } from 'vitest';
import { readActionText, readBareText, unmarked } from '../../../src/format/bare-text.ts';
import type { Dialect } from '../../../src/format/judge-span.ts';
import type { Piece } from '../../../src/format/piece.ts';

const TAGGED: Dialect = { legacy: false, tagged: { thought: true, action: true } };
const LEGACY: Dialect = { legacy: true, tagged: { thought: false, action: false } };

/** Pieces with words in them, trimmed: `t:` thought, `a:` action, `s:` speech. */
function told(pieces: readonly Piece[]): string[] {
  return pieces.filter(({ text }) => text.trim() !== '').map(({ kind, text }) => `${kind[0]}:${text.trim()}`);
}

describe('bare text', () => {
  test.each(['`', '``', '*', '**', '***', '__', '~', '~~'])(
    'loses %s that is left of marks around a tag',
    (mark) => {
      expect(told(readBareText(`${mark} Fine.`, TAGGED))).toEqual(['s:Fine.']);
      expect(told(readBareText(`Fine. ${mark}`, TAGGED))).toEqual(['s:Fine.']);
    },
  );

  test.each<[string, string[]]>([
    ['Fine.<p>Go.', ['s:Fine.\nGo.']],
    ['Fine.<br/>Go.', ['s:Fine.\nGo.']],
    ['Fine.<hr>Go.', ['s:Fine.\nGo.']],
    ['<b>Fine.</b>', ['s:Fine.']],
    ['It is<em>so</em>far.', ['s:It is so far.']],
  ])('loses markup: %s', (text, pieces) => {
    expect(told(readBareText(text, TAGGED))).toEqual(pieces);
  });

  test.each<[string, string[]]>([
    ['"I fear him" (thought) Go.', ['t:"I fear him"', 's:Go.']],
    ['"I fear him"(thought) Go.', ['t:"I fear him"', 's:Go.']],
    ['"I fear him"  (thought) Go.', ['t:"I fear him"', 's:Go.']],
    ['Fine. “I fear him” (thought) Go.', ['s:Fine.', 't:“I fear him”', 's:Go.']],
    ['"Yes," I say. (thinking) I fear him.', ['s:"Yes," I say.', 't:I fear him.']],
    ['I fear him” (thought) Go.', ['t:I fear him”', 's:Go.']],
  ])('hides the quotation before a word for thinking: %s', (text, pieces) => {
    expect(told(readBareText(text, TAGGED))).toEqual(pieces);
  });

  test.each<[string, string[]]>([
    ['(thinking) I fear him.\nFine.', ['t:I fear him.', 's:Fine.']],
    ['(thinking) I fear *him* so.\nFine.', ['t:I fear *him* so.', 's:Fine.']],
    ['(thinking)\nI fear him.', ['t:I fear him.']],
    ['(thinking) \nI fear him.\n\nFine.', ['t:I fear him.', 's:Fine.']],
    ['(thinking)\n…\nI fear him.\n\nFine.', ['t:…\nI fear him.', 's:Fine.']],
    ['(thinking)\nI fear him.\nHe lies to me.\n\nFine.', ['t:I fear him.\nHe lies to me.', 's:Fine.']],
  ])('hides the line or the paragraph behind one: %s', (text, pieces) => {
    expect(told(readBareText(text, TAGGED))).toEqual(pieces);
  });

  test('is never glued together where marks go', () => {
    expect(told(readBareText('It is so *very*far to go.', TAGGED))).toEqual(['s:It is so very far to go.']);
    expect(unmarked('is', 'so', 'f')).toBe('is so ');
    expect(unmarked('is ', 'so very', 'f')).toBe('is so very ');
    expect(unmarked('is ', 'so', ',')).toBe('is so');
    expect(unmarked('“', 'so', '')).toBe('“so');
    expect(unmarked('is', '“so”', 'f')).toBe('is“so”');
  });
});

describe('what stands in an action', () => {
  test.each<[string, string[]]>([
    ['(nods)', ['a:nods']],
    [' ( nods ) ', ['a:nods']],
    ['(nods) and bows', ['a:(nods) and bows']],
    ['nods (twice)', ['a:nods (twice)']],
    ['nods(twice)', ['a:nods(twice)']],
    ['(nods)twice', ['a:(nods)twice']],
    ['looks up [to the door]', ['a:looks up', 't:to the door']],
    ['looks up [a door]', ['a:looks up [a door]']],
    ['*nods* slowly', ['a:nods slowly']],
  ])('is an action, but for what reads as a thought: %s', (text, pieces) => {
    expect(told(readActionText(text, TAGGED))).toEqual(pieces);
  });

  test('hides all that is bracketed where no tag stands', () => {
    expect(told(readActionText('looks up [a door]', LEGACY))).toEqual(['a:looks up', 't:a door']);
  });
});
