import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { progressWords } from '../../../../src/cli/lab/eval/progress-words.ts';
import { createProgressLine } from '../../../../src/cli/lab/progress-line.ts';
import type { EvalProgress } from '../../../../src/lab/eval/eval-run.ts';

const progress = (ms: number, change: Partial<EvalProgress> = {}): EvalProgress => ({
  scenes: { all: 10, played: 4, judged: 3, failed: 0 },
  rounds: 80,
  calls: { all: 200, asked: 150, known: 50, expected: 500 },
  tokens: 90_000,
  tokensPerSecond: 812.3,
  cost: 1.234,
  ms,
  ...change,
});

/** What stands on the screen after these looks. */
async function shown(isTTY: boolean, looks: readonly EvalProgress[]): Promise<string> {
  const out = Object.assign(new PassThrough(), { isTTY });
  const line = createProgressLine<EvalProgress>(out, (now) => progressWords(now, 'EUR'));
  for (const look of looks) line.show(look);
  line.end();
  line.end();
  out.end();
  return text(out);
}

test('says scenes, rounds, answers, speed, cost and what is left by the pace so far', () => {
  expect(progressWords(progress(60_000), 'EUR')).toBe(
    '4 played, 3 judged of 10 scenes · 80 rounds · 200 of at most 500 answers (50 were there) · 812 tokens/s · 1.23 EUR · 2 min left',
  );
  const failing = progress(1000, { scenes: { all: 10, played: 4, judged: 3, failed: 1 }, cost: undefined });
  expect(progressWords(failing, 'EUR')).toContain('1 failed');
  expect(progressWords(failing, 'EUR')).not.toContain('EUR');
});

test('on a terminal it is one line', async () => {
  const screen = await shown(true, [progress(0), progress(50), progress(150), progress(160)]);
  expect(screen.split('\r\u001b[K').filter(Boolean)).toHaveLength(3);
  expect(screen.match(/\n/gu)).toHaveLength(1);
});

test('else a line now and then, and one at the end', async () => {
  const looks = [progress(10), progress(9000), progress(10_500), progress(12_000), progress(21_000)];
  expect((await shown(false, looks)).trim().split('\n')).toHaveLength(3);
});
