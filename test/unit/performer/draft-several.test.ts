import { describe, expect, test } from 'vitest';
import { type ChatDelta, ModelError } from '../../../src/model/chat-model.ts';
import { draftSeveral, type SeveralOptions } from '../../../src/performer/draft-several.ts';
import { answeringModel } from '../../support/answering-model.ts';

type Answer = string | Error | Promise<string | Error>;

/** A model that answers the `n`-th request (from 0) with the `n`-th of these, and notes when each came. */
function answering(answers: readonly Answer[]) {
  const events: string[] = [];
  let came = 0;
  const model = answeringModel({
    async *stream(_request, signal): AsyncGenerator<ChatDelta> {
      const n = came++;
      events.push(`asked ${n}`);
      const given = answers[n];
      if (given === undefined) throw new Error(`nobody expected request ${n}`);
      // What is still to come ends with the signal, as a real request does.
      const answer = await Promise.race([given, untilAborted(signal)]);
      if (answer instanceof Error) throw answer;
      events.push(`first of ${n}`);
      yield { type: 'text', text: answer };
      events.push(`end of ${n}`);
    },
  });
  return { model, events };
}

function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

function options(
  model: SeveralOptions['model'],
  count: number,
): SeveralOptions & { readonly drafts: string[]; readonly tries: boolean[] } {
  const drafts: string[] = [];
  const tries: boolean[] = [];
  let time = 0;
  return {
    model,
    count,
    drafts,
    tries,
    request: (secondTry) => {
      tries.push(secondTry);
      return { messages: [{ role: 'user', content: 'Go on.' }], maxTokens: 64, temperature: 1 };
    },
    parser: { speaker: { name: 'Tom', aliases: [] }, others: ['Ines'] },
    echoes: (visible) => visible.includes('ECHO'),
    now: () => (time += 10),
    onDraft: (turn, at, attempt) => drafts.push(`${at}.${attempt} ${turn.usable ? 'usable' : 'unusable'}`),
  };
}

const never = new AbortController().signal;
const lost = new ModelError('server-error', 'It fell over.', { retryable: true });
const refused = new ModelError('refused-key', 'The key is wrong.', { retryable: false });
const UNUSABLE = '<system_thinking>a plan that never ends';

const said = ({ turns }: Awaited<ReturnType<typeof draftSeveral>>) =>
  turns.map(({ at, turn }) => `${at}: ${turn.segments.map(({ text }) => text).join(' ')}`);

describe('several drafts', () => {
  test('the others start when the first has begun to answer, all from one prompt', async () => {
    const { model, events } = answering(['One.', 'Two.', 'Three.']);
    const asked = options(model, 3);
    expect(said(await draftSeveral(asked, never))).toEqual(['0: One.', '1: Two.', '2: Three.']);
    expect(events.slice(0, 2)).toEqual(['asked 0', 'first of 0']);
    expect(events.filter((event) => event.startsWith('asked'))).toHaveLength(3);
    expect(asked.tries).toEqual([false]);
    expect(asked.drafts.toSorted()).toEqual(['0.1 usable', '1.1 usable', '2.1 usable']);
  });

  test.each([
    ['is empty', ''],
    ['cannot be read', UNUSABLE],
    ['repeats its instructions', 'ECHO of the rules'],
    ['reads as another does', 'Two.'],
    ['fails', lost],
  ])('one that %s is left out, and costs no second attempt', async (_, first) => {
    const { model, events } = answering([first, 'Two.', 'Three.']);
    const drafted = await draftSeveral(options(model, 3), never);
    const words = said(drafted).map((one) => one.slice(3));
    expect(words).toEqual(['Two.', 'Three.']);
    expect(events.filter((event) => event.startsWith('asked'))).toHaveLength(3);
  });

  test('only the first of those that read the same stays, whatever was thought', async () => {
    const { model } = answering([
      '<role_thinking>mine</role_thinking>Aye.',
      '<role_thinking>yours</role_thinking> Aye. ',
    ]);
    const { turns } = await draftSeveral(options(model, 2), never);
    expect(turns.map(({ at, turn }) => [at, turn.segments[0]?.text])).toEqual([[0, 'mine']]);
  });

  test('only where none is usable has each its second attempt', async () => {
    const { model } = answering([UNUSABLE, '', 'One at last.', UNUSABLE]);
    const asked = options(model, 2);
    const { turns } = await draftSeveral(asked, never);
    expect(turns.map(({ at, attempts }) => ({ at, attempts }))).toEqual([{ at: 0, attempts: 2 }]);
    expect(asked.tries).toEqual([false, true]);
    expect(asked.drafts.toSorted()).toEqual(['0.1 unusable', '0.2 usable', '1.1 unusable', '1.2 unusable']);
  });

  test('none that is usable after that: none, and no third attempt', async () => {
    const { model } = answering(['', '', '', '']);
    expect(await draftSeveral(options(model, 2), never)).toEqual({ turns: [], waitedMs: 0 });
  });

  test('where all fail, the first one’s failure is thrown; a bug is never taken for one', async () => {
    const other = new ModelError('timeout', 'It said nothing.', { retryable: true });
    await expect(draftSeveral(options(answering([lost, other]).model, 2), never)).rejects.toBe(lost);
    const bug = new TypeError('a bug');
    await expect(draftSeveral(options(answering(['One.', bug]).model, 2), never)).rejects.toBe(bug);
  });

  test('a refusal that would meet all of them is asked for once', async () => {
    const { model, events } = answering([refused]);
    await expect(draftSeveral(options(model, 4), never)).rejects.toBe(refused);
    expect(events).toEqual(['asked 0']);
  });

  test('one that fails half-way ends no other', async () => {
    let pieces = 0;
    const model = answeringModel({
      async *stream(): AsyncGenerator<ChatDelta> {
        yield { type: 'text', text: `Piece ${pieces++}` };
        if (pieces === 1) throw lost;
      },
    });
    expect((await draftSeveral(options(model, 2), never)).turns).toHaveLength(1);
  });

  test('how long the first usable one waited for the others is told', async () => {
    const late = Promise.withResolvers<string>();
    const asked = options(answering(['One.', late.promise]).model, 2);
    const done = draftSeveral(asked, never);
    while (asked.drafts.length === 0) await new Promise(setImmediate);
    late.resolve('Two.');
    expect((await done).waitedMs).toBeGreaterThan(0);
    const alone = options(answering(['One.', lost]).model, 2);
    expect((await draftSeveral(alone, never)).turns).toHaveLength(1);
  });

  test('an abort ends all of them, before and after the first has begun', async () => {
    const waits = new Promise<string>(() => {});
    const before = new AbortController();
    const early = answering([waits]);
    const one = draftSeveral(options(early.model, 3), before.signal);
    before.abort();
    await expect(one).rejects.toBe(before.signal.reason);
    expect(early.events).toEqual(['asked 0']);

    const after = new AbortController();
    const asked = options(answering(['One.', waits, waits]).model, 3);
    const other = draftSeveral(asked, after.signal);
    while (asked.drafts.length === 0) await new Promise(setImmediate);
    after.abort();
    await expect(other).rejects.toBe(after.signal.reason);
  });
});
