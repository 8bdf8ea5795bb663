import { type ChatRequest, ModelError } from '../../model/chat-model.ts';
import { type Answer, type Call, callKey, type FormatNote, type LabModel } from './call.ts';
import type { Journal } from './journal.ts';

/** What of an answer is written down and given back; the rest of it is forgotten there and then. */
export type Keep = (answer: Answer) => { readonly text: string; readonly format?: FormatNote };

export type AskOptions = {
  /** The how-manieth throw of the dice for the same words, from 1. */
  readonly take?: number;
  /** Left out: the text as it came, without the model’s own reasoning. */
  readonly keep?: Keep;
  /** 0 goes first, 9 last. */
  readonly priority?: number;
};

/**
 * Asks a model, once for the same words: an answer in the journal is given again, any other is written down
 * before it is used, and those who ask the same at once wait for one answer. It is given up only once all
 * of them have left.
 *
 * @throws ModelError where no answer comes, OperatorError where it cannot be written down; the signal’s
 *   reason when aborted
 */
export type Ask = (
  model: LabModel,
  request: ChatRequest,
  options: AskOptions,
  signal: AbortSignal,
) => Promise<Call>;

/** Where answers come from that the journal does not hold. @throws as `Ask` */
export type Source = (
  asked: {
    /** The name under which its answer will be written down. */
    readonly key: string;
    readonly request: ChatRequest;
    readonly model: LabModel;
    readonly priority?: number | undefined;
  },
  signal: AbortSignal,
) => Promise<Answer>;

/** A source that cannot answer now, but will have later. */
export class NotAnsweredYet extends ModelError {
  constructor() {
    super('unreachable', 'It is not answered yet.', { retryable: false });
    this.name = 'NotAnsweredYet';
  }
}

/** The name of a throw of the dice. */
export function keyOf(model: LabModel, request: ChatRequest, take = 1): string {
  const hash = callKey(model.bodyOf(request));
  return take === 1 ? hash : `${hash}-${take}`;
}

/** A call that is under way, and how many wait for it. */
type UnderWay = { readonly call: Promise<Call>; readonly stop: AbortController; waiting: number };

/**
 * The one place that asks and writes down.
 *
 * @param onCall told of every answer, also of those that were there
 * @param source the models themselves, where nothing is said
 */
export function createAsk(
  journal: Journal,
  onCall: (call: Call, isNew: boolean) => void = () => {},
  source: Source = theModel,
): Ask {
  const underWay = new Map<string, UnderWay>();

  async function askNow(asked: Parameters<Source>[0], keep: Keep, signal: AbortSignal): Promise<Call> {
    const answer = await source(asked, signal);
    const { text, format } = keep(answer);
    const { end, usage, served } = answer;
    const call: Call = {
      ...{ key: asked.key, text, end, usage },
      ...(served === undefined ? {} : { served }),
      ...(format ? { format } : {}),
    };
    await journal.append(call);
    onCall(call, true);
    // Somebody who left may have had an answer all the same: what is written down counts, for everyone.
    return (await journal.read(call.key)) ?? call;
  }

  function begin(asked: Parameters<Source>[0], keep: Keep): UnderWay {
    const stop = new AbortController();
    const one: UnderWay = { call: askNow(asked, keep, stop.signal), stop, waiting: 0 };
    const over = () => leave(asked.key, one);
    underWay.set(asked.key, one);
    one.call.then(over, over);
    return one;
  }

  function leave(key: string, one: UnderWay): void {
    if (underWay.get(key) === one) underWay.delete(key);
  }

  /** Waits for an answer that others may wait for too. */
  async function share(key: string, one: UnderWay, signal: AbortSignal): Promise<Call> {
    one.waiting += 1;
    let giveUp = () => {};
    try {
      return await new Promise<Call>((resolve, reject) => {
        giveUp = () => reject(signal.reason);
        signal.addEventListener('abort', giveUp, { once: true });
        one.call.then(resolve, reject);
      });
    } finally {
      signal.removeEventListener('abort', giveUp);
      one.waiting -= 1;
      if (signal.aborted && one.waiting === 0) {
        // Whoever asks from now on is not to wait for what is being given up.
        leave(key, one);
        one.stop.abort(signal.reason);
      }
    }
  }

  return async (model, request, { take = 1, keep = whole, priority }, signal) => {
    signal.throwIfAborted();
    const key = keyOf(model, request, take);
    const known = underWay.has(key) ? undefined : await journal.read(key);
    if (known) {
      onCall(known, false);
      return known;
    }
    signal.throwIfAborted();
    const one = underWay.get(key) ?? begin({ key, request, model, priority }, keep);
    return share(key, one, signal);
  };
}

const whole: Keep = ({ text }) => ({ text });

const theModel: Source = ({ model, request, priority }, signal) => model.ask(request, signal, priority);

/** No answer will get better by asking again. */
export function isHopeless(error: unknown): boolean {
  return (
    error instanceof ModelError && (error.failure === 'refused-key' || error.failure === 'unknown-model')
  );
}
