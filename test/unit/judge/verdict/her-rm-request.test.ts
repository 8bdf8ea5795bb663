import { describe, expect, test } from 'vitest';
import type { Principle } from '../../../../src/judge/principles/principle.ts';
import { askHerRm, HER_RM_FORM, isHerRm } from '../../../../src/judge/verdict/her-rm-request.ts';
import type { Comparing } from '../../../../src/judge/verdict/judging.ts';
import { principleLine } from '../../../../src/judge/verdict/plain-words.ts';
import type { Side } from '../../../../src/judge/verdict/verdict.ts';
import { weightOf } from '../../../../src/scene/weight-of.ts';
import { aPair, CONTEXT, PRINCIPLES } from './a-pair.ts';

const contentOf = (pair: Comparing, again?: 'prose') =>
  askHerRm(pair, 'first', again)
    .request.messages.map(({ content }) => content)
    .join('\n');

/** Parts of a request between the lines that only its nonce makes. */
function partsOf(content: string) {
  const nonce = /^\[([0-9a-f]{16})\] dialogue history$/mu.exec(content)?.[1] ?? '';
  const [before = '', ...parts] = content.split(`[${nonce}] `);
  return { before, parts };
}

describe('what HER’s reward model is asked', () => {
  test('is one message: the task, the history, both candidates, and the form at its end', () => {
    const asked = askHerRm(aPair(), 'first');
    expect(asked.request.messages.map(({ role }) => role)).toEqual(['user']);
    const { before, parts } = partsOf(contentOf(aPair()));
    expect(before).toMatch(/^You are given the history of a role-play dialogue/);
    expect(before.split('\n\n')).toEqual([...Array(3).fill(expect.stringMatching(/[.]$/u)), '']);
    expect(contentOf(aPair())).not.toContain('\n\n\n');
    expect(parts).toEqual([
      [
        'dialogue history',
        'System: Dr. Watson\nAn army surgeon home from Afghanistan, loyal and plain-spoken.\n',
        'Baker Street, morning.\n',
        'Sherlock Holmes: A consulting detective.\n',
        'A governess came for help.\n',
        'User: Environment: A cab rattles off below.\n',
        'Assistant: <role_thinking>He has not slept.</role_thinking>Good morning.\n',
        'User: Sherlock Holmes: What do you make of our visitor?\n',
      ].join('\n'),
      expect.stringMatching(/^cand_1\n<role_thinking>I must not be foolish again\./),
      'cand_2\nI could not say.\n',
      expect.stringMatching(/^end\n\n/),
    ]);
    expect(contentOf(aPair()).endsWith(HER_RM_FORM)).toBe(true);
  });

  test('joins lines of the same role, and takes a whisper of the speaker’s for its own', () => {
    const lines = [
      'Dr. Watson: One.',
      'Dr. Watson (whispering): Two.',
      'Holmes: Three.',
      'Environment: Four.',
    ];
    const context = { ...CONTEXT, sheet: '', setting: '', others: [], note: '', lines };
    expect(partsOf(contentOf(aPair({ context }))).parts[0]).toBe(
      [
        'dialogue history\nSystem: Dr. Watson',
        'Assistant: One.\n\nDr. Watson (whispering): Two.',
        'User: Holmes: Three.\n\nEnvironment: Four.\n',
      ].join('\n\n'),
    );
  });

  test('calls the candidates by their places', () => {
    expect(askHerRm(aPair(), 'first').labels).toEqual({ first: 'cand_1', second: 'cand_2' });
    expect(askHerRm(aPair(), 'second').labels).toEqual({ first: 'cand_2', second: 'cand_1' });
    expect(askHerRm(aPair(), 'second')).toMatchObject({ shownFirst: 'second', layout: 'her-rm' });
  });

  test('has the principles of the house, as many as there is room for, and none of ours', () => {
    expect(contentOf(aPair())).not.toContain('Where they apply');
    const long = (id: string): Principle =>
      ({ ...PRINCIPLES[2], id, source: 'server', asks: 'x'.repeat(600) }) as Principle;
    const ofTheHouse = { ...PRINCIPLES[2], id: 'short', source: 'server' } as Principle;
    const principles = [...PRINCIPLES, ofTheHouse, long('one'), long('two'), long('three')];
    const model = { ...aPair().model, contextSize: 64_000 };
    const content = contentOf(aPair({ principles, model }));
    const fit = [ofTheHouse, long('one'), long('two')].map(principleLine);
    expect(content).toContain(`Where they apply, these count, too:\n${fit.join('\n')}\n\n`);
    expect(content).not.toContain(principleLine(long('three')));
    expect(content).not.toContain(principleLine(PRINCIPLES[0] as Principle));
    // A line of just 1500, of which the dash, the id, the colon and two blanks are seven.
    const whole = { ...long('one'), asks: 'x'.repeat(1493) };
    expect(contentOf(aPair({ principles: [whole], model }))).toContain(principleLine(whole));
  });

  test('leaves it room to think: at least 4096 tokens, at most half of what it can read', () => {
    const tokens = (contextSize: number, maxTokens: number) =>
      askHerRm(aPair({ model: { name: 'HER-RM', contextSize, maxTokens } }), 'first').request.maxTokens;
    expect(tokens(32_768, 1024)).toBe(4096);
    expect(tokens(32_768, 6000)).toBe(6000);
    expect(tokens(6001, 1024)).toBe(3000);
  });

  test('is kept within what it can read, with long lines and long candidates, and is told that they were cut', () => {
    const lines = Array.from({ length: 200 }, (_, n) => `Holmes: This is line number ${n} of a long play.`);
    const first = { segments: [{ kind: 'speech' as const, text: 'a'.repeat(9000) }] };
    const model = { name: 'HER-RM', contextSize: 3000, maxTokens: 1024 };
    const pair = aPair({ model, first, context: { ...CONTEXT, lines } });
    expect(weightOf(contentOf(pair)) / 3 + 1500).toBeLessThanOrEqual(3000);
    expect(contentOf(pair)).toMatch(/\] end\n\n\([^\n]*was cut[^\n]*\)\n\n[^\n]/u);
  });

  test('stands in a fence drawn from what it holds, the same in both orders', () => {
    const seedOf = (pair: Comparing, shownFirst: Side) => askHerRm(pair, shownFirst).request.seed ?? 0;
    expect(seedOf(aPair(), 'second')).toBe(seedOf(aPair(), 'first'));
    expect(seedOf(aPair(), 'first')).toBeLessThan(2 ** 28);
    const second = { segments: [{ kind: 'speech' as const, text: 'Clay, I think.' }] };
    expect(seedOf(aPair({ second }), 'first')).not.toBe(seedOf(aPair(), 'first'));
  });

  test('is the same each time, and a second time something else', () => {
    const first = askHerRm(aPair(), 'first').request;
    expect(askHerRm(aPair(), 'first').request).toEqual(first);
    expect(first.temperature).toBe(0);
    const again = askHerRm(aPair(), 'first', 'prose').request;
    expect(again.temperature).toBe(0.7);
    expect(contentOf(aPair(), 'prose')).toBe(
      `${contentOf(aPair())}\n\nA first answer could not be used. Keep to this form.`,
    );
    expect(again.seed).toBe(first.seed);
    expect(askHerRm(aPair({ secret: 'another' }), 'first').request.seed).not.toBe(first.seed);
  });
});

test.each([
  ['ChengyuDu0123/HER-RM-32B', true],
  ['her-rm', true],
  ['HER-32B', false],
])('%s is HER’s reward model: %s', (name, expected) => {
  expect(isHerRm(name)).toBe(expected);
});
