import type { z } from 'zod';
import type { CollapseFigures } from '../../patterns/collapse-monitor.ts';
import type { RewardMetrics } from '../metrics.ts';
import { openRlhfAnswer, openRlhfSchema, samplesOf } from '../openrlhf.ts';
import { BadRequest, type Prepared, problemsOf } from '../prepare.ts';
import { type RewardContext, scoreRequestSchema } from '../score-request.ts';
import type { Rollout, Scorer } from '../scorer.ts';
import type { Page, Route } from './reward-server.ts';

export type Behind = {
  readonly scorer: Scorer;
  readonly prepare: (given: RewardContext | string) => Prepared;
  readonly metrics: Pick<RewardMetrics, 'text' | 'contentType'>;
  readonly collapse: () => CollapseFigures;
  readonly health: () => Promise<Health>;
};

/** `ok`; `stopping`; `judge-unreachable`: samples are dropped until it is back. */
export type Health = {
  readonly status: 'ok' | 'stopping' | 'judge-unreachable';
  readonly [fact: string]: unknown;
};

/** The server’s addresses. */
export function rewardRoutes({ scorer, prepare, metrics, collapse, health }: Behind): Record<string, Route> {
  /** Contexts are read before anything is asked: a bad one spoils the request, and says which it is. */
  function rolloutsOf(samples: readonly Asked[]): Rollout[] {
    return samples.map(({ reward_context, response, id }, at) => {
      try {
        const prepared = prepare(reward_context);
        return { prepared, response, ...(id === undefined ? {} : { id }) };
      } catch (error) {
        if (error instanceof BadRequest) throw new BadRequest(`sample ${at}: ${error.message}`);
        throw error;
      }
    });
  }

  return {
    '/v1/score': {
      method: 'POST',
      async answer(body, gone) {
        const { samples } = parsed(scoreRequestSchema, body);
        const { scores, use } = await scorer.score(rolloutsOf(samples), gone);
        return {
          scores: scores.map((score, at) => ({ id: samples[at]?.id ?? String(at), ...score })),
          usage: use,
        };
      },
    },
    '/get_reward': {
      method: 'POST',
      async answer(body, gone) {
        const samples = samplesOf(parsed(openRlhfSchema, body));
        const { scores } = await scorer.score(rolloutsOf(samples), gone);
        return openRlhfAnswer(scores);
      },
    },
    '/health': {
      method: 'GET',
      open: true,
      async answer() {
        const found = await health();
        return page(found, found.status === 'ok' ? 200 : 503);
      },
    },
    '/metrics': {
      method: 'GET',
      async answer() {
        return { status: 200, text: await metrics.text(), type: metrics.contentType };
      },
    },
    '/v1/monitor': { method: 'GET', answer: () => page(collapse()) },
  };
}

type Asked = {
  readonly id?: string | undefined;
  readonly reward_context: RewardContext | string;
  readonly response: string;
};

function page(value: unknown, status = 200): Page {
  return { status, text: JSON.stringify(value), type: 'application/json; charset=utf-8' };
}

function parsed<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  const read = schema.safeParse(body);
  if (read.success) return read.data;
  throw new BadRequest(problemsOf(read.error));
}
