import { hash } from 'node:crypto';
import { z } from 'zod';
import { renderHer } from '../../format/render-her.ts';
import type { Segment } from '../../format/segments.ts';
import type { JudgeContext } from '../../judge/verdict/verdict.ts';
import { BadItem, readItem } from '../judge/input/read-item.ts';
import { createBoundedMap } from './bounded-map.ts';
import { gateTurn } from './format-gate.ts';
import { type RewardContext, rewardContextSchema } from './score-request.ts';

/** A request cannot be answered as it stands: 400, in these words. */
export class BadRequest extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'BadRequest';
  }
}

/** A reward context, taken apart once for all rollouts of its prompt. */
export type Prepared = {
  /** A short name for all of it. */
  readonly key: string;
  readonly context: JudgeContext;
  readonly who: { readonly speaker: string; readonly others: readonly string[] };
  /** Undefined where it is no legal turn: then nothing can be held against it. */
  readonly baseline: readonly Segment[] | undefined;
};

const MOST = { entries: 4096, bytes: 128 * 1024 * 1024 };

/**
 * Reads reward contexts. Of the text only what the speaker perceived is left, without system thinking and
 * without a thought of anybody else, whatever was sent. The same text is read once.
 *
 * @param longest characters of a baseline
 */
export function createPrepare(longest: number): (given: RewardContext | string) => Prepared {
  const known = createBoundedMap<Prepared>(MOST);
  return (given) => {
    const text = typeof given === 'string' ? given : JSON.stringify(given);
    const there = known.get(text);
    if (there) return there;
    const prepared = prepare(text, longest);
    // The text itself is the key; what is made of it is of about the same size.
    known.set(text, prepared, 4 * text.length);
    return prepared;
  };
}

function prepare(text: string, longest: number): Prepared {
  const { context, baseline } = readContext(text);
  const who = { speaker: context.speaker, others: context.others.map(({ name }) => name) };
  const { context: seen } = itemOf(context);
  const gated = gateTurn(baseline, who, 'optional', longest);
  const told = gated.legal ? renderHer(gated.segments) : '';
  return {
    key: hash('sha256', JSON.stringify([seen, told])).slice(0, 32),
    context: seen,
    who,
    baseline: gated.legal ? gated.segments : undefined,
  };
}

function readContext(text: string): RewardContext {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    throw new BadRequest('reward_context is no JSON');
  }
  const read = rewardContextSchema.safeParse(raw);
  if (read.success) return read.data;
  throw new BadRequest(`reward_context: ${problemsOf(read.error)}`);
}

/** As the judge’s own files are read: made harmless, others’ thoughts left out, Discord’s words refused. */
function itemOf(context: RewardContext['context']) {
  const nothing = [{ text: '' }, { text: '' }];
  try {
    return readItem(JSON.stringify({ id: 'reward', context, candidates: nothing }), 'reward');
  } catch (error) {
    if (error instanceof BadItem) throw new BadRequest(`reward_context: ${error.message}`);
    throw error;
  }
}

/** The first problems, each under its place. */
export function problemsOf({ issues }: z.ZodError): string {
  return issues
    .slice(0, 3)
    .map(({ path, message }) => (path.length > 0 ? `${z.core.toDotPath(path)}: ${message}` : message))
    .join('; ');
}
