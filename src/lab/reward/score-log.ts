import { hash } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { OperatorError } from '../../errors.ts';
import type { Rollout, Scored } from './scorer.ts';

export type ScoreLog = {
  /** Never waits; what cannot be written is said once. */
  add(scored: Scored, rollout: Rollout): void;
  close(): Promise<void>;
};

/**
 * One line for each score, at the end of a file: when, hashes of context and response, reward, why, pattern.
 * No text is in it.
 *
 * @param onFailure told once, where a line could not be written; those behind it are not written either
 * @throws OperatorError where the file cannot be opened
 */
export async function openScoreLog(path: string, onFailure: (line: string) => void): Promise<ScoreLog> {
  const stream = createWriteStream(path, { flags: 'a', mode: 0o600 });
  try {
    await once(stream, 'open');
  } catch (error) {
    throw new OperatorError(`${path} cannot be written: check --log.`, error);
  }
  let isBroken = false;
  stream.on('error', () => {
    if (!isBroken) onFailure(`${path} cannot be written any more: scores are no longer logged.`);
    isBroken = true;
  });
  return {
    add({ score, source, ms, judgeMs }, { prepared, response, id }) {
      if (isBroken) return;
      const { reward, why, pattern, orders } = score;
      const line = {
        at: new Date().toISOString(),
        ...(id === undefined ? {} : { id }),
        context: prepared.key,
        response: hash('sha256', response).slice(0, 32),
        ...{ reward, why, pattern, source },
        better: orders.map(({ better }) => better),
        ms: Math.round(ms),
        judgeMs: Math.round(judgeMs),
      };
      stream.write(`${JSON.stringify(line)}\n`);
    },
    async close() {
      if (isBroken) return;
      stream.end();
      await finished(stream).catch(() => {});
    },
  };
}
