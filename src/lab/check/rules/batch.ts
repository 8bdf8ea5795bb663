import { BATCH_LIMITS } from '../../calls/batch-line.ts';
import type { Level } from '../finding.ts';
import { isRecord } from '../rows/read-row.ts';
import { told } from './rule.ts';

/** Longer names are refused by some, and told apart by none. */
const LONGEST_ID = 64;

/** Where a batch may be sent to (lab.md 1.1, 1.2). */
const URLS: ReadonlySet<string> = new Set([
  '/v1/chat/completions',
  '/v1/completions',
  '/v1/responses',
  '/v1/embeddings',
  '/v1/moderations',
]);

const ABORTS = 'vllm run-batch gives up the whole file for it; OpenAI refuses the line';

export type BatchProblem = {
  readonly id: string;
  readonly level: Level;
  readonly what: string;
  readonly effect: string;
};

/** Which ids of a batch were seen; kept outside of memory. */
export type SeenIds = { has(id: string): boolean; add(id: string): void };

/**
 * Looks at the requests of one batch file, one after another (lab.md 1.1, 1.2): one model a file, 50,000
 * requests, 200 MB, each name once, no streams.
 */
export function lookAtBatch(seen: SeenIds): {
  look(value: Readonly<Record<string, unknown>>): readonly BatchProblem[];
  end(bytes: number): readonly BatchProblem[];
} {
  let requests = 0;
  let model: string | undefined;

  function look(value: Readonly<Record<string, unknown>>): BatchProblem[] {
    requests += 1;
    const problems: BatchProblem[] = [];
    const say = (id: string, what: string, effect = ABORTS) =>
      problems.push({ id, level: 'error', what, effect });
    const { custom_id: id, method, url, body } = value;
    if (typeof id !== 'string' || id === '') say('batch-id', 'it has no custom_id');
    else if (seen.has(id)) {
      say(
        'batch-same-id',
        `the custom_id ${told(id)} is there before`,
        'one of the two answers cannot be told apart',
      );
    } else {
      seen.add(id);
      if (id.length > LONGEST_ID)
        say('batch-id', `its custom_id has ${id.length} characters, 64 are allowed`);
    }
    if (method !== 'POST') say('batch-method', 'its method is not POST');
    if (typeof url !== 'string' || !URLS.has(url)) {
      say('batch-url', `its url is ${told(String(url), 40)}, which no batch is sent to`);
    }
    if (!isRecord(body)) {
      say('batch-body', 'it has no body');
      return problems;
    }
    if (typeof body['model'] !== 'string' || body['model'] === '')
      say('batch-model', 'its body names no model');
    else {
      model ??= body['model'];
      if (body['model'] !== model) {
        say(
          'batch-one-model',
          `it asks ${told(body['model'])}, the first line ${told(model)}`,
          'OpenAI takes one model a file; vllm run-batch answers 404',
        );
      }
    }
    if (body['stream'] !== undefined && body['stream'] !== false) say('batch-stream', 'it asks for a stream');
    if (url === '/v1/chat/completions' && !isChat(body['messages'])) {
      say('batch-messages', 'its body has no messages, or one of them has no role or content');
    }
    return problems;
  }

  function end(bytes: number): BatchProblem[] {
    const effect = 'the Batch API refuses the file: write smaller ones';
    const all: BatchProblem[] = [];
    if (requests > BATCH_LIMITS.requests) {
      const what = `${requests} requests, ${BATCH_LIMITS.requests} are allowed`;
      all.push({ id: 'batch-requests', level: 'error', what, effect });
    }
    if (bytes > BATCH_LIMITS.bytes) {
      const what = `${bytes} bytes, ${BATCH_LIMITS.bytes} are allowed`;
      all.push({ id: 'batch-bytes', level: 'error', what, effect });
    }
    return all;
  }

  return { look, end };
}

function isChat(messages: unknown): boolean {
  return (
    Array.isArray(messages) &&
    messages.length > 0 &&
    messages.every(
      (one) =>
        isRecord(one) &&
        typeof one['role'] === 'string' &&
        one['content'] !== undefined &&
        one['content'] !== '',
    )
  );
}
