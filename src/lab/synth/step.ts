import type { ChatModel, ChatRequest } from '../../model/chat-model.ts';
import type { Conversation } from './record/conversation.ts';

/** The steps, in their order (her-spec 6). */
export const STEPS = ['load', 'think', 'reorder', 'draft', 'plan', 'setting', 'validate'] as const;
export type StepName = (typeof STEPS)[number];

/**
 * Who is asked. `teacher` writes; `drafter` plays forward, and what it reasons is the draft of a plan;
 * `judge` looks at a sample.
 */
export type SynthRole = 'teacher' | 'drafter' | 'judge';

/** Something that was not done, and why. Without `turn` and `character` it is the whole conversation. */
export type Reject = {
  /** One of a few, in kebab case: they are counted. */
  readonly why: string;
  /** Id of the turn; it stays as it was. */
  readonly turn?: number;
  readonly character?: string;
  /** For a person: one line. */
  readonly detail?: string;
};

export type StepResult = {
  /** What goes on; absent: the conversation goes no further, and `rejects` says why. */
  readonly record?: Conversation;
  readonly rejects: readonly Reject[];
  /** What was done, by name (`turns`, `enhanced`): summed up in the manifest. */
  readonly counts: Readonly<Record<string, number>>;
};

/** An answer as a step reads it. `reasoning`: the model’s own channel, kept for the drafter alone. */
export type StepAnswer = {
  readonly text: string;
  readonly reasoning: string;
  readonly end: 'stop' | 'length' | 'filter' | 'other';
};

export type StepTools = {
  /**
   * One answer; the same words are asked once. `take`: the how-manieth throw for the same words, from 1.
   *
   * @throws NotAnsweredYet where requests are written into a batch; ModelError where no answer comes: a step
   *   lets both pass; the signal’s reason when aborted
   */
  ask(role: SynthRole, request: ChatRequest, options?: { readonly take?: number }): Promise<StepAnswer>;
  /** Name and figures of who is asked. */
  model(role: SynthRole): Pick<ChatModel, 'name' | 'contextSize' | 'maxTokens' | 'temperature'>;
  /** What drawings of lots begin with. */
  readonly seed: number;
  readonly signal: AbortSignal;
};

/** A step over conversations, one at a time: it keeps nothing from one to the next. */
export type Step = {
  readonly name: Exclude<StepName, 'load'>;
  /** For a person, while it runs: `thinks`. */
  readonly title: string;
  readonly roles: readonly SynthRole[];
  /**
   * What is sent, written out for a sample, by a name for each: a folder that was begun with other words is
   * not gone on with, and the person is shown what changed.
   */
  readonly prompts: Readonly<Record<string, string>>;
  /** Whatever else decides what it does: limits, temperatures, the version of its rules. */
  readonly settings: Readonly<Record<string, string | number | boolean>>;
  work(record: Conversation, tools: StepTools): Promise<StepResult>;
};

/**
 * Does things side by side and waits for all of them, so that a batch holds every request there is; then
 * the first error counts.
 * @throws whatever one of them threw
 */
export async function sideBySide<T>(tasks: readonly Promise<T>[]): Promise<T[]> {
  const settled = await Promise.allSettled(tasks);
  return settled.map((one) => {
    if (one.status === 'rejected') throw one.reason;
    return one.value;
  });
}
