import { describe, expect, test } from 'vitest';
import { readCanonicalName, readTagName } from '../../../src/format/tag-names.ts';

/** `kind name`, with `/` before a closer and `/` behind what closes itself; nothing where it is no tag. */
function read(body: string): string | undefined {
  const tag = readTagName(body);
  return tag && `${tag.close ? '/' : ''}${tag.kind} ${tag.name}${tag.selfClosing ? '/' : ''}`;
}

describe('what stands in angle brackets', () => {
  test.each([
    ['role_thinking', 'thought rolethinking'],
    ['/role_thinking', '/thought rolethinking'],
    [' / Role-Thinking ', '/thought rolethinking'],
    ['\\role_thinking', '/thought rolethinking'],
    ['role_thinking/', 'thought rolethinking/'],
    ['/role_thinking/', '/thought rolethinking'],
    ['role_thinking\\', 'thought rolethinking'],
    ['role_thinking type="x"', 'thought rolethinking'],
    ['role_thinking  type = "x"', 'thought rolethinking'],
    ['role_thinking of her own accord', 'thought rolethinking'],
    ['long_role_thinking of her own', 'thought longrolethinking'],
    ['think hard', 'plan think'],
    ['seed:think', 'plan think'],
    ['_think', 'plan think'],
    ['notes', 'unknown notes'],
    ['notes  to="x"', 'unknown notes'],
    ['notes to = "x"', 'unknown notes'],
    ['x+ to="x"', 'unknown x+'],
    ['h1', 'unknown h1'],
    ['x'.repeat(40), `unknown ${'x'.repeat(40)}`],
  ])('is a tag in any spelling: %j', (body, tag) => {
    expect(read(body)).toBe(tag);
  });

  test.each([
    ['end_role_thinking', '/thought rolethinking'],
    ['close_think', '/plan think'],
    ['END_OF_THINKING', '/musing thinking'],
    ['stop_think', '/plan think'],
    ['start_role_action', 'action roleaction'],
    ['begin_of_thinking', 'musing thinking'],
    ['thinking_end', '/musing thinking'],
    ['thinking_close', '/musing thinking'],
    ['think_start', 'plan think'],
    ['thought_begin', 'musing thought'],
    ['open_thought', 'musing thought'],
  ])('says by an affix whether it opens or closes: %s', (body, tag) => {
    expect(read(body)).toBe(tag);
  });

  test.each([
    ['weekend_thinking', 'musing weekendthinking'],
    ['think_ending', 'musing thinkending'],
    ['end_inst', 'unknown endinst'],
    ['end_of_turn', 'token endofturn'],
    ['end', 'token end'],
    ['start', 'unknown start'],
    ['endless', 'unknown endless'],
  ])('but not where the rest is another word: %s', (body, tag) => {
    expect(read(body)).toBe(tag);
  });

  test.each([
    ['|im_end|', 'token imend'],
    ['|notes|', 'token notes'],
    ['|12|', 'token token'],
    ['/|12', '/token token'],
    ['12|', 'token token'],
    ['|he lies, I know|', 'token token'],
    ['|role_thinking|', 'thought rolethinking'],
  ])('is a token between bars: %s', (body, tag) => {
    expect(read(body)).toBe(tag);
  });

  test.each([
    ['her thought', 'musing herthought'],
    ['her  inner  thoughts', 'musing herinnerthoughts'],
    ['my deep monologue', 'musing mydeepmonologue'],
    ['Role Thinkng', 'thought rolethinkng'],
    ['Role Thnkng', 'thought rolethnkng'],
    ['abcdefghij klmnop thoughts', 'musing abcdefghijklmnopthoughts'],
  ])('may be a short phrase that names a layer: %s', (body, tag) => {
    expect(read(body)).toBe(tag);
  });

  test.each([
    ['*role_thinking*', 'thought rolethinking'],
    ['role_t#inking', 'thought rolethinking'],
    ['r#ole_thnkg', 'thought rolethinking'],
    ['*says*', 'speech says'],
    ['*3thinking*', 'musing thinking'],
    [`${'*'.repeat(28)}rolethinking`, 'thought rolethinking'],
  ])('may stand among other signs: %s', (body, tag) => {
    expect(read(body)).toBe(tag);
  });
});

describe('what only stands in brackets', () => {
  test.each([
    '',
    '3',
    ' ',
    '12 think',
    '2 inner thoughts',
    'I fear him',
    'think very hard',
    'parole_action was granted today',
    'my very inner thoughts',
    'abcdefghij klmnopq thoughts',
    'Role Thnkn',
    'thought: I fear him',
    'https://example.org',
    'seed:think!',
    'a=b',
    'a=b c=d',
    'x+',
    'x'.repeat(41),
    '* role thinking *',
    `${'*'.repeat(29)}rolethinking`,
    '*s*',
    '*rt*',
    '*say*',
    '*end_of_turn*',
    '*role_acton*',
    '*rolethng*',
    'b',
    'EM',
    '/strong',
    'br/',
    'hr',
  ])('is no tag: %j', (body) => {
    expect(read(body)).toBeUndefined();
  });
});

test('the names as the format spells them, and no other spelling', () => {
  for (const name of ['system_thinking', 'role_thinking', 'role_action']) {
    expect(readCanonicalName(name)).toEqual(readTagName(name));
    expect(readCanonicalName(`/${name}`)).toEqual(readTagName(`/${name}`));
    expect(readCanonicalName(name.toUpperCase())).toBeUndefined();
    expect(readCanonicalName(` ${name}`)).toBeUndefined();
  }
});
