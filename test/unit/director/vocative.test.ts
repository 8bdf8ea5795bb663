import { describe, expect, test } from 'vitest';
import { findVocatives } from '../../../src/director/vocative.ts';

const cast = [
  { id: 'darcy', names: ['Mr. Darcy', 'Darcy'] },
  { id: 'lizzy', names: ['Elizabeth Bennet', 'Elizabeth', 'Bennet', 'Lizzy'] },
  { id: 'jane', names: ['Jane Bennet', 'Jane', 'Bennet'] },
  { id: 'lin', names: ['林黛玉', '黛玉'] },
  { id: 'tom', names: ['トム'] },
  { id: 'jun', names: ['준호'] },
  { id: 'odd', names: ['A.*(b', 'constructor', '__proto__'] },
];

describe('a name that is set apart calls', () => {
  test.each([
    ['Darcy, what say you?', ['darcy']],
    ['You knew, Lizzy.', ['lizzy']],
    ['Mr. Darcy!', ['darcy']],
    ['— Jane?', ['jane']],
    ['Jane', ['jane']],
    ['Come, Darcy, sit.', ['darcy']],
    ['Oh Jane!', ['jane']],
    ['Good morning Mr. Darcy.', ['darcy']],
    ['My dear Mr Darcy, do sit.', ['darcy']],
    ['Lizzy — you knew', ['lizzy']],
    ['Lizzy… you knew', ['lizzy']],
    ['Well—Lizzy—come.', ['lizzy']],
    ['Darcy, who is that?', ['darcy']],
    ['Lizzy, Jane told me so.', ['lizzy']],
    ['Darcy and Jane, listen.', ['darcy', 'jane']],
    ['Darcy, Jane, and Lizzy, come here!', ['darcy', 'jane', 'lizzy']],
    ['Jane! Lizzy! Jane!', ['jane', 'lizzy']],
    ['“Darcy, come.”', ['darcy']],
    ['And you?\nLizzy.', ['lizzy']],
    ['look at this @Darcy', ['darcy']],
    ['@Darcy come here', ['darcy']],
    ['Come (@Darcy)!', ['darcy']],
    ['Gute Nacht Jane!', ['jane']],
    ['Привет Jane!', ['jane']],
    ['Darcy , Jane and Lizzy , come here!', ['darcy', 'jane', 'lizzy']],
    ['Darcy, Jane und Lizzy, kommt!', ['darcy', 'jane', 'lizzy']],
    ['Darcy and Jane, Lizzy and トム, listen.', ['darcy', 'jane', 'lizzy', 'tom']],
    ['I saw Jane. Lizzy and Darcy, come.', ['lizzy', 'darcy']],
    ['Darcy, who   is that?', ['darcy']],
    ['Jane, sit, who cares.', ['jane']],
    [`Darcy, ${'so it goes '.repeat(30)}`, ['darcy']],
    ['Lizzy,\nand Jane, come.', ['lizzy', 'jane']],
    ['I saw Lizzy band Jane, come', []],
    ['I saw a@b Jane, come', []],
    ['¿Y tú, Lizzy?', ['lizzy']],
    ['¡Jane!', ['jane']],
    ['Guten Abend Jane, wie geht es?', ['jane']],
    ['林黛玉，你说呢？', ['lin']],
    ['黛玉姐姐，走吧', ['lin']],
    ['トムさん、船は?', ['tom']],
    ['준호야, 어디?', ['jun']],
    ['A.*(b, come! __proto__?', ['odd']],
    ['林黛玉和トム，你们说呢？', ['lin', 'tom']],
    // What is between two names makes them a list only where it is a comma or an “and” alone.
    ['Jane sat, Lizzy and Darcy, come!', ['lizzy', 'darcy']],
    ['Jane’s, Lizzy and Darcy, come!', ['lizzy', 'darcy']],
    ['Jane, then Lizzy and Darcy, come!', ['jane']],
    // A link has twelve characters, what is looked at behind a name twenty-four.
    [`Jane${' '.repeat(8)}and Lizzy, come.`, ['jane', 'lizzy']],
    [`Jane${' '.repeat(24)}`, ['jane']],
  ])('%j', (speech, expected) => {
    expect(findVocatives(speech, cast)).toEqual(expected);
  });
});

describe('a name inside a sentence only mentions', () => {
  test.each([
    'I saw Darcy yesterday.',
    'Darcy told me so.',
    'Have you seen Mr. Darcy?',
    'I saw Mr. Darcy!',
    'You and Darcy!',
    'Not Jane!',
    'Who did it? Darcy.',
    'Darcy: a proud man.',
    'Darcy,  whose horse is lame, sat down.',
    `Darcy, who ${'came late and '.repeat(20)} sat down? No.`,
    `${'on and on '.repeat(7)}Darcy, you see`,
    'I gave a@Darcy',
    'Darcy, who came late, sat down.',
    'Darcy, Jane and Lizzy went out.',
    'I met Jane, Lizzy, and Darcy.',
    'Lizzy’s horse, I think.',
    'She said “Darcy, come” to me.',
    'Write to me@darcy.com',
    'Bennet, come here',
    'Darcy , Jane and Lizzy went out.',
    'Darcy,Jane and Lizzy went out.',
    'Jane sat and Lizzy, I think, too.',
    'Jane and old Lizzy, they went.',
    'Jane’s and Lizzy, I think.',
    'I wrote @ Jane yesterday.',
    `I saw Jane, ${'and so on '.repeat(10)}`,
    'Well then, Darcy, who came late, sat down.',
    `Jane${' '.repeat(9)}and Lizzy, I think.`,
    `I saw${' '.repeat(60)}Darcy, you see.`,
    `Darcy${' '.repeat(24)}told me so.`,
    '请问林黛玉在吗',
    'トムさんはどこ',
    '',
  ])('%j', (speech) => {
    expect(findVocatives(speech, cast)).toEqual([]);
  });

  test('also where it is a speaker’s title alone that stands before it', () => {
    const bare = [{ id: 'darcy', names: ['Darcy'] }];
    expect(findVocatives('I saw Mr. Darcy!', bare)).toEqual([]);
    expect(findVocatives('Mr. Darcy!', bare)).toEqual(['darcy']);
  });
});

test('a name of several words is one, whatever stands between them', () => {
  const anne = [{ id: 'anne', names: ['Miss Anne Elliot'] }];
  for (const speech of ['Miss. Anne   Elliot, come!', 'miss anne elliot!', 'Well, Miss Anne Elliot?'])
    expect(findVocatives(speech, anne)).toEqual(['anne']);
  expect(findVocatives('I saw Miss Anne Elliot today.', anne)).toEqual([]);
});

test.each([
  'darcy, '.repeat(9000),
  'darcy and '.repeat(6400),
  'darcy, who '.repeat(5800),
  `${' '.repeat(64_000)}darcy`,
  `darcy${'"'.repeat(64_000)}!`,
  'mr.   '.repeat(10_600),
  '\ufdfa'.repeat(64_000),
])('a hostile line of 64,000 characters is read: %#', (speech) => {
  expect(findVocatives(speech, cast).length).toBeLessThanOrEqual(1);
});
