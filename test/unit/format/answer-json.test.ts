import { describe, expect, test } from 'vitest';
import { foldKey, type Json, objectsIn } from '../../../src/format/answer-json.ts';

/** The objects found, as plain ones. */
function read(text: string, quotes?: string): unknown[] {
  return objectsIn(text, quotes).objects.map(plain);
}

function plain(value: Json): unknown {
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, one]) => [key, plain(one)]));
  return Array.isArray(value) ? value.map(plain) : value;
}

/** An object in an object, so many deep. */
const nested = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;

describe('an answer as JSON has it', () => {
  test.each([
    '{"a":1,"b":[true,false,null,-2.5,"x",[],{}],"c":{"d":"y"}}',
    '{ "a" : "x" , "b" : [ "y" , 1 ] , "c" : { } }',
    '{\n  "a": "x",\n  "b": [\n    "y",\n    { "c": "z" }\n  ],\n  "d": {\n    "e": "w"\n  }\n}',
    '{"a":["x","y"],"b":["x",{"c":1},["y"],-1,true,null,"z"]}',
    '{"a":"tab\\t, line\\n, return\\r, quote \\", slash \\/, backslash \\\\, \\u00e9\\u00C9."}',
  ])('is read as JSON is: %j', (text) => {
    expect(objectsIn(text)).toMatchObject({ end: 'whole', beside: '' });
    expect(read(text)).toEqual([JSON.parse(text)]);
  });

  test('may have words beside it, and several objects', () => {
    expect(objectsIn('First {"a": 1}, then {"b": 2}. Done.')).toMatchObject({
      end: 'whole',
      beside: 'First , then . Done.',
    });
    expect(read('First {"a": 1}, then {"b": 2}. Done.')).toEqual([{ a: 1 }, { b: 2 }]);
  });

  test('may hold none', () => {
    expect(objectsIn('Nothing to say.')).toEqual({ objects: [], end: 'whole', beside: 'Nothing to say.' });
    expect(objectsIn('{} {?} { {"a": 1} }')).toMatchObject({ end: 'whole', beside: ' ?}   }' });
    expect(read('{} {?} { {"a": 1} }')).toEqual([{ a: 1 }]);
  });
});

describe('what models write instead is read as it is meant', () => {
  test.each<[string, string, unknown]>([
    ['bare words', '{a: yes, two words: so be it, b_2=3}', { a: 'yes', twowords: 'so be it', b2: 3 }],
    ['single quotation marks', `{'a': 'it's "so"', 'b': ['x', 'y']}`, { a: `it's "so"`, b: ['x', 'y'] }],
    [
      'curly quotation marks',
      '{“a”: “x”, ‘b’: ‘y’, "c": “he said "z"”}',
      { a: 'x', b: 'y', c: 'he said "z"' },
    ],
    [
      'quotation marks in a text',
      '{"a": "She said "no" to him", "b": 1}',
      { a: 'She said "no" to him', b: 1 },
    ],
    ['marks before a comma in a text', '{"a": "so, "no", then", "b": 1}', { a: 'so, "no", then', b: 1 }],
    ['marks in a list', '{"a": ["one "so", then", "two"]}', { a: ['one "so", then', 'two'] }],
    ['line breaks in a text', '{"a": "one\n\ntwo"}', { a: 'one\n\ntwo' }],
    [
      'too many commas',
      '{,"a": 1,, "b": [,"x",, 2,], "c": "y", , "d": "z",}',
      { a: 1, b: ['x', 2], c: 'y', d: 'z' },
    ],
    ['no comma before the next line', '{"a": "x"\n "b": 2}', { a: 'x', b: 2 }],
    ['no bracket at the end of a list', '{"a": ["x", 2}', { a: ['x', 2] }],
    [
      'comments',
      '{ // one\n"a": "x", // two\n"b": /*/ three */ 2, /* four */ "c": ["y" // five\n, "z"]}',
      { a: 'x', b: 2, c: ['y', 'z'] },
    ],
    ['a comment behind a text', '{"a": "x" // why\n, "b": "y" /* so */ }', { a: 'x', b: 'y' }],
    [
      'words of other languages',
      '{"a": None, "b": TRUE, "c": False, "d": NaN, "e": undefined}',
      { a: null, b: true, c: false, d: null, e: null },
    ],
    ['a number with a sign', '{"a": +2, "b": -0.5, "c": 10}', { a: 2, b: -0.5, c: 10 }],
    [
      'what is nearly a number',
      '{"a": 1e5, "b": 1., "c": 3 of 4, "d": x1}',
      { a: '1e5', b: '1.', c: '3 of 4', d: 'x1' },
    ],
    [
      'words that begin like others',
      '{"a": none of it, "b": for none, "c": true to him, "d": not true, "e": 1.25}',
      { a: 'none of it', b: 'for none', c: 'true to him', d: 'not true', e: 1.25 },
    ],
    ['a colon in a bare word', '{"a": so: no}', { a: 'so: no' }],
    ['a broken escape', '{"a": "\\u12 \\x0041 \\b\\f."}', { a: 'u12 x0041   .' }],
    ['one key twice, in two spellings', '{"Cand_1": "x", "cand 1": "y"}', { cand1: 'y' }],
  ])('%s', (_, text, value) => {
    expect(objectsIn(text)).toMatchObject({ end: 'whole', beside: '' });
    expect(read(text)).toEqual([value]);
  });

  test('a caller may say what a text begins with', () => {
    expect(read(`{"a": 'x'}`, '"')).toEqual([{ a: `'x'` }]);
    expect(objectsIn(`{'a': "x"}`, '"').objects).toEqual([]);
  });
});

describe('an answer that is cut off', () => {
  test.each<[string, unknown[]]>([
    ['{"a": "x", "b": "y', [{ a: 'x' }]],
    ['{"a": "x", "b": ', [{ a: 'x' }]],
    ['{"a": 1, "b" ', [{ a: 1 }]],
    ['{"a": 1, b', [{ a: 1 }]],
    ['{"a": "x", ', [{ a: 'x' }]],
    ['{"a": "x"', [{ a: 'x' }]],
    ['{"a": 1, "b": 12', [{ a: 1 }]],
    ['{"a": [1, 2, 3', [{ a: [1, 2] }]],
    ['{"a": ["x", "y"', [{ a: ['x', 'y'] }]],
    ['{"a": [', [{ a: [] }]],
    ['{"a": [1, "x", ', [{ a: [1, 'x'] }]],
    ['{"a": [1, {"b": "x", "c": "y', [{ a: [1, { b: 'x' }] }]],
    ['{"a": 1, /* never ends', [{ a: 1 }]],
    ['{"a": 1, // the last line', [{ a: 1 }]],
    ['{"a": "x \\', []],
    ['{', []],
  ])('keeps what is complete of it: %s', (text, objects) => {
    const found = objectsIn(`So: ${text}`);
    expect(found).toMatchObject({ end: 'cut', beside: 'So: ' });
    expect(found.objects.map(plain)).toEqual(objects);
  });

  test('loses none of the objects before', () => {
    expect(read('{"a": 1} {"b": 2, "c": "x')).toEqual([{ a: 1 }, { b: 2 }]);
  });
});

describe('an answer that nobody can read', () => {
  test.each(['{"a": }', '{"a": , "b": 1}', '{a: 1 {"b": 2}', '{ “a b” : {? 1} }', '{\n‘a-1’: }', '{é : ]}'])(
    'is not searched within: %s',
    (text) => {
      expect(objectsIn(`{"z": 0} ${text} {"y": 1}`)).toMatchObject({ end: 'broken', beside: '' });
      expect(read(`{"z": 0} ${text} {"y": 1}`)).toEqual([{ z: 0 }]);
    },
  );

  test('is one in which objects lie too deep', () => {
    expect(objectsIn(nested(12)).end).toBe('whole');
    expect(objectsIn(nested(13)).end).toBe('broken');
    expect(objectsIn(`{"a":${'['.repeat(12)}1${']'.repeat(12)}}`).end).toBe('broken');
  });

  test('has more objects than anybody asked for: the rest stands beside them', () => {
    const found = objectsIn('{"a":1}'.repeat(21));
    expect(found).toMatchObject({ end: 'whole', beside: '{"a":1}' });
    expect(found.objects).toHaveLength(20);
  });
});

test('keys are compared by their letters and digits', () => {
  expect(['Cand_1', 'cand 1', 'CAND-1', 'ｃａｎｄ１'].map(foldKey)).toEqual(Array(4).fill('cand1'));
  expect(foldKey('«Été»')).toBe('été');
});
