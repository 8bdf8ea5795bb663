import { describe, expect, test } from 'vitest';
import type { Comparing } from '../../../../src/judge/verdict/judging.ts';
import { askPlain } from '../../../../src/judge/verdict/plain-request.ts';
import {
  AGAIN,
  ANSWER_SCHEMA,
  ASK,
  principleLists,
  RULES,
} from '../../../../src/judge/verdict/plain-words.ts';
import type { Missing, Side } from '../../../../src/judge/verdict/verdict.ts';
import { aPair, CONTEXT, PRINCIPLES } from './a-pair.ts';

/** Both messages of a request; of the second what stands under each fence, the one of the play first. */
function asked(changes: Partial<Comparing> = {}, shownFirst: Side = 'first', again?: Missing) {
  const { labels, request } = askPlain(aPair(changes), shownFirst, again);
  const [system, user] = request.messages;
  const content = user?.content ?? '';
  const nonces = [...content.matchAll(/^\[([0-9a-f]{16})\] end$/gmu)].map(([, nonce]) => nonce);
  const [play = '', candidates = ''] = content.split(`\n[${nonces[0]}] end\n\n`);
  return {
    labels,
    request,
    roles: request.messages.map(({ role }) => role),
    system: system?.content,
    play: play.split(`[${nonces[0]}] `),
    candidates: candidates.split(`[${nonces[1]}] `),
  };
}

describe('what any judge is asked', () => {
  test('are the rules with the principles, then the play and the candidates', () => {
    const { roles, system } = asked();
    expect(roles).toEqual(['system', 'user']);
    expect(system).toBe(`${RULES}\n\n${principleLists(PRINCIPLES.slice(0, 2), PRINCIPLES.slice(2))}`);
    expect(asked({ principles: [] }).system).toBe(RULES);
  });

  test('of the play is all that the speaker knows, under headings', () => {
    expect(asked().play).toEqual([
      '',
      'the speaker\nDr. Watson\n\nAn army surgeon home from Afghanistan, loyal and plain-spoken.\n',
      'the scene\nBaker Street, morning.\n',
      'who else is there\nSherlock Holmes: A consulting detective.\n',
      'what came before, in brief\nA governess came for help.\n',
      [
        'the play so far, as the speaker perceived it\nEnvironment: A cab rattles off below.',
        'Dr. Watson: <role_thinking>He has not slept.</role_thinking>Good morning.',
        'Sherlock Holmes: What do you make of our visitor?',
      ].join('\n\n'),
    ]);
  });

  test('of others has a line for each', () => {
    const others = [
      { name: 'Toby', sheet: 'A dog.' },
      { name: 'Mary', sheet: 'A governess.' },
    ];
    expect(asked({ context: { ...CONTEXT, others } }).play).toContain(
      'who else is there\nToby: A dog.\nMary: A governess.\n',
    );
  });

  test('leaves out what there is nothing of, but says that nothing has happened', () => {
    const context = { speaker: 'Toby', sheet: '', setting: '', others: [], note: '', lines: [] };
    expect(asked({ context }).play).toEqual([
      '',
      'the speaker\nToby\n',
      expect.stringMatching(/^the play so far, as the speaker perceived it\n\(Nothing [^\n]+\)$/u),
    ]);
  });

  test('ends with the candidates as they are shown, and the question', () => {
    const words = {
      first:
        '<role_thinking>I must not be foolish again.</role_thinking><role_action>takes the glove</role_action>A governess, and in haste.\n',
      second: 'I could not say.\n',
    };
    for (const shownFirst of ['first', 'second'] as const) {
      const other = shownFirst === 'first' ? 'second' : 'first';
      const { candidates, labels } = asked({}, shownFirst);
      expect(candidates).toEqual([
        expect.stringMatching(/candidates[^\n]*:\n\n$/u),
        `candidate ${labels[shownFirst]}\n${words[shownFirst]}`,
        `candidate ${labels[other]}\n${words[other]}`,
        `end\n\n${ASK}`,
      ]);
    }
  });

  test('a second time is told what was wrong, and may answer something else', () => {
    expect(asked({}, 'first', 'half').candidates.at(-1)).toBe(`end\n\n${ASK} ${AGAIN.half}`);
    expect(asked().request.temperature).toBe(0);
    expect(asked({}, 'first', 'half').request.temperature).toBe(0.7);
  });

  test('is answered as JSON of one shape', () => {
    expect(asked().request.jsonSchema).toEqual({ name: 'verdict', schema: ANSWER_SCHEMA });
  });

  test.each([
    [16_384, 1024, 1024],
    [32_768, 8000, 4096],
    [3002, 2000, 1000],
  ])('by a judge that reads %i tokens and may write %i in %i', (contextSize, maxTokens, expected) => {
    const model = { name: 'm', contextSize, maxTokens };
    expect(asked({ model }).request.maxTokens).toBe(expected);
  });

  test('has a seed of its own that any server takes, the same each time', () => {
    const seeds = ['one', 'two', 'two'].map((secret) => asked({ secret }).request.seed ?? 0);
    expect(new Set(seeds).size).toBe(2);
    for (const seed of seeds) expect(seed).toBeLessThan(2 ** 28);
  });
});
