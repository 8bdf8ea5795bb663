import { describe, expect, test } from 'vitest';
import { createNames, foldName, readLabel, speakerNames } from '../../../src/format/labels.ts';

/** The label at the start of a text, and what is said behind it. */
function labelIn(text: string): { name: string; aside: string; said: string } | undefined {
  const label = readLabel(text, 0);
  return label && { name: label.name, aside: label.aside, said: text.slice(label.to) };
}

describe('a label', () => {
  test.each<[string, string]>([
    ['Mara: Fine.', 'Fine.'],
    ['Mara : Fine.', 'Fine.'],
    ['Mara:Fine.', 'Fine.'],
    ['Mara:  \tFine.', 'Fine.'],
    ['Mara：Fine.', 'Fine.'],
    ['Mara﹕Fine.', 'Fine.'],
    ['Mara︓Fine.', 'Fine.'],
    ['**Mara:** Fine.', 'Fine.'],
    ['**Mara**: Fine.', 'Fine.'],
    ['__Mara:__ Fine.', 'Fine.'],
    ['~~Mara~~: Fine.', 'Fine.'],
    ['`Mara`: Fine.', 'Fine.'],
    ['## Mara: Fine.', 'Fine.'],
    ['> Mara: Fine.', 'Fine.'],
    ['- Mara: Fine.', 'Fine.'],
    ['+ Mara: Fine.', 'Fine.'],
    ['• Mara: Fine.', 'Fine.'],
    ['1. Mara: Fine.', 'Fine.'],
    ['12) **Mara:** Fine.', 'Fine.'],
    ['[Mara]: Fine.', 'Fine.'],
    ['(Mara): Fine.', 'Fine.'],
    ['【Mara】：Fine.', 'Fine.'],
    ['【Mara：】Fine.', 'Fine.'],
    ['\u200bMara\u200b: Fine.', 'Fine.'],
    ['Mara: "Fine."', '"Fine."'],
    ['Mara: I said: no.', 'I said: no.'],
    // What opens behind the colon belongs to what is said.
    ['Mara: *nods*', '*nods*'],
    ['Mara:*nods* Fine.', '*nods* Fine.'],
    ['Mara:** nods', '** nods'],
    ['**Mara: *nods*', '*nods*'],
    ['Mara:', ''],
    ['Mara:\nFine.', '\nFine.'],
  ])('gives the name and what is said: %j', (text, said) => {
    expect(labelIn(text)).toEqual({ name: 'Mara', aside: '', said });
  });

  test.each<[string, string]>([
    ['Mara (softly): Fine.', 'softly'],
    ['Mara（心想）：Fine.', '心想'],
    ['Mara [aside]: Fine.', 'aside'],
    ['Mara 【aside】: Fine.', 'aside'],
    ['**Mara** (to Tobin): Fine.', 'to Tobin'],
    ['*Mara (to Tobin)*: Fine.', 'to Tobin'],
    ['**Mara (to Tobin) **: Fine.', 'to Tobin'],
    ['Mara (): Fine.', ''],
  ])('may have an aside behind the name: %s', (text, aside) => {
    expect(labelIn(text)).toEqual({ name: 'Mara', aside, said: 'Fine.' });
  });

  test.each(['## Mara', '**Mara**', '__Mara__', '[Mara]', '【Mara】', '**Mara', '  ### Mara  '])(
    'may be a name that is marked and alone on its line: %j',
    (line) => {
      expect(labelIn(`${line}\nFine.`)).toEqual({ name: 'Mara', aside: '', said: '\nFine.' });
    },
  );

  test.each([
    'Mara',
    'Mara nods.',
    '#Mara',
    '*Mara*',
    '**Mara** nods',
    '**Mara*x**',
    `**${'a'.repeat(61)}**`,
    ': Fine.',
    '**: Fine.',
    '[]: Fine.',
    'Mara\nTobin: Fine.',
    `${'a'.repeat(81)}: Fine.`,
    `${' '.repeat(120)}Mara: Fine.`,
  ])('is not there: %j', (text) => {
    expect(readLabel(text, 0)).toBeUndefined();
  });

  test('has a bracket in the midst of its name', () => {
    expect(labelIn('Mara (so) Vell: Fine.')).toEqual({ name: 'Mara (so) Vell', aside: '', said: 'Fine.' });
    expect(labelIn('##  Mara')?.name).toBe('Mara');
  });

  test('is as long as names are', () => {
    expect(labelIn(`${'a'.repeat(80)}: x`)?.name).toHaveLength(80);
    expect(labelIn(`**${'a'.repeat(60)}**`)?.name).toHaveLength(60);
  });

  test('mentioned in quotation marks is none of that name', () => {
    expect(labelIn('“Mara:” I say.')?.name).toBe('“Mara');
  });

  test('is read where a line begins; blanks before it do not count', () => {
    expect(readLabel('Tobin: Yes.\n\u200b  **Mara:** Fine.\nMore.', 12)).toMatchObject({
      name: 'Mara',
      from: 15,
      to: 25,
    });
    expect(readLabel('Tobin: Yes.\n## Mara\nMore.', 12)).toEqual({
      name: 'Mara',
      aside: '',
      from: 12,
      to: 19,
    });
  });
});

describe('whose label it is', () => {
  const speaker = { name: 'Lady Mara Vell', aliases: ['the Courier', 'M.'] };
  const names = createNames(speaker, ['Tobin', 'Old Pell', 'Ann Vell', 'J. Roe', 'Ann Marsh']);

  test.each(['Lady Mara Vell', 'LADY  Mara-Vell', 'Мara', 'Mara', 'lady mara vell', 'the courier', 'M'])(
    'the own one: %s',
    (name) => {
      expect(names.whoIs(name)).toBe('own');
    },
  );

  test.each([
    ['Tobin', 'Tobin'],
    ['TOBIN', 'Tobin'],
    ['Pell', 'Old Pell'],
    ['old pell', 'Old Pell'],
    ['Roe', 'J. Roe'],
    ['J. Roe', 'J. Roe'],
    ['Ann', 'Ann Vell'],
    ['Marsh', 'Ann Marsh'],
    ['environment', 'Environment'],
    ['Game_Master', 'Game Master'],
    ['gm', 'GM'],
  ])('another’s, by the name they go by: %s', (name, other) => {
    expect(names.whoIs(name)).toEqual({ other });
  });

  test('of a name that two share nobody can tell', () => {
    expect(names.whoIs('Vell')).toBe('own-or-other');
  });

  test.each(['Old', 'Lady', 'J', 'Mar', 'Maras', 'Stranger', '', '…', ' . '])('nobody’s: %j', (name) => {
    expect(names.whoIs(name)).toBeUndefined();
  });

  test('a full name goes before a part of another, a voice before a part of the own', () => {
    const both = createNames({ name: 'Player One' }, ['One', 'Player']);
    expect(both.whoIs('One')).toEqual({ other: 'One' });
    expect(createNames({ name: 'Player One' }, []).whoIs('Player')).toEqual({ other: 'Player' });
    expect(createNames({ name: 'Player' }, ['Player']).whoIs('Player')).toBe('own');
  });

  test('without anybody there are only the voices that every scene has', () => {
    const nobody = createNames(undefined, []);
    expect(nobody.whoIs('Mara')).toBeUndefined();
    for (const voice of [
      'Environment',
      'Narrator',
      'Narration',
      'System',
      'User',
      'Human',
      'Assistant',
      'Player',
      'GM',
      'DM',
      'AI',
      'Director',
      'Instruction',
      'Instructions',
    ]) {
      expect(nobody.whoIs(voice.toLowerCase())).toEqual({ other: voice });
    }
    expect(createNames({ name: '' }, ['']).whoIs('Mara')).toBeUndefined();
    expect(createNames(undefined, ['Tobin']).whoIs('tobin')).toEqual({ other: 'Tobin' });
  });
});

describe('names', () => {
  test('are compared without case, dots, kinds of blanks and borrowed letters', () => {
    expect(['Mr. Darcy', 'mr darcy', 'MR_DARCY', 'Mr.  Darcy ', 'Мr–Dаrcy'].map(foldName)).toEqual(
      Array(5).fill('mr darcy'),
    );
    expect(foldName("D'Arcy, Jr.")).toBe('darcy jr');
    expect(foldName('O’Neil')).toBe('oneil');
  });

  test('by which a text may speak of somebody: titles and initials are none', () => {
    expect(speakerNames({ name: 'Lady Mara Vell', aliases: ['the Courier'] })).toEqual([
      'Lady Mara Vell',
      'the Courier',
      'mara',
      'vell',
    ]);
    expect(speakerNames({ name: 'Mr. J. Darcy' })).toEqual(['Mr. J. Darcy', 'darcy']);
    expect(speakerNames({ name: 'The Old Lady' })).toEqual(['The Old Lady']);
    expect(speakerNames({ name: 'Mara', aliases: ['Mara', ''] })).toEqual(['Mara']);
    expect(speakerNames(undefined)).toEqual([]);
  });

  test.each(
    'mr mrs ms miss mister madam madame sir lady lord dr doctor prof professor captain colonel major the of de von van la le st saint king queen prince princess father mother uncle aunt brother sister old young'.split(
      ' ',
    ),
  )('%s is a title: nobody is called by it', (title) => {
    expect(createNames(undefined, [`${title} Pell`]).whoIs(title)).toBeUndefined();
    expect(createNames(undefined, [`${title} Pell`]).whoIs('Pell')).toBeDefined();
  });
});

describe('one of several words', () => {
  test('is called by the first and the last of them', () => {
    const names = createNames({ name: 'Mary Ann Smith' }, []);
    expect(['Mary', 'Smith', 'Ann'].map((name) => names.whoIs(name))).toEqual(['own', 'own', undefined]);
  });

  test('shares a name with others: the first of them is meant', () => {
    expect(createNames(undefined, ['Ann Vell', 'Tom Vell']).whoIs('Vell')).toEqual({ other: 'Ann Vell' });
  });
});
