import { describe, expect, test } from 'vitest';
import {
  countWords,
  isGesture,
  isMind,
  isOutOfPlay,
  isPlainlyMind,
  isThinkingLabel,
  isThinkingWord,
  readsAsAction,
} from '../../../src/format/mind.ts';

const words = (text: string) => text.split(' ');

describe('what betrays a mind', () => {
  test.each([
    ...words('I me my mine myself we our ours je moi ich mich mir yo io eu minha я мне меня мой моя мою'),
    ...words('나는 내가 나를 J’ai j’ai'),
    'I’m',
  ])('is the first person: %s', (word) => {
    for (const text of [word, `so ${word}`, `${word}, so`, `(${word.toUpperCase()})`])
      expect(isMind(text)).toBe(true);
  });

  test.each(['我怕', '不是俺', '僕は', '私の', '咱们'])('also without blanks: %s', (text) => {
    expect(isMind(text)).toBe(true);
  });

  test.each([
    ...words(
      'must should cannot can’t cant couldn’t couldnt shouldn’t mustn’t mustnt won’t wouldn’t wouldnt shouldnt',
    ),
    ...words("can't won't wont might perhaps maybe damn surely probably"),
    'if only',
    'what if',
  ])('is doubt or duty: %s', (word) => {
    expect(isMind(`he ${word} go`)).toBe(true);
    expect(isMind(word)).toBe(true);
  });

  test.each([
    ...words('think thinks thinking thought wonder wonders wondering know knows knowing realize realizes'),
    ...words(
      'realise realises realizing realising hope hopes hoping fear fears fearing suspect suspects suspecting',
    ),
    ...words('believe believes wishes remember remembers doubt doubts decide decides plan plans'),
  ])('is a verb of the mind before what it is about: %s', (verb) => {
    expect(isMind(`${verb} that all is lost`)).toBe(true);
    expect(isMind(`she ${verb}  he lies`)).toBe(true);
    expect(isMind(`${verb} twice`)).toBe(false);
  });

  test.each(['A thought crosses her: “Go”', 'Her thoughts: go', 'Her heart says "go"'])(
    'speaks itself: %s',
    (text) => {
      expect(isMind(text)).toBe(true);
      expect(isMind(text.replace(/[:“"]/g, ''))).toBe(false);
    },
  );

  test.each([
    ...words('that how why if whether about what who he she they it this of to'),
    ...words('“so ’so "so \'so'),
  ])('… and that may begin with: %s', (next) => {
    expect(isMind(`she thinks ${next}`)).toBe(true);
  });

  test.each([
    'is he here?',
    '真的吗？',
    'a thought crosses her mind: run',
    'thoughts race, one after the other: run',
    'her heart says “go”',
    'the conscience speaks "no"',
    'thinking: he lies',
  ])('is a question, or something in it that speaks: %s', (text) => {
    expect(isMind(text)).toBe(true);
  });

  test.each([
    'leans in',
    'imitates a mime',
    'sets mines',
    'mustard on his coat',
    'knows thisbe',
    'rethinks it',
    'minds the step: slow',
    'her heart stops. Rain: cold',
    `her heart stops${', and stops'.repeat(20)}: cold`,
    'eats a thoughtful bite',
    'weds him',
    'almighty',
    'jeers',
  ])('is not in: %s', (text) => {
    expect(isMind(text)).toBe(false);
  });

  const VERBS = words(
    'think thinks thinking thought wonder wonders wondering know knows knew realize realizes realise realises hope hopes hoping fear fears suspect suspects believe believes wish wishes remember remembers doubt doubts worry worries worried hate hates love loves want wants need needs feel feels mean dread dreads trust trusts',
  );
  test.each([...VERBS, 'must', 'perhaps'])(
    'where actions are expected, takes the first person and more: %s',
    (verb) => {
      expect(isPlainlyMind(`I ${verb} him`)).toBe(true);
      expect(isPlainlyMind(`she ${verb} him`)).toBe(false);
      expect(isPlainlyMind(`I un${verb}x him`)).toBe(false);
      expect(isPlainlyMind('I wave')).toBe(false);
    },
  );
});

describe('a word for thinking', () => {
  const THINKING = [
    ...words(
      'think thinks thinking thought thoughts muse muses musing monologue inwardly internally mind mentally',
    ),
    ...words('inner internal 心想 内心 心の声 心声'),
    'in thought',
    'in his mind',
    'in her head',
    'in my mind',
    'in their head',
    ...words(
      'quietly silently privately secretly inwardly internally inner internal role system private secret hidden',
    ).map((how) => `${how} thinking`),
    'role_thinking',
    'innerthought',
  ];

  test.each(THINKING)('says by itself what follows: %s', (word) => {
    for (const text of [
      `${word}: he lies`,
      `(${word.toUpperCase()}) he lies`,
      `*${word} — he lies`,
      `${word} to herself: he lies`,
    ])
      expect(isThinkingLabel(text)).toBe(true);
    expect(isThinkingLabel(`${word} he lies`)).toBe(false);
    expect(isThinkingLabel(`he ${word}: he lies`)).toBe(false);
  });

  test.each([
    'thinks to myself: x',
    'thinks to itself: x',
    'thinks] x',
    'thinks - x',
    'thinks – x',
    'thinks）x',
    'thinks：x',
  ])('may say to whom, and end in other marks: %s', (text) => {
    expect(isThinkingLabel(text)).toBe(true);
  });

  test.each(THINKING)('says by itself what stands beside it: %s', (word) => {
    for (const text of [
      word,
      `(${word})`,
      `“${word},”`,
      `she ${word}`,
      `I ${word}`,
      `they ${word} silently`,
      `${word} to herself`,
      `${word} to themselves.`,
    ])
      expect(isThinkingWord(text)).toBe(true);
    expect(isThinkingWord(`${word} of him`)).toBe(false);
    expect(isThinkingWord(`un${word}`)).toBe(false);
  });

  test('is short', () => {
    expect(isThinkingWord(`thinking${'.'.repeat(51)}`)).toBe(true);
    expect(isThinkingWord(`thinking${'.'.repeat(52)}`)).toBe(false);
  });
});

test.each([
  'OOC: brb',
  '(OOC)',
  '((ooc — brb))',
  'Out of character: brb',
  'Note: I kept it short',
  '[Note]',
  'Author’s note: short',
  "Author's Note",
  'Authors note - short',
  'Author note：short',
  'N.B.: short',
  'NB: short',
  'n.b - short',
  'Meta: short',
  '(End of turn)',
  '[End of scene.]',
  'End of response',
  'Continue',
  '(continued…)',
  'Word count: 50',
])('out of the play: %s', (text) => {
  expect(isOutOfPlay(text)).toBe(true);
});

test.each([
  'Noted: yes',
  'note the door',
  'the note: gone',
  'Metal: cold',
  'continues',
  'continued on her way',
  'end of the road:',
  'Nab: him',
  'authorsx note:',
  'note well: this',
])('not out of the play: %s', (text) => {
  expect(isOutOfPlay(text)).toBe(false);
});

describe('a stage direction', () => {
  test.each([
    'leans in',
    'smiling',
    'hand raised',
    'slowly leans in',
    'very slowly leans',
    '…hand raised',
    'hears a noise',
    'Exit, bowing',
    '(nods)',
    'hand, raised',
    'a ringing',
  ])('has a verb first or second: %s', (text) => {
    expect(readsAsAction(text)).toBe(true);
  });

  test.each([
    'a bow',
    'the door opens',
    'he leans in',
    'this leans',
    'there leans',
    'softly slowly quietly leans',
    'a lyre raised',
    'well-dressed man',
    'dressing-gown on',
    'go',
    'as',
    'x1ed',
    '',
  ])('has none: %j', (text) => {
    expect(readsAsAction(text)).toBe(false);
  });

  test.each(
    words(
      'is was has his hers this thus does as us its yes always perhaps less unless besides towards sometimes thing things nothing something anything everything king ring during evening morning bring sing being ours theirs yours red bed need indeed feed speed seed',
    ),
  )('%s is no such verb', (word) => {
    expect(readsAsAction(word)).toBe(false);
  });

  test('in a word or two may be a gesture', () => {
    for (const text of ['sighs', 'Nods.', 'slowly nods', 'sighs deeply', 'slowly  “nods”', '*waves*'])
      expect(isGesture(text)).toBe(true);
    for (const text of ['sighed', 'nod', 'really', 'sighsx']) expect(isGesture(text)).toBe(false);
  });
});

test.each<[string, number]>([
  ['', 0],
  ['…', 0],
  ['one', 1],
  ['don’t — stop 3 times', 4],
  ['你好', 1],
  ['你好吗', 2],
  ['ひらがなカタカナ', 4],
  ['ไทย', 2],
  ['你好 Mara Vell', 3],
])('words as a reader counts them: %j', (text, count) => {
  expect(countWords(text)).toBe(count);
});
