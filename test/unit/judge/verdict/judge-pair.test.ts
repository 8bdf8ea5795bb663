import { describe, expect, test } from 'vitest';
import { judgePair } from '../../../../src/judge/verdict/judge-pair.ts';
import type { Judging } from '../../../../src/judge/verdict/judging.ts';
import { askOrder } from '../../../../src/judge/verdict/order-request.ts';
import type { Side } from '../../../../src/judge/verdict/verdict.ts';
import {
  type ChatDelta,
  type ChatModel,
  type ChatRequest,
  ModelError,
} from '../../../../src/model/chat-model.ts';
import { answeringModel, NO_USAGE } from '../../../support/answering-model.ts';
import { aPair } from './a-pair.ts';

type Answers = (shownFirst: Side, attempt: number) => Iterable<ChatDelta>;

const END: ChatDelta = { type: 'end', reason: 'stop', usage: NO_USAGE };
const text = (said: string): ChatDelta => ({ type: 'text', text: said });

/** A pair before a judge that answers each order, and each attempt at it, as told. */
function judging(answers: Answers) {
  const asked: ChatRequest[] = [];
  const attempts = new Map<Side, number>();
  const pair = aPair();
  const first = askOrder(pair, 'first').request.messages.at(-1)?.content ?? '';
  const model: ChatModel = {
    ...answeringModel(),
    ...pair.model,
    async *stream(request, signal) {
      signal.throwIfAborted();
      asked.push(request);
      const side = request.messages.at(-1)?.content.startsWith(first) ? 'first' : 'second';
      const attempt = (attempts.get(side) ?? 0) + 1;
      attempts.set(side, attempt);
      yield* answers(side, attempt);
    },
  };
  return { judging: { ...pair, model } satisfies Judging, asked };
}

/** An answer that names a side by what it is called in that order. */
function names(side: Side, shownFirst: Side): ChatDelta[] {
  const said = JSON.stringify({ better: askOrder(aPair(), shownFirst).labels[side] });
  return [text(said.slice(0, 5)), text(said.slice(5)), END];
}

const signal = () => new AbortController().signal;

describe('a pair', () => {
  test('is judged in both orders, and won by whom both name', async () => {
    const { judging: pair, asked } = judging((shownFirst) => names('second', shownFirst));
    const verdict = await judgePair(pair, signal());
    expect(verdict).toMatchObject({ how: 'judged', winner: 'second', flipped: false });
    expect(verdict.orders.map(({ shownFirst }) => shownFirst)).toEqual(['first', 'second']);
    expect(verdict.orders.map(({ attempts, usage }) => [attempts, usage])).toEqual([
      [1, [NO_USAGE]],
      [1, [NO_USAGE]],
    ]);
    expect(asked).toHaveLength(2);
  });

  test('is a tie where the orders do not agree', async () => {
    const { judging: pair } = judging((shownFirst) => names(shownFirst, shownFirst));
    expect(await judgePair(pair, signal())).toMatchObject({ winner: 'tie', flipped: true });
  });

  test('of the same turn twice is decided without a judge', async () => {
    const { judging: pair, asked } = judging(() => []);
    const verdict = await judgePair({ ...pair, second: pair.first }, signal());
    expect(verdict).toMatchObject({ how: 'identical', winner: 'tie' });
    expect(asked).toEqual([]);
  });
});

describe('an answer that cannot be read', () => {
  test('is asked for once more, saying why', async () => {
    const { judging: pair, asked } = judging((shownFirst, attempt) =>
      attempt === 1 ? [text('I cannot say.'), END] : names('first', shownFirst),
    );
    const verdict = await judgePair(pair, signal());
    expect(verdict.winner).toBe('first');
    expect(verdict.orders.map(({ attempts, usage }) => [attempts, usage.length])).toEqual([
      [2, 2],
      [2, 2],
    ]);
    const again = askOrder(aPair(), 'first', 'prose').request.messages;
    expect(asked.map(({ messages }) => messages)).toContainEqual(again);
  });

  test('is not asked for a third time', async () => {
    const { judging: pair, asked } = judging(() => [text('I cannot say.'), END]);
    const verdict = await judgePair(pair, signal());
    expect(verdict.winner).toBe('missing');
    expect(verdict.orders.map(({ outcome }) => outcome)).toEqual([
      { type: 'missing', why: 'prose' },
      { type: 'missing', why: 'prose' },
    ]);
    expect(asked).toHaveLength(4);
  });

  test.each<[string, ChatDelta[]]>([
    [
      'half',
      [
        { type: 'reasoning', text: 'Hm.' },
        { ...END, reason: 'length' },
      ],
    ],
    ['empty', [{ type: 'reasoning', text: 'Hm.' }, END]],
    ['empty', [text('  '), END]],
    ['empty', [text('  ')]],
    ['half', [text(' '), { ...END, reason: 'length' }]],
    ['prose', [text('Well.'), { ...END, reason: 'length' }]],
  ])('is missing because it is %s', async (why, deltas) => {
    const { judging: pair } = judging(() => deltas);
    const { orders } = await judgePair(pair, signal());
    expect(orders.map(({ outcome }) => outcome)).toEqual([
      { type: 'missing', why },
      { type: 'missing', why },
    ]);
  });

  test.each([
    ['text', 65],
    ['reasoning', 121],
  ] as const)('in endless %s is not read to its end', async (type, thousands) => {
    const counts: number[] = [];
    const { judging: pair } = judging(function* () {
      const at = counts.push(0) - 1;
      for (;;) {
        counts[at] = (counts[at] ?? 0) + 1;
        yield { type, text: 'x'.repeat(1000) };
      }
    });
    await judgePair(pair, signal());
    expect(new Set(counts)).toEqual(new Set([thousands]));
  });
});

describe('a judge that fails', () => {
  test('is asked no more: its verdict is missing', async () => {
    const { judging: pair, asked } = judging(() => {
      throw new ModelError('unreachable', 'gone', { retryable: true });
    });
    const verdict = await judgePair(pair, signal());
    expect(verdict.winner).toBe('missing');
    expect(verdict.orders.map(({ outcome, attempts }) => [outcome, attempts])).toEqual([
      [{ type: 'missing', why: 'model-failed' }, 1],
      [{ type: 'missing', why: 'model-failed' }, 1],
    ]);
    expect(asked).toHaveLength(2);
  });

  test('by a fault of ours is no missing verdict', async () => {
    const { judging: pair } = judging(() => {
      throw new TypeError('a fault');
    });
    await expect(judgePair(pair, signal())).rejects.toThrow('a fault');
  });

  test('because it was stopped, stops', async () => {
    const control = new AbortController();
    const { judging: pair } = judging((shownFirst) => {
      // The other order was asked before.
      if (shownFirst === 'first') return names('first', shownFirst);
      control.abort(new Error('stopped'));
      throw new ModelError('timeout', 'gone', { retryable: false });
    });
    await expect(judgePair(pair, control.signal)).rejects.toThrow('stopped');
    await expect(judgePair({ ...pair, second: pair.first }, control.signal)).rejects.toThrow('stopped');
  });
});
