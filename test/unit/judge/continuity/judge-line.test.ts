import { describe, expect, test } from 'vitest';
import type { Segment } from '../../../../src/format/segments.ts';
import { judgeLine } from '../../../../src/judge/continuity/judge-line.ts';
import { type ChatDelta, type ChatModel, ModelError } from '../../../../src/model/chat-model.ts';
import { answeringModel, NO_USAGE, promptOf } from '../../../support/answering-model.ts';

const SEGMENTS: readonly Segment[] = [
  { kind: 'thought', text: 'THOUGHT-CANARY: I never read.' },
  { kind: 'action', text: 'puts down the loaf' },
  { kind: 'speech', text: 'I read it in the Gazette of Paris.' },
];
const context = {
  speaker: 'Mira',
  sheet: 'She cannot read.',
  setting: 'An inn at the ford.',
  others: [{ name: 'Bertram', sheet: 'A carter with a limp.' }],
  lines: ['Bertram: Is there bread left?'],
  note: 'It has rained for days.',
};
const checked = { context, segments: SEGMENTS, secret: 'k3f9' };
const none = new AbortController().signal;

async function marksFor(quote: string) {
  const model = { ...answeringModel(), name: 'gemma' };
  model.stream = async function* () {
    yield { type: 'reasoning', text: '{"out_of_card": {"quote": "the loaf", "found": true}}' };
    yield { type: 'text', text: JSON.stringify({ out_of_card: { quote, found: true } }) };
  };
  return judgeLine(model, checked, none);
}

describe('a quote of a judge', () => {
  test.each([
    ['as it stands', 'I read it in the Gazette of Paris.', 'I read it in the Gazette of Paris'],
    ['with the fence behind it', 'the Gazette of Paris.\nend-k3f9', 'the Gazette of Paris'],
    ['with what follows the fence', 'of Paris.\nend-k3f9\n[Which of the four', 'of Paris'],
    ['with what stands before the fence', '## The line\nline-k3f9 puts down', 'puts down'],
    ['with tags', '<role_action>puts down the loaf</role_action>', 'puts down the loaf'],
    [
      'over two segments: the longer part',
      'the loaf</role_action>I read it in the Gazette',
      'I read it in the Gazette',
    ],
  ])('is believed %s', async (_name, said, quote) => {
    expect(await marksFor(said)).toEqual([{ kind: 'out-of-card', quote, by: 'gemma' }]);
  });

  test.each([
    ['of a thought', 'I never read'],
    ['of the sheet', 'She cannot read'],
    ['of what another said', 'Is there bread left?'],
    ['with words of its own', 'the Gazette of Paris is unknown to her'],
    ['that is the fence alone', 'line-k3f9'],
  ])('is not believed: %s', async (_name, said) => {
    expect(await marksFor(said)).toEqual([]);
  });
});

type Answers = (attempt: number) => Iterable<ChatDelta>;

const END: ChatDelta = { type: 'end', reason: 'stop', usage: NO_USAGE };
const FAULT = JSON.stringify({ out_of_card: { quote: 'the loaf', found: true } });
const MARKS = [{ kind: 'out-of-card', quote: 'the loaf', by: 'gemma' }];

/** A judge that answers each attempt as told, and what it was asked. */
function judge(answers: Answers) {
  const asked: string[] = [];
  const model: ChatModel = {
    ...answeringModel(),
    name: 'gemma',
    async *stream(request) {
      asked.push(promptOf(request));
      yield* answers(asked.length);
    },
  };
  return { asked, marks: (signal = none) => judgeLine(model, checked, signal) };
}

describe('an answer that cannot be read', () => {
  test('is asked for once more, saying so', async () => {
    const { asked, marks } = judge((attempt) => [
      { type: 'text', text: attempt === 1 ? 'Hm.' : FAULT.slice(0, 9) },
      { type: 'text', text: attempt === 1 ? 'No.' : FAULT.slice(9) },
      END,
    ]);
    expect(await marks()).toEqual(MARKS);
    expect(asked.map((prompt) => prompt.includes('could not be read'))).toEqual([false, true]);
  });

  test('is not asked for a third time', async () => {
    const { asked, marks } = judge(() => [{ type: 'text', text: 'Hm.' }, END]);
    expect(await marks()).toBeUndefined();
    expect(asked).toHaveLength(2);
  });

  test('is one that was only thought', async () => {
    const { marks } = judge(() => [{ type: 'reasoning', text: FAULT }, END]);
    expect(await marks()).toBeUndefined();
  });

  test.each([
    ['text', 21],
    ['reasoning', 61],
  ] as const)('in endless %s is not read to its end', async (type, thousands) => {
    const counts: number[] = [];
    const { marks } = judge(function* (attempt) {
      for (;;) {
        counts[attempt - 1] = (counts[attempt - 1] ?? 0) + 1;
        yield { type, text: 'x'.repeat(1000) };
      }
    });
    expect(await marks()).toBeUndefined();
    expect(counts).toEqual([thousands, thousands]);
  });
});

describe('a judge that fails', () => {
  test('is asked no more', async () => {
    const { asked, marks } = judge(() => {
      throw new ModelError('unreachable', 'gone', { retryable: true });
    });
    expect(await marks()).toBeUndefined();
    expect(asked).toHaveLength(1);
  });

  test('by a fault of ours is no missing answer', async () => {
    const { marks } = judge(() => {
      throw new TypeError('a fault');
    });
    await expect(marks()).rejects.toThrow('a fault');
  });

  test('because it was stopped, stops for that reason', async () => {
    const control = new AbortController();
    const { marks } = judge(() => {
      control.abort(new Error('stopped'));
      throw new ModelError('timeout', 'gone', { retryable: false });
    });
    await expect(marks(control.signal)).rejects.toThrow('stopped');
  });
});
