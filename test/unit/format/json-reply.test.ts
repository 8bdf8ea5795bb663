import { describe, expect, test } from 'vitest';
import { readJsonReply } from '../../../src/format/json-reply.ts';

/** Its parts as `layer:text`. */
function read(reply: unknown): unknown {
  const parts = readJsonReply(typeof reply === 'string' ? reply : JSON.stringify(reply));
  return Array.isArray(parts) ? parts.map(({ layer, text }) => `${layer}:${text}`) : parts;
}

/** `a` in an object in an object, so many deep. */
const nested = (depth: number): unknown => (depth === 0 ? 'x' : { speech: nested(depth - 1) });
const listed = (depth: number): unknown => (depth === 0 ? 'x' : [listed(depth - 1)]);

describe('a reply that is JSON', () => {
  test.each<[string, string]>([
    ['system_thinking', 'plan'],
    ['System Thinking', 'plan'],
    ['plan', 'plan'],
    ['thinking', 'musing'],
    ['thoughts', 'musing'],
    ['roleThinking', 'thought'],
    ['inner_monologue', 'thought'],
    ['feelings', 'thought'],
    ['her feelings', 'thought'],
    ['action', 'action'],
    ['gesture', 'action'],
    ['speech', 'speech'],
    ['response', 'speech'],
    ['spoken', 'speech'],
    ['name', 'name'],
    ['Speaker', 'name'],
    ['character', 'name'],
    ['actor', 'name'],
    // Nobody knows these: what they hold is hidden.
    ['weather', 'plan'],
    ['nickname', 'plan'],
    ['names', 'plan'],
    ['s', 'plan'],
  ])('has its layers by the keys: %s', (key, layer) => {
    expect(read({ [key]: 'x' })).toEqual([`${layer}:x`]);
    expect(read([{ [key]: ['x', 'y'] }])).toEqual([`${layer}:x`, `${layer}:y`]);
  });

  test('has an unknown key within a known one hidden, unless it only groups', () => {
    expect(read({ reply: { weather: 'x', parts: ['y', { speech: 'z' }] } })).toEqual([
      'plan:x',
      'speech:y',
      'speech:z',
    ]);
    expect(read(['x', { parts: ['y'] }])).toEqual(['plan:x', 'plan:y']);
  });

  test.each(['type', 'kind', 'tag', 'layer', 'role', 'Type'])(
    'may name the layer of a text beside it: %s',
    (key) => {
      for (const text of ['text', 'content', 'value', 'message', 'Text'])
        expect(read([{ [key]: 'inner thought', [text]: 'x', note: 'y' }])).toEqual(['thought:x', 'plan:y']);
      expect(read({ [key]: 'speech', content: ['x', 'y'], action: 'z' })).toEqual([
        'speech:x',
        'speech:y',
        'action:z',
      ]);
    },
  );

  test.each<[unknown, string[]]>([
    [{ role: 'assistant', content: 'x' }, ['speech:x']],
    [{ type: 'narration', text: 'x' }, ['plan:narration', 'plan:x']],
    [{ type: 5, content: 'x' }, ['plan:x']],
    [{ subtype: 'speech', content: 'x' }, ['plan:speech', 'plan:x']],
    [{ typed: 'speech', content: 'x' }, ['plan:speech', 'plan:x']],
    [{ type: 'speech', subtext: 'x', texts: 'y' }, ['plan:x', 'plan:y']],
  ])('else hides it: %j', (reply, parts) => {
    expect(read(reply)).toEqual(parts);
  });

  test('leaves out what is no text', () => {
    expect(read({ speech: null, action: 5, thought: true, reply: [] })).toEqual([]);
    expect(read('{"speech": "x", "speech_2": {}}')).toEqual(['speech:x']);
  });

  test('is read so far and so deep', () => {
    expect(read(Array.from({ length: 201 }, () => 'x'))).toHaveLength(200);
    for (const make of [nested, listed]) {
      expect(read({ reply: make(5) })).toHaveLength(1);
      expect(read({ reply: make(6) })).toEqual([]);
    }
    expect(read([{ type: 'speech', content: listed(4) }])).toEqual(['speech:x']);
    expect(read([{ type: 'speech', content: listed(5) }])).toEqual([]);
  });

  test.each([
    '{"speech":"x"}',
    ' \n{"speech":"x"}\n',
    '{ \n "speech": "x" }',
    '```json\n{"speech":"x"}\n```',
    '```JSON {"speech":"x"}```',
    '```{"speech":"x"}\n\n```\n',
    '```\n\n[ \n{"speech":"x"}]\n```',
    '[{"speech":"x"}]',
  ])('may stand in a fence: %j', (reply) => {
    expect(read(reply)).toEqual(['speech:x']);
  });

  test('may have fences in its texts', () => {
    expect(read('{"speech":"a ```js\\nb``` c"}')).toEqual(['speech:a ```js\nb``` c']);
  });
});

describe('a reply that was meant to be JSON', () => {
  test.each([
    '{"speech": "x"',
    "{'speech': 'x'}",
    '{“speech”: “x”}',
    '{ \n"speech" : "x"',
    '[{"speech": "x"',
    '[ \n {speech: "x"}]',
    '{"speech":"x"} and more',
    '```json\n{"speech": "x\n```',
    '{"a", "speech"\n: "x"}',
  ])('is broken: %j', (reply) => {
    expect(read(reply)).toBe('broken');
  });

  test.each([
    'Good day.',
    'So: {"speech":"x"}',
    '{nods} Good day.',
    '{nods: once} Good day.',
    '{"so to say} Good day.',
    '[nods] Good day: yes.',
    '["so"] Good day: yes.',
    `{"${'so '.repeat(40)}": "x"`,
    '{}',
    '[]',
    '{?":"}',
    '',
  ])('is none: %j', (reply) => {
    expect(read(reply)).toBeUndefined();
  });
});
