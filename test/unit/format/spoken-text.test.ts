import { describe, expect, test } from 'vitest';
import { readSpoken } from '../../../src/format/spoken-text.ts';

/** The pieces that hold anything: `t:` thought, `s:` speech. */
function read(text: string): string[] {
  return readSpoken(text)
    .filter((piece) => piece.text !== '')
    .map(({ kind, text: words }) => `${kind[0]}:${words}`);
}

describe('a quotation that somebody thinks', () => {
  test.each([
    '"He lies," she thought',
    '"He lies", he thinks',
    '"He lies."   they mused',
    '“He lies”she muses',
    '«He lies»,  I wondered',
    '«He lies» , I wondered',
    '“He lies”, Tobin wonders',
    '"He lies," she silently thought',
    '"He lies," she silently  thought',
    '"He lies," she  quietly thought',
    '"He lies," she quietly  thought',
    '"He lies," she thought to herself',
    '"He lies," he thought  to  himself',
    '"He lies," they thought to themselves',
  ])('is a thought: %s', (thought) => {
    expect(read(`Good day. ${thought}. Sit down.`)).toEqual([
      's:Good day. ',
      `t:${thought}`,
      's:. Sit down.',
    ]);
  });

  test.each([
    '"He lies," she said, and thinks no more of it.',
    '"He lies," she thoughtfully said.',
    '"He lies," the captain thought.',
    '"He lies," A thought.',
    '"He\nlies," she thought.',
    'He lies, she thought.',
    'I wonder what he thinks.',
  ])('is speech: %j', (text) => {
    expect(read(text)).toEqual([`s:${text}`]);
  });

  test('there may be two', () => {
    expect(read('"No," she thought. Yes. "Never," she muses.')).toEqual([
      't:"No," she thought',
      's:. Yes. ',
      't:"Never," she muses',
      's:.',
    ]);
  });
});

describe('a line in the manner of a comment', () => {
  test.each([
    '// I fear him',
    '/* I fear him */',
    '> I fear him',
    '>>> Thinking: the letter',
    '# I fear him',
    '%% I fear him',
    ';; I fear him',
    '== Thinking: the letter ==',
    '/I fear him/',
    '~ I fear him ~',
    '- what does he want? -',
    '  // I fear him',
  ])('is a thought: %s', (line) => {
    expect(read(`Good day.\n${line}\nSit down.`)).toEqual(['s:Good day.\n', `t:${line}\n`, 's:\nSit down.']);
  });

  test.each([
    '- I fear him.',
    '-- I fear him',
    '— I fear him —',
    '• I fear him',
    '// the cup is set down',
    'I fear him; so be it',
    '“I fear him” *',
  ])('is speech: %s', (line) => {
    expect(read(`Good day.\n${line}\nSit down.`)).toEqual([`s:Good day.\n${line}\nSit down.`]);
  });

  test('goes with the one below, blank lines between them or not', () => {
    expect(read('// I fear him\n// I must go\n \n// what then?\n\nFine.')).toEqual([
      't:// I fear him\n// I must go\n// what then?\n',
      's:\n \n\nFine.',
    ]);
  });

  test('may be the whole text, or its end', () => {
    expect(read('// I fear him')).toEqual(['t:// I fear him', 's:\n']);
    expect(read('Fine.\n// I fear him')).toEqual(['s:Fine.\n', 't:// I fear him', 's:\n']);
  });

  test('stands between two that are spoken', () => {
    expect(read('// I fear him\nFine.\n// I must go\nYes.')).toEqual([
      't:// I fear him\n',
      's:\nFine.\n',
      't:// I must go\n',
      's:\nYes.',
    ]);
  });
});

describe('a thought bubble', () => {
  test.each(['💭 he lies', '🧠 he lies'])('makes the rest of its line a thought: %s', (thought) => {
    expect(read(`Fine. ${thought}\nYes.`)).toEqual(['s:Fine. ', `t:${thought}\n`, 's:\nYes.']);
    expect(read(`// I fear him\nFine. ${thought}`)).toEqual([
      't:// I fear him\n',
      's:\nFine. ',
      `t:${thought}`,
      's:\n',
    ]);
  });
});
