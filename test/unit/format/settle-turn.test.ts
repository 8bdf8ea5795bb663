import { describe, expect, test } from 'vitest';
import { readDraft } from '../../../src/format/turn-parser.ts';

const OPTIONS = { speaker: { name: 'Mara Vell' }, others: ['Tobin'] };

const settle = (text: string) => readDraft(text, OPTIONS);

/** `t:` thought, `a:` action, `s:` speech. */
function read(text: string, startInside?: 'plan'): string[] {
  const { segments } = readDraft(text, { ...OPTIONS, ...(startInside && { startInside }) });
  return segments.map(({ kind, text: words }) => `${kind[0]}:${words}`);
}

describe('a code fence around a whole reply', () => {
  test.each<[string, string[]]>([
    ['```\n<role_action>nods</role_action>Yes.\n```', ['a:nods', 's:Yes.']],
    ['```xml\n<role_action>nods</role_action>Yes, he does.\n```\n\n', ['a:nods', 's:Yes, he does.']],
    ['\n ```XML <role_action>nods</role_action>Yes.```', ['a:nods', 's:Yes.']],
    ['```<role_action>nods</role_action>Yes.', ['a:nods', 's:Yes.']],
    ['```\nYes\n```\n', ['s:Yes']],
    ['```\nYes, he does.\nNo.\n``` ', ['s:Yes, he does.\nNo.']],
    ['```text  \nYes', ['s:Yes']],
  ])('is none of it: %j', (text, segments) => {
    expect(read(text)).toEqual(segments);
  });

  test.each<[string, string[]]>([
    ['```\nHe lies.\n```\nYes.', ['t:He lies.', 's:Yes.']],
    ['Yes.\n```\nHe lies.\n```', ['s:Yes.', 't:He lies.']],
    ['```thinking\nHe lies.\n```', ['t:thinking\nHe lies.']],
    ['```内心\nHe lies.\n```', ['t:内心\nHe lies.']],
    ['```role thinking\nHe lies.\n```', ['t:role thinking\nHe lies.']],
  ])('that holds a part, or says what it holds, hides it: %j', (text, segments) => {
    expect(read(text)).toEqual(segments);
  });
});

describe('a plan that is never closed', () => {
  test.each<[string, string[]]>([
    ['<think>plan\nMara: Fine. As I told Mara: no.', ['s:Fine. As I told Mara: no.']],
    ['<think>plan\nMara: wary\nTobin: cold\nMara Vell: Fine.', ['s:Fine.']],
    ['<think>plan\nMara: Fine.<role_action>nods</role_action>\nMara: Go.', ['s:Fine.', 'a:nods', 's:Go.']],
    ['<think>plan\n<role_action>nods</role_action>\nMara: Fine.', ['a:nods', 's:Fine.']],
    ['<think>plan\n**Mara:** <role_action>nods</role_action>', ['a:nods']],
    ['<think>plan\nMara (<role_thinking>x</role_thinking>): Fine.', ['t:x', 's:): Fine.']],
  ])('ends at the last line of its own that is no note: %j', (text, segments) => {
    expect(read(text)).toEqual(segments);
  });

  test.each([
    '- Mara: wary',
    '+ Mara: wary',
    '• Mara: wary',
    '> Mara: wary',
    '## Mara: wary',
    '1. Mara: wary',
    'Tobin: wary',
    'so Mara: wary',
  ])('goes on behind a note on people: %s', (note) => {
    expect(settle(`<think>plan\n${note}`)).toMatchObject({ segments: [], plan: `plan\n${note}` });
  });

  test('may begin with that line, where the server opened the plan', () => {
    expect(read('\nMara: Fine.', 'plan')).toEqual(['s:Fine.']);
  });
});

describe('what stands behind a cut', () => {
  test('is no part of the turn', () => {
    expect(settle('Fine.<|im_end|><role_thinking>x</role_thinking>Go.')).toMatchObject({
      segments: [{ kind: 'speech', text: 'Fine.' }],
      faults: new Set(['stop-token']),
    });
    expect(read('<role_action>nods</role_action>Fine.<role_thin')).toEqual(['a:nods', 's:Fine.']);
  });
});

describe('a reply that is JSON', () => {
  const json = (reply: unknown) => settle(JSON.stringify(reply));

  test('has texts that are read like replies of their own', () => {
    const speech = '<role_thinking>x</role_thinking>Mara: Fine.<role_action>nods</role_action>';
    expect(json({ speech })).toMatchObject({
      segments: [
        { kind: 'thought', text: 'x' },
        { kind: 'speech', text: 'Fine.' },
        { kind: 'action', text: 'nods' },
      ],
      faults: new Set(['json-reply', 'own-name']),
      rejected: false,
      plain: false,
    });
    expect(json({ action: 'nods at him', speech: 'Yes.' }).segments).toEqual([
      { kind: 'action', text: 'nods at him' },
      { kind: 'speech', text: 'Yes.' },
    ]);
    expect(json({ speech: '*nods* Yes.' }).segments.map(({ kind }) => kind)).toEqual(['action', 'speech']);
    expect(json({ speech: 'Listen:' }).segments).toEqual([{ kind: 'speech', text: 'Listen:' }]);
    // Its key says what it is.
    expect(json({ speech: 'I need to portray a queen.' })).toMatchObject({ rejected: false });
  });

  test('has plans in its texts and beside them', () => {
    expect(json({ plan: 'p', speech: '<think>q</think>Fine.' }).plan).toBe('p\nq');
    expect(readDraft('{"plan":"p","speech":"Fine."}', { ...OPTIONS, startInside: 'plan' })).toMatchObject({
      plan: 'p',
      segments: [{ kind: 'speech', text: 'Fine.' }],
    });
  });

  test('has as “thinking” a plan where nothing stands before it, else a thought', () => {
    expect(json({ thinking: 'p', speech: 'Fine.' })).toMatchObject({
      plan: 'p',
      segments: [{ kind: 'speech' }],
    });
    expect(json({ speech: 'Fine.', thinking: 'x' })).toMatchObject({
      plan: '',
      segments: [{ kind: 'speech' }, { kind: 'thought', text: 'x' }],
    });
    expect(json({ inner_monologue: 'x', speech: 'Fine.' })).toMatchObject({
      segments: [{ kind: 'thought', text: 'x' }, { kind: 'speech' }],
    });
  });

  test('ends where somebody else speaks', () => {
    expect(
      json([
        { speaker: 'Mara', speech: 'Fine.' },
        { speaker: 'Tobin', speech: 'No.' },
      ]),
    ).toMatchObject({
      segments: [{ kind: 'speech', text: 'Fine.' }],
      nextSpeaker: 'Tobin',
    });
    expect(json({ speech: 'Fine.\nTobin: No.', action: 'goes' })).toMatchObject({
      segments: [{ kind: 'speech', text: 'Fine.' }],
      faults: new Set(['json-reply', 'other-speaker']),
      nextSpeaker: 'Tobin',
    });
    expect(json([{ speaker: 'A stranger', speech: 'Fine.' }])).toMatchObject({
      segments: [{ kind: 'speech' }],
      nextSpeaker: undefined,
    });
  });

  test('is rejected where one of its texts is, or where nobody can read it', () => {
    expect(json({ speech: 'Fine, role_thnkng> he lies.', action: 'nods' }).rejected).toBe(true);
    expect(json({ action: 'nods, role_thnkng> he lies', speech: 'Fine.' }).rejected).toBe(true);
    expect(settle('{"speech": "Fine."')).toMatchObject({
      rejected: true,
      segments: [],
      faults: new Set(['json-reply']),
    });
  });

  test.each<[string, string]>([
    ['<think>p</think>\n', 'p'],
    ['\n<think>p</think> <think>q\r\nr</think>\n', 'p\nq\r\nr'],
    ['<|im_start|>assistant\n', ''],
    ['<|im_start|>assistant\n<think>p</think>', 'p'],
  ])('may stand behind a plan, or behind the signs of a chat template: %j', (before, plan) => {
    expect(settle(`${before}{"speech":"Fine."}`)).toMatchObject({
      plan,
      segments: [{ kind: 'speech', text: 'Fine.' }],
    });
    expect(settle(`${before}{"plan":"s","speech":"Fine."}<|im_end|>`)).toMatchObject({
      plan: `${plan}\ns`.trim(),
      segments: [{ kind: 'speech', text: 'Fine.' }],
    });
    expect(settle(`${before}{"speech":"Fine."`).rejected).toBe(true);
  });
});
