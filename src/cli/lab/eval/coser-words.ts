import type { BatchOutcome } from '../../../lab/eval/batch-eval.ts';
import type { EvalProgress } from '../../../lab/eval/eval-run.ts';
import type { EvalPlan } from '../../../lab/eval/plan.ts';
import type { EvalResult, Figure } from '../../../lab/eval/result.ts';
import { plainLine } from '../../../lab/report/plain.ts';

/**
 * The table for people: every score stands beside the judge and what the judge is told.
 * @param now answers of the run, as its progress tells
 */
export function resultWords(
  { manifest, figures, cases, failed }: EvalResult,
  out: string,
  now?: EvalProgress['calls'],
): string {
  const { judge, data, protocol, currency } = manifest;
  const names = Object.keys(figures.score);
  const width = Math.max(...names.map((name) => name.length));
  const lines = [
    `CoSER scenes, protocol ${protocol}: ${cases.length} of ${data.scenes} scenes scored, ${figures.invalid} of them invalid`,
    `judge ${judge.model}, prompt ${judge.hash}${judge.times > 1 ? `, each judgement ${judge.times} times` : ''}`,
    '',
    `${''.padEnd(width)}  ${'score'.padEnd(27)}honest`,
    ...names.map(
      (name) =>
        `${name.padEnd(width)}  ${figureWords(figures.score[name]).padEnd(27)}${figureWords(figures.honest[name])}`,
    ),
    '',
    `usable answers ${share(figures.usable)}, leaks ${figures.leaks}, BLEU ${figures.bleu.mean?.toFixed(4) ?? '-'}, ROUGE-L ${figures.rougeL.mean?.toFixed(4) ?? '-'}`,
    ...Object.entries(manifest.roles).map(
      ([role, { model, calls, promptTokens, completionTokens, cost, latency }]) =>
        `${role.padEnd(9)} ${model}: ${calls} answers, ${promptTokens} + ${completionTokens} tokens, p50 ${Math.round(latency.p50)} ms, p95 ${Math.round(latency.p95)} ms${cost === undefined ? '' : `, ${cost.toFixed(2)} ${currency}`}`,
    ),
    ...(now ? [`${now.all} answers: ${now.asked} were got now, ${now.known} were there`] : []),
    ...failed.map(({ id, why }) => `not scored: ${plainLine(id)}: ${plainLine(why, 500)}`),
    ...manifest.remarks.map((remark) => `note: ${remark}`),
    `All of it is in ${out}: report.html, results.json, transcripts.jsonl, calls.jsonl`,
  ];
  return `${lines.join('\n')}\n`;
}

function figureWords(figure: Figure | undefined): string {
  if (!figure || figure.mean === null) return '-';
  const { mean, low, high, n } = figure;
  const interval = low === null || high === null ? '' : ` [${low.toFixed(1)}, ${high.toFixed(1)}]`;
  return `${mean.toFixed(2)}${interval} n=${n}`;
}

function share({ mean }: Figure): string {
  return mean === null ? '-' : `${(100 * mean).toFixed(1)} %`;
}

/** What a run may take, before anything is asked. */
export function planWords({ scenes, calls, tokens, cost, roles }: EvalPlan, currency: string): string {
  const price = (one: number | undefined) =>
    one === undefined ? 'no price set' : `${one.toFixed(2)} ${currency}`;
  const lines = [
    `${scenes} scenes, at most ${calls} calls and about ${thousands(tokens)} tokens: ${price(cost)}`,
    ...Object.entries(roles).map(
      ([role, one]) =>
        `${role.padEnd(9)} ${one.model}: ${one.calls} calls, ${thousands(one.promptTokens)} + ${thousands(one.completionTokens)} tokens, ${price(one.cost)}`,
    ),
    'An estimate from the records: turns as long as in the reference conversations, each scene to its last round, nothing cached. Nothing was asked.',
  ];
  return `${lines.join('\n')}\n`;
}

function thousands(tokens: number): string {
  return tokens < 10_000 ? String(tokens) : `${Math.round(tokens / 1000)}k`;
}

/** What was written into batch files or taken from them, and what is still missing. */
export function batchWords(
  { result, waiting, files, read }: BatchOutcome,
  out: string,
  now?: EvalProgress['calls'],
): string {
  const lines: string[] = [];
  if (read) {
    const { taken, refused, double, unknown, unread } = read;
    lines.push(
      `taken ${taken}, refused ${refused}, there before ${double}, of another folder ${unknown}, no results ${unread}`,
    );
  }
  for (const { path, model, requests } of files) lines.push(`${path}: ${requests} requests to ${model}`);
  if (waiting.length > 0) {
    lines.push(
      `${waiting.length} of ${result.manifest.data.scenes} scenes wait for judgements: --batch read takes results, --batch write asks again for what is missing.`,
    );
  } else lines.push('Nothing is missing: every judgement is there.');
  const table = result.cases.length > 0 ? `\n${resultWords(result, out, now)}` : '';
  return `${lines.join('\n')}\n${table}`;
}
