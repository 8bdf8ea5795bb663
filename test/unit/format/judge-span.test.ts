import { describe, expect, test } from 'vitest';
import { parseTurn } from '../../../src/format/turn-parser.ts';

const ACTION = '<role_action>nods</role_action>';
const THOUGHT = '<role_thinking>x</role_thinking>';

/** What a text behind these tags becomes: `t:` thought, `a:` action, `s:` speech, `p:` plan. */
function read(text: string, tags = THOUGHT + ACTION): string[] {
  const { segments, systemThinking } = parseTurn(`${tags}Well. ${text}`);
  const from = tags === '' ? 0 : tags.split('</').length - 1;
  return [
    ...segments.slice(from).map(({ kind, text: words }) => `${kind[0]}:${words}`),
    ...(systemThinking === '' ? [] : [`p:${systemThinking}`]),
  ];
}

const MIND = 'I fear him';

describe('in brackets of each kind', () => {
  test.each<[string, string, string, string]>([
    ['square', '[', ']', 'right now then'],
    ['square', '【', '】', 'right now then'],
    ['curly', '{', '}', 'right now'],
    ['angle', '<', '>', 'right now'],
    ['angle', '〈', '〉', 'right now'],
    ['bars', '||', '||', 'right'],
  ])('%s %s…%s stand thoughts: a mind, or so many words', (_, open, close, words) => {
    expect(read(`So ${open}${MIND}${close} go.`)).toEqual(['s:Well. So', `t:${MIND}`, 's:go.']);
    expect(read(`So ${open}${words}${close} go.`)).toEqual(['s:Well. So', `t:${words}`, 's:go.']);
  });

  test.each([
    '[2]',
    '[right now]',
    '{2}',
    '{now}',
    '《now》',
    '《名前》',
    '《日本の名前》',
    '「right now」',
    '`right now`',
    '~right now~',
    '(as I know)',
    '(right now)',
  ])('in the middle of a sentence these are speech: %s', (marked) => {
    expect(read(`So ${marked} go.`)).toEqual([`s:Well. So ${marked} go.`]);
  });

  test.each<[string, string]>([
    ['「right now」', 'right now'],
    ['`right now`', 'right now'],
    ['~right now~', 'right now'],
    ['[now]', 'now'],
    ['{now}', 'now'],
  ])('alone on a line, or between sentences, these are thoughts: %s', (marked, inner) => {
    expect(read(`So.\n${marked}\nGo.`)).toEqual(['s:Well. So.', `t:${inner}`, 's:Go.']);
  });

  test.each(['「I fear him」', '`I fear him`', '~I fear him~'])('a mind is one anywhere: %s', (marked) => {
    expect(read(`So ${marked} go.`)).toEqual(['s:Well. So', 't:I fear him', 's:go.']);
  });

  test('corners of a script that quotes with them are speech', () => {
    expect(read('So.\n「こんにちは」\nGo.')).toEqual(['s:Well. So.\n「こんにちは」\nGo.']);
  });

  test.each(['[—]', '(…)', '{}', '*…*', '<…>'])('what holds no word is left as it is: %s', (marked) => {
    expect(read(`So ${marked} go.`).join()).toContain('s:Well. So');
    expect(read(`So ${marked} go.`).join()).not.toContain('t:');
  });
});

describe('in round brackets', () => {
  test.each<[string, string[]]>([
    ['(leans in)', ['s:Well.', 'a:leans in', 's:Go.']],
    ['(the gate)', ['s:Well. (the gate) Go.']],
    ['(I know him)', ['s:Well.', 't:I know him', 's:Go.']],
    ['(thinking: he lies)', ['s:Well.', 't:thinking: he lies', 's:Go.']],
    ['((brb))', ['s:Well. Go.', 'p:(brb)']],
    ['((brb) now)', ['s:Well. ((brb) now) Go.']],
    ['(brb (now))', ['s:Well. (brb (now)) Go.']],
    ['(OOC: brb)', ['s:Well. Go.', 'p:OOC: brb']],
    ['(Plan: stall him)', ['s:Well. Go.', 'p:Plan: stall him']],
  ])('between sentences: %s', (marked, expected) => {
    expect(read(`${marked} Go.`)).toEqual(expected);
  });

  test('alone on a line stands an action, unless the model has tags for those only', () => {
    expect(read('So.\n(the gate)\nGo.')).toEqual(['s:Well. So.', 'a:the gate', 's:Go.']);
    expect(read('So.\n(the gate)\nGo.', ACTION)).toEqual(['s:Well. So.', 't:the gate', 's:Go.']);
  });

  test('in the older format stand actions, but for a mind that says so plainly', () => {
    expect(read('(the gate) Go.', '')).toEqual(['s:Well.', 'a:the gate', 's:Go.']);
    expect(read('(looks at me) Go.', '')).toEqual(['s:Well.', 'a:looks at me', 's:Go.']);
    expect(read('(I think he lies) Go.', '')).toEqual(['s:Well.', 't:I think he lies', 's:Go.']);
    expect(read('(thinks: he lies) Go.', '')).toEqual(['s:Well.', 't:thinks: he lies', 's:Go.']);
    expect(read('So [—] go.', '')).toEqual(['s:Well. So go.']);
  });
});

describe('between asterisks', () => {
  test.each<[string, string[]]>([
    ['So *really* go.', ['s:Well. So really go.']],
    ['So *really now* go.', ['s:Well. So really now go.']],
    ['So *Really*, go.', ['s:Well. So Really, go.']],
    ['*Never ever* he goes.', ['s:Well. Never ever he goes.']],
    ['*Never*, he goes.', ['s:Well. Never, he goes.']],
    ['So *leans in* go.', ['s:Well. So', 'a:leans in', 's:go.']],
    ['So *nods* go.', ['s:Well. So', 'a:nods', 's:go.']],
    ['*Rises high* he goes.', ['s:Well.', 'a:Rises high', 's:he goes.']],
    ['So *rolls home* go.', ['s:Well. So rolls home go.']],
    ['So *the old gate* go.', ['s:Well. So', 'a:the old gate', 's:go.']],
    ['So **the old gate** go.', ['s:Well. So the old gate go.']],
    ['**the old gate** Go.', ['s:Well.', 'a:the old gate', 's:Go.']],
    ['So *I fear him so* go.', ['s:Well. So', 't:I fear him so', 's:go.']],
    ['So **I fear him so** go.', ['s:Well. So', 't:I fear him so', 's:go.']],
    ['*The gate*\nGo.', ['s:Well.', 'a:The gate', 's:Go.']],
    ['\n*the gate', ['s:Well.', 'a:the gate']],
  ])('stand stress, gestures and actions: %j', (text, expected) => {
    expect(read(text)).toEqual(expected);
  });
});

describe('in angle brackets', () => {
  test.each([
    '<https://a.test/b>',
    '<http://a.test>',
    '<mailto:a@b.test>',
    '<@123>',
    '<#12>',
    '</roll:12>',
    '<t:1700000000:R>',
    '<t:-5>',
    '<:smile:12>',
    '<a:smile:12>',
  ])('what is meant for the client stays: %s', (marked) => {
    expect(read(`See ${marked} so.`)).toEqual([`s:Well. See ${marked} so.`]);
  });

  test.each(['so https://a.test', 'https://a.test he lies', 'at:12 now', 'a:smile:x', 'at noon, sys'])(
    'anything else is a thought: <%s>',
    (inner) => {
      expect(read(`See <${inner}> so.`)).toEqual(['s:Well. See', `t:${inner}`, 's:so.']);
    },
  );

  test.each(['System: stall', '!sys stall', 'sys, stall'])(
    'what the system says is a plan: <%s>',
    (inner) => {
      expect(read(`See <${inner}> so.`)).toEqual(['s:Well. See so.', `p:${inner}`]);
    },
  );
});

test.each(['So.\n```xml', 'So.\n```\n'])('what is left of a fence is gone: %j', (text) => {
  expect(read(text)).toEqual(['s:Well. So.']);
});

describe('how it stands among the words', () => {
  test.each<[string, string[]]>([
    ['So.\n(the door).\nGo.', ['s:Well. So.', 'a:the door', 's:.\nGo.']],
    ['So.\n(the door)\nGo.', ['s:Well. So.', 'a:the door', 's:Go.']],
    ['So.\n(the door) or 2 or so\nGo.', ['s:Well. So.\n(the door) or 2 or so\nGo.']],
    ['So.\n(the door)2\nGo.', ['s:Well. So.\n(the door)2\nGo.']],
    ['So!`right now` Go.', ['s:Well. So!', 't:right now', 's:Go.']],
    ['So!  `right now` Go.', ['s:Well. So!', 't:right now', 's:Go.']],
    ['So.  *right now*  then.', ['s:Well. So. right now then.']],
    ['So. *departs quickly* then go.', ['s:Well. So.', 'a:departs quickly', 's:then go.']],
    ['So *nods*then.', ['s:Well. So', 'a:nods', 's:then.']],
  ])('%j', (text, parts) => {
    expect(read(text)).toEqual(parts);
  });

  test.each([
    '*Her thoughts*',
    '*MARA’S THOUGHTS*',
    '*Inner monologue*',
    '`Thoughts`',
    '~Thoughts~',
    '(Her inner voice)',
    '( Her thoughts )',
    '*My thought process*',
  ])('alone on a line names the thoughts below it: %s', (line) => {
    expect(read(`So.\n${line}\nHe lies.\n\nGo.`)).toEqual(['s:Well. So.', 't:He lies.', 's:Go.']);
  });

  test.each<[string, string[]]>([
    ['You read *her thoughts*, sir.', ['s:Well. You read her thoughts, sir.']],
    ['So.\n*His good thoughts*\nGo.', ['s:Well. So.', 'a:His good thoughts', 's:Go.']],
    ['So.\n*Her thoughts are far*\nGo.', ['s:Well. So.', 'a:Her thoughts are far', 's:Go.']],
    ['So.\n*Final answer*\nGo.', ['s:Well. So.', 'a:Final answer', 's:Go.']],
    ['So.\n*Role action*\nGo.', ['s:Well. So.', 'a:Role action', 's:Go.']],
  ])('names none where more is said, or where a sentence goes on: %j', (text, parts) => {
    expect(read(text)).toEqual(parts);
  });

  test.each(['<:smile:12>', '<a:smile:12>', '<@12>', '<#12>', '<t:12>', '<https://a.b>'])(
    'what a chat server writes is speech: %s',
    (sign) => {
      expect(read(`So ${sign} go.`)).toEqual([`s:Well. So ${sign} go.`]);
    },
  );
});
