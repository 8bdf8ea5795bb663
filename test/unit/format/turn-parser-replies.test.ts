import { describe, expect, test } from 'vitest';
import type { Fault } from '../../../src/format/parsed-turn.ts';
import type { Segment } from '../../../src/format/segments.ts';
import { createTurnParser, parseTurn, type Release } from '../../../src/format/turn-parser.ts';

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

describe('whitespace (P10)', () => {
  test('is kept as one space or one blank line, and words are never glued', () => {
    expect(read(`${PLAN}\n\nA  room,\t please.\r\n\r\n\r\n\r\nNow. `)).toEqual(['s:A room, please.\n\nNow.']);
    expect(read('Fine.<think>p</think>Go.')).toEqual(['s:Fine. Go.']);
    expect(read('Fine.\n<think>p</think>\nGo.')).toEqual(['s:Fine.\nGo.']);
  });

  test('halves of surrogate pairs meet again, and a lone one becomes a replacement', () => {
    const parser = createTurnParser(OPTIONS);
    for (const unit of 'Fine 👍 \ud83d'.split('')) parser.feed(unit);
    expect(parser.end().turn.segments).toEqual([{ kind: 'speech', text: 'Fine 👍 \ufffd' }]);
  });
});

describe('other shapes of a reply (P12 to P14)', () => {
  test.each([
    'I need to portray Mara as tense.\n\nFine.',
    'The user wants a short reply.\n\nFine.',
    'As an AI, I will keep it short. Fine.',
    'Mara should stay guarded here.\n\nFine.',
    'analysisWe must answer.',
  ])('a plan in prose is rejected: %s', (text) => {
    expect(parseTurn(text, OPTIONS)).toMatchObject({ usable: false, segments: [] });
    expect(faultsOf(text)).toContain('plan-untagged');
  });

  test.each([
    ['Al', 'The canal will freeze by morning.'],
    ['Ria', 'Maria should come in now.'],
    ['Ed', 'The bed must be aired.'],
  ])('a name at the end of another word plans nothing: %s: %s', (name, text) => {
    expect(parseTurn(text, { speaker: { name } })).toMatchObject({ usable: true });
  });

  test('a plan in prose that stands apart from the tags is dropped', () => {
    const text = 'I need to portray Mara as tense.\n\n<role_action>nods</role_action>Fine.';
    expect(read(text)).toEqual(['a:nods', 's:Fine.']);
    expect(parseTurn(text, OPTIONS).systemThinking).toContain('portray');
  });

  test.each(['I must show you the letter.', 'I will play the piano.', 'The user of this inn pays at dawn.'])(
    'speech is not a plan behind a plan: %s',
    (text) => {
      expect(read(PLAN + text)).toEqual([`s:${text}`]);
    },
  );

  test.each([
    '{"system_thinking":"p","role_thinking":"x","role_action":"nods","speech":"Fine."}',
    '```json\n{"System Thinking":"p","inner_thoughts":"x","action":["nods"],"dialogue":"Fine."}\n```',
    '<think>p</think>{"thoughts":"x","reply":{"action":"nods","speech":"Fine."}}',
    '[{"type":"thought","content":"x"},{"type":"action","content":"nods"},{"type":"speech","content":"Fine."}]',
    '{"response":"<role_thinking>x</role_thinking><role_action>nods</role_action>Fine."}',
  ])('JSON is read by its keys: %s', (text) => {
    expect(read(text).slice(-2)).toEqual(['a:nods', 's:Fine.']);
    expect(faultsOf(text)).toContain('json-reply');
  });

  test.each([
    '{"thought":"x","speech":"Fine."',
    "{'thought': 'x', 'speech': 'Fine.'}",
    'So: {"thought":"x","speech":"Fine."}',
  ])('broken JSON is rejected: %s', (text) => {
    expect(parseTurn(text, OPTIONS).usable).toBe(false);
  });

  test.each([
    '**System Thinking:** p\n\n**Role-play Response:**\n<role_thinking>x</role_thinking><role_action>nods</role_action>Fine.',
    '## System Thinking\np\n## Response\n<role_thinking>x</role_thinking><role_action>nods</role_action>Fine.',
    '1. System Thinking: p\n2. Role-play Response:\n<role_thinking>x</role_thinking><role_action>nods</role_action>Fine.',
    'System Thinking: p\nRole Thinking: x\nRole Action: nods\nRole Speech: Fine.',
    '【思考】p\n【内心】x\n【动作】nods\n【对话】Fine.',
  ])('headings are read by their words: %j', (text) => {
    expect(read(text)).toEqual(['t:x', 'a:nods', 's:Fine.']);
    expect(faultsOf(text)).toContain('heading-reply');
  });

  test('a plan under a heading that never ends is rejected', () => {
    expect(parseTurn('**System Thinking:** p\n\nFine.', OPTIONS).usable).toBe(false);
  });

  test.each([
    '<|im_start|>assistant\n<think>p</think>Fine.<|im_end|>\n<|im_start|>user\nx',
    '<think>p</think>Fine.</s>',
    '<|channel|>analysis<|message|>p<|end|><|start|>assistant<|channel|>final<|message|>Fine.<|return|>',
    '[THINK]p[/THINK]Fine.',
    '◁think▷p◁/think▷Fine.',
    '<|START_THINKING|>p<|END_THINKING|><|START_RESPONSE|>Fine.<|END_RESPONSE|>',
    'analysisp assistantfinalFine.',
    '```\nFine.\n```',
  ])('the signs of chat templates are taken out: %s', (text) => {
    expect(read(text)).toEqual(['s:Fine.']);
  });
});

describe('limits', () => {
  test('a draft past the cap is thrown away', () => {
    const turn = parseTurn(`${PLAN}${'Fine. '.repeat(40)}`, { ...OPTIONS, maxChars: 100 });
    expect(turn).toMatchObject({ usable: false, segments: [] });
    expect(turn.faults).toContain('too-long');
    expect(parseTurn('x'.repeat(16_001)).faults).toContain('too-long');
    expect(parseTurn('x'.repeat(16_000)).usable).toBe(true);
  });

  test('long noise is thrown away', () => {
    expect(parseTurn('<<[['.repeat(2000), OPTIONS).faults).toContain('noise');
  });

  test('end may be called again, and nothing is taken after it', () => {
    const parser = createTurnParser(OPTIONS);
    parser.feed('Fine.');
    const { turn } = parser.end();
    expect(parser.feed(' More.')).toEqual([]);
    expect(parser.end()).toEqual({ turn, releases: [] });
  });
});

describe('releases', () => {
  function events(text: string): string[] {
    const parser = createTurnParser(OPTIONS);
    const releases: Release[] = [];
    for (const unit of text.split('')) releases.push(...parser.feed(unit));
    const early = releases.map(nameOf);
    return [...early, '|', ...parser.end().releases.map(nameOf)];
  }
  function nameOf(release: Release): string {
    return release.type === 'withdraw' ? 'withdraw' : nameSegment(release.segment);
  }
  function nameSegment({ kind, text }: Segment): string {
    return `${kind[0]}:${text}`;
  }

  test.each<[string, string[]]>([
    [
      `${PLAN}<role_action>nods</role_action>Fine. <role_thinking>x</role_thinking>Go.`,
      ['a:nods', 's:Fine.', '|', 's:Go.'],
    ],
    [`${PLAN}Mara Vell: Fine.<role_action>nods</role_action>`, ['s:Fine.', '|', 'a:nods']],
    ['p</think>Fine.<role_action>nods</role_action>Go.', ['s:Fine.', 'a:nods', '|', 's:Go.']],
    [`${PLAN}Fine.`, ['|', 's:Fine.']],
    ['Hm.<role_action>nods</role_action>Fine.', ['|', 's:Hm.', 'a:nods', 's:Fine.']],
    [
      `${PLAN}<role_action>nods</role_action><role_action>sits</role_action>Go.`,
      ['a:nods sits', '|', 's:Go.'],
    ],
    ['<role_action>nods</role_action>Fine.</think>Go.', ['a:nods', 'withdraw', '|', 's:Go.']],
    [`${PLAN}Fine.<role_action>nods</role_action>Go.</think>`, ['s:Fine.', 'a:nods', 'withdraw', '|']],
    [
      `${PLAN}<role_action>nods</role_action>So *it* is.<role_thinking>x</role_thinking>`,
      ['a:nods', '|', 's:So it is.'],
    ],
    [
      `${PLAN}<role_action>nods</role_action>Fine.<role_thinking>x</role_thinking>Go.\nTobin: No.`,
      ['a:nods', 's:Fine.', '|', 's:Go.'],
    ],
  ])('%s', (text, expected) => {
    expect(events(text)).toEqual(expected);
  });
});
