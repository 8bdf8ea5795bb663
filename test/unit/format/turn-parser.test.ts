import { describe, expect, test } from 'vitest';
import type { Fault } from '../../../src/format/parsed-turn.ts';
import { createTurnParser, parseTurn } from '../../../src/format/turn-parser.ts';

const OPTIONS = {
  speaker: { name: 'Mara Vell', aliases: ['the courier'] },
  others: ['Tobin', 'Old Pell', 'Ann Vell'],
};
const PLAN = '<system_thinking>stay guarded</system_thinking>';

/** `t:` thought, `a:` action, `s:` speech. */
function read(text: string, options = OPTIONS): string[] {
  return parseTurn(text, options).segments.map(({ kind, text: words }) => `${kind[0]}:${words}`);
}

function faultsOf(text: string): readonly Fault[] {
  return parseTurn(text, OPTIONS).faults;
}

describe('a turn as the format has it', () => {
  test('is taken apart', () => {
    const text = `${PLAN}Mara Vell: <role_thinking>He suspects me</role_thinking><role_action>sets down the cup</role_action>A room, if you have one.`;
    expect(parseTurn(text, OPTIONS)).toEqual({
      systemThinking: 'stay guarded',
      segments: [
        { kind: 'thought', text: 'He suspects me' },
        { kind: 'action', text: 'sets down the cup' },
        { kind: 'speech', text: 'A room, if you have one.' },
      ],
      faults: ['own-name'],
      usable: true,
    });
  });

  test.each<[string, string[]]>([
    ['Fine.', ['s:Fine.']],
    ['<role_action>nods</role_action>', ['a:nods']],
    ['Fine.<role_action>nods</role_action>Go.', ['s:Fine.', 'a:nods', 's:Go.']],
    ['<role_action>nods</role_action><role_action>smiles</role_action>', ['a:nods smiles']],
    ['<role_thinking>a</role_thinking><role_thinking>b</role_thinking>Go.', ['t:a b', 's:Go.']],
  ])('has its elements in any order: %s', (text, segments) => {
    expect(read(PLAN + text)).toEqual(segments);
  });

  test('needs no plan', () => {
    expect(parseTurn('<role_action>nods</role_action>Fine.', OPTIONS)).toMatchObject({
      systemThinking: '',
      faults: ['plan-missing'],
      usable: true,
    });
  });

  test('with nothing to see is unusable, and then has no segments', () => {
    const turn = parseTurn(`${PLAN}<role_thinking>only this</role_thinking>`, OPTIONS);
    expect(turn).toMatchObject({ usable: false, segments: [], faults: ['nothing-visible'] });
    expect(parseTurn('', OPTIONS)).toMatchObject({ usable: false, segments: [] });
  });
});

describe('tags (P1, P2)', () => {
  test.each([
    'role_thinking',
    'Role_Thinking',
    'ROLE-THINKING',
    'roleThinking',
    'role thinking',
    'role_think',
    'role_thoughts',
    'long_role_thinking',
    'inner_thought',
    'inner_monologue',
    'rt',
    'role_thnking',
    'role_thinking type="x"',
    ' role_thinking ',
    'ro\u200ble_thinking',
    '|role_thinking|',
    '内心',
  ])('a thought in <%s>', (name) => {
    const close = name.replace(/^\s+|\s+$| type.*$/g, '');
    expect(read(`<role_action>nods</role_action><${name}>hidden</${close}>Fine.`)).toEqual([
      'a:nods',
      't:hidden',
      's:Fine.',
    ]);
  });

  test.each([
    ['&lt;role_thinking&gt;', '&lt;/role_thinking&gt;'],
    ['&amp;lt;role_thinking&amp;gt;', '&amp;lt;/role_thinking&amp;gt;'],
    ['&#60;role_thinking&#62;', '&#x3C;/role_thinking&#x3E;'],
    ['＜role_thinking＞', '＜/role_thinking＞'],
    ['\\<role_thinking\\>', '\\</role_thinking\\>'],
    ['<role_thinking>', '<\\/role_thinking>'],
    ['< role_thinking >', '< / role_thinking >'],
    ['<<role_thinking>>', '<</role_thinking>>'],
    ['`<role_thinking>`', '`</role_thinking>`'],
    ['`<role_thinking>', '</role_thinking>`'],
    ['**<role_thinking>**', '**</role_thinking>**'],
    ['[role_thinking]', '[/role_thinking]'],
    ['<role_thinking>', '<end_role_thinking>'],
    ['<role_thinking>', '/role_thinking>'],
    ['<role_thinking ', '</role_thinking>'],
    ['<role_thinking>', '</role_thinking '],
  ])('in other brackets: %s…%s', (open, close) => {
    expect(read(`${open}hidden${close}<role_action>nods</role_action>Fine.`)).toEqual([
      't:hidden',
      'a:nods',
      's:Fine.',
    ]);
  });

  test.each([
    'think',
    'thinking',
    'thought',
    'reasoning',
    'analysis',
    'reflection',
    'planning',
    'system_reasoning',
    '思考',
  ])('a plan in <%s>', (name) => {
    const turn = parseTurn(`<${name}>the plan</${name}><role_action>nods</role_action>Fine.`, OPTIONS);
    expect(turn.systemThinking).toBe('the plan');
    expect(turn.segments).toHaveLength(2);
  });

  test('<thinking> is a plan before the first role tag, a thought after it', () => {
    const text = '<thinking>plan</thinking><role_action>nods</role_action><thinking>mine</thinking>Fine.';
    expect(parseTurn(text, OPTIONS).systemThinking).toBe('plan');
    expect(read(text)).toEqual(['a:nods', 't:mine', 's:Fine.']);
  });

  test('<role_speech> and its like are speech', () => {
    expect(read('<role_action>nods</role_action><role_speech>Fine.</role_speech>')).toEqual([
      'a:nods',
      's:Fine.',
    ]);
  });

  test('an unknown pair hides what it encloses; markup for looks does not', () => {
    expect(read('<notes>hidden</notes>Fine.')).toEqual(['s:Fine.']);
    expect(read('This is <b>very</b> <u>fine</u>.<br/>Go.')).toEqual(['s:This is very fine.\nGo.']);
    expect(read('<!-- hidden -->Fine.')).toEqual(['s:Fine.']);
  });

  test('an unknown wrapper round a whole reply hides nothing', () => {
    expect(read('<turn by="Mara"><role_thinking>x</role_thinking>Fine.</turn>')).toEqual(['t:x', 's:Fine.']);
  });

  test('brackets that are no tags stay', () => {
    expect(read('a < b and b > c, I <3 you -> go')).toEqual(['s:a < b and b > c, I <3 you -> go']);
  });
});

describe('broken nesting (P3 to P7)', () => {
  test.each<[string, string, string[], Fault]>([
    [
      'a plan ends at the first role tag',
      '<think>plan <role_action>nods</role_action>Fine.',
      ['a:nods', 's:Fine.'],
      'plan-unclosed',
    ],
    ['a plan ends at the own name', '<think>plan\nMara Vell: Fine.', ['s:Fine.'], 'plan-unclosed'],
    [
      'a plan without opener',
      'plan</think><role_action>nods</role_action>Fine.',
      ['a:nods', 's:Fine.'],
      'plan-orphan-close',
    ],
    [
      'a plan that quotes its closer',
      `${PLAN} and more plan</system_thinking>Fine.`,
      ['s:Fine.'],
      'plan-orphan-close',
    ],
    [
      'a late plan',
      'Fine.<think>plan</think><role_action>nods</role_action>',
      ['s:Fine.', 'a:nods'],
      'plan-late',
    ],
    ['two plans', `${PLAN}Fine.<think>plan</think> Go.`, ['s:Fine. Go.'], 'plan-repeated'],
    [
      'a thought to the next role tag',
      '<role_thinking>x<role_action>nods</role_action>Fine.',
      ['t:x', 'a:nods', 's:Fine.'],
      'thought-unclosed',
    ],
    [
      'a thought without opener',
      '<role_action>nods</role_action>x</role_thinking>Fine.',
      ['a:nods', 't:x', 's:Fine.'],
      'thought-orphan-close',
    ],
    ['an action to the end', 'Fine.<role_action>nods', ['s:Fine.', 'a:nods'], 'action-unclosed'],
    ['a closer of another kind', '<role_thinking>x</role_action>Fine.', ['t:x', 's:Fine.'], 'tag-mismatched'],
    [
      'a closer of another kind for an action',
      '<role_action>nods</role_thinking>Fine.',
      ['a:nods', 's:Fine.'],
      'tag-mismatched',
    ],
    [
      'a thought in an action',
      '<role_action>nods <role_thinking>x</role_thinking> twice</role_action>',
      ['a:nods', 't:x', 'a:twice'],
      'tag-nested',
    ],
    [
      'an action in a thought',
      '<role_thinking>x <role_action>y</role_action></role_thinking>Fine.',
      ['t:x y', 's:Fine.'],
      'tag-nested',
    ],
    [
      'a thought in a thought',
      '<role_thinking>x <role_thinking>y</role_thinking> z</role_thinking>Fine.',
      ['t:x y z', 's:Fine.'],
      'tag-nested',
    ],
    [
      'a thought opened twice',
      '<role_thinking><role_thinking>x</role_thinking>Fine.',
      ['t:x', 's:Fine.'],
      'thought-unclosed',
    ],
    ['a cut-off tag', 'Fine.<role_thin', ['s:Fine.'], 'tag-cut-off'],
    ['a cut-off closer', 'Fine.<role_thinking>x</role', ['s:Fine.', 't:x'], 'tag-cut-off'],
  ])('%s', (_, text, segments, fault) => {
    expect(read(text)).toEqual(segments);
    expect(faultsOf(text)).toContain(fault);
  });

  test.each(['<think>plan and no end', 'Fine.</system_thinking>', `${PLAN}Fine.</system_thinking>`])(
    'nothing can be shown of %s',
    (text) => {
      expect(parseTurn(text, OPTIONS)).toMatchObject({ usable: false, segments: [] });
    },
  );

  test('a plan that the server opened', () => {
    const inside = { ...OPTIONS, startInside: 'plan' as const };
    expect(parseTurn('the plan</system_thinking>Fine.', inside)).toMatchObject({
      systemThinking: 'the plan',
      faults: [],
    });
    expect(parseTurn('<system_thinking>the plan</system_thinking>Fine.', inside)).toMatchObject({
      systemThinking: 'the plan',
    });
    expect(read('the plan\nMara Vell: Fine.', inside)).toEqual(['s:Fine.']);
    expect(read('the plan\nMara: wary, cold\nMara: Fine.', inside)).toEqual(['s:Fine.']);
    expect(parseTurn('all of it plan', inside).usable).toBe(false);
  });

  test('the channel of a reasoning server goes with the plan', () => {
    const parser = createTurnParser(OPTIONS);
    parser.feedReasoning('She must ');
    parser.feedReasoning('wait.');
    parser.feed('Fine.');
    expect(parser.end().turn).toEqual({
      systemThinking: 'She must wait.',
      segments: [{ kind: 'speech', text: 'Fine.' }],
      faults: [],
      usable: true,
    });
  });
});

describe('the older format (P8)', () => {
  test.each<[string, string[]]>([
    ['[I fear him.] (bows (low)) Good day.', ['t:I fear him.', 'a:bows (low)', 's:Good day.']],
    ['[a [b] c] (x) y', ['t:a [b] c', 'a:x', 's:y']],
    ['[line one\nline two] go', ['t:line one\nline two', 's:go']],
    ['[] () hm', ['s:() hm']],
    ['fear] (bows) go', ['t:fear', 'a:bows', 's:go']],
    ['(steps back [he lies]) go', ['a:steps back', 't:he lies', 's:go']],
    ['［怕］（走）你好', ['t:怕', 'a:走', 's:你好']],
    ['Fine :) [he lies] :(', ['s:Fine :)', 't:he lies', 's::(']],
    ['[he lies\nFine.', ['t:he lies', 's:Fine.']],
    ['[he lies\nand knows it\nFine.', ['t:he lies\nand knows it', 's:Fine.']],
  ])('%s', (text, segments) => {
    expect(read(text)).toEqual(segments);
  });

  test.each<[string, string[]]>([
    ['The sign says [closed]. Go.', ['a:nods', 's:The sign says [closed]. Go.']],
    ['I went (as you know) home.', ['a:nods', 's:I went (as you know) home.']],
    ['[he lies to us] Go.', ['a:nods', 't:he lies to us', 's:Go.']],
    ['【he lies to us】Go.', ['a:nods', 't:he lies to us', 's:Go.']],
    ['[fear]\nGo.', ['a:nods', 't:fear', 's:Go.']],
    ['(thinking: he lies) Go.', ['a:nods', 't:thinking: he lies', 's:Go.']],
    ['"He lies" (thought) Go.', ['a:nods', 't:"He lies"', 's:Go.']],
    ['"He lies," she thought. Go.', ['a:nods', 't:"He lies," she thought', 's:. Go.']],
    ['(thinking) He lies.\nGo.', ['a:nods', 't:He lies.', 's:Go.']],
  ])('where there are role tags brackets are speech, unless they hold a thought: %s', (text, segments) => {
    expect(read(`<role_action>nods</role_action>${text}`)).toEqual(segments);
  });
});

describe('marks', () => {
  test.each<[string, string[]]>([
    ['*leans in* Rooms cost.', ['a:leans in', 's:Rooms cost.']],
    ['_leans in_ Rooms cost.', ['a:leans in', 's:Rooms cost.']],
    ['**leans in** Rooms cost.', ['a:leans in', 's:Rooms cost.']],
    ['<i>leans in</i> Rooms cost.', ['a:leans in', 's:Rooms cost.']],
    ['Rooms *sighs* cost.', ['s:Rooms', 'a:sighs', 's:cost.']],
    ['I *really* mean *it*.', ['s:I really mean it.']],
    ['*Never* say that.', ['s:Never say that.']],
    ['*leans in,\nhand on the table* Yes.', ['a:leans in,\nhand on the table', 's:Yes.']],
    ['*leans in', ['a:leans in']],
    ['5*3*2, x_1 and y_2', ['s:5*3*2, x_1 and y_2']],
    ['Hello~ my friend~', ['s:Hello~ my friend~']],
  ])('in asterisks and the like stand actions: %s', (text, segments) => {
    expect(read(text)).toEqual(segments);
  });

  test.each([
    '*I fear him*',
    '_What does he want?_',
    '*he must not know*',
    '~I fear him~',
    '||he lies||',
    '`I fear him`',
    '{he lies}',
    '<I fear him>',
    '「I fear him」',
    '((he lies))',
    '/I fear him/',
    '💭 he lies',
  ])('what reads like a mind is hidden: %s', (marked) => {
    expect(read(`${PLAN}${marked}\n<role_action>nods</role_action>Fine.`).slice(-2)).toEqual([
      'a:nods',
      's:Fine.',
    ]);
    expect(read(`${marked}\nFine.`).at(-1)).toBe('s:Fine.');
  });

  test('where only actions have tags, a mark must read like an action to be shown', () => {
    expect(read('<role_action>nods</role_action>*he lies* Fine.')).toEqual([
      'a:nods',
      't:he lies',
      's:Fine.',
    ]);
    expect(read('<role_action>nods</role_action>*leans in* Fine.')).toEqual(['a:nods leans in', 's:Fine.']);
    expect(read('<role_thinking>x</role_thinking>*he lies* Fine.')).toEqual(['t:x', 'a:he lies', 's:Fine.']);
  });
});

describe('labels (P9)', () => {
  test.each([
    'Mara Vell: Fine.',
    'MARA VELL： Fine.',
    '**Mara Vell:** Fine.',
    '**Mara**: Fine.',
    'Mara: Fine.',
    'The courier: Fine.',
    '[Mara]: Fine.',
    'Ma\u200bra Vell: Fine.',
    '\n\nMara (smiling): Fine.',
  ])('the own name is dropped: %s', (text) => {
    expect(read(text)).toEqual(['s:Fine.']);
    expect(read(`${PLAN}<role_thinking>x</role_thinking>${text}`)).toEqual(['t:x', 's:Fine.']);
  });

  test('an unknown name right before a tag is the own one at the start', () => {
    expect(read('Marielle: <role_action>nods</role_action>')).toEqual(['a:nods']);
  });

  test.each<[string, string]>([
    ['\nTobin: No.', 'Tobin'],
    ['\n**TOBIN:** No.', 'Tobin'],
    ['\nPell: No.', 'Old Pell'],
    ['\nEnvironment: rain', 'Environment'],
    ['\nUser: go on', 'User'],
    [' Old Pell: <role_thinking>x</role_thinking>No.', 'Old Pell'],
    ['\n### Tobin\nNo.', 'Tobin'],
    ['\nStranger: <role_action>enters</role_action>', 'Stranger'],
    ['\nVell: No.', 'Vell'],
    ['\n\nuser\ngo on', 'user'],
  ])('another name ends the turn: %j', (text, nextSpeaker) => {
    const turn = parseTurn(`<role_action>nods</role_action>Fine.${text}`, OPTIONS);
    expect(turn).toMatchObject({ usable: true, nextSpeaker });
    expect(turn.segments.at(-1)).toEqual({ kind: 'speech', text: 'Fine.' });
  });

  test('a turn of somebody else is nobody’s', () => {
    expect(parseTurn('Tobin: No.', OPTIONS)).toMatchObject({ usable: false, nextSpeaker: 'Tobin' });
  });

  test('a name in a sentence, and other colons, are speech', () => {
    const text = 'I told Tobin: no. Listen: 12:30, by the gate.';
    expect(read(text)).toEqual([`s:${text}`]);
  });
});
