import { basename } from 'node:path';
import type { StepManifest } from '../../../lab/synth/run/manifest.ts';
import type { SynthOutcome, SynthProgress } from '../../../lab/synth/run/synth-run.ts';
import { timeLeft } from '../progress-line.ts';

/** One line that says how far a step is. */
export function progressWords(now: SynthProgress, currency: string): string {
  const { step, title, done, total, unit, rejected, calls, tokens, cost, ms } = now;
  const seconds = ms / 1000;
  const share = unit === 'bytes' ? `${mega(done)} of ${mega(total)} MB` : `${done} of ${total} conversations`;
  const left = timeLeft(
    { all: done, asked: unit === 'bytes' || calls.asked > 0 ? done : 0, expected: total },
    ms,
  );
  return [
    `${step}: ${title}`,
    share,
    ...(rejected > 0 ? [`${rejected} rejected`] : []),
    ...(calls.asked + calls.known > 0
      ? [`${calls.asked} answers${calls.known > 0 ? ` (${calls.known} were there)` : ''}`]
      : []),
    ...(tokens > 0 && seconds > 0 ? [`${Math.round(tokens / seconds)} tokens/s`] : []),
    ...(cost === undefined ? [] : [`${cost.toFixed(2)} ${currency}`]),
    ...(left === undefined ? [] : [`${left} left`]),
  ].join(' · ');
}

function mega(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}

/** What a run came to: a line for each step, and what it waits for. */
export function outcomeWords(
  { manifest, stopped, batches = [], read }: SynthOutcome,
  out: string,
  currency: string,
): string {
  const lines = manifest.steps.flatMap((step) => stepWords(step, currency));
  if (read) {
    const { taken, refused, double, unknown, unread } = read;
    lines.push(
      `taken in: ${taken} answers; ${refused} refused, ${double} twice, ${unknown} of no request here, ${unread} lines that are no result`,
    );
  }
  for (const { path, model, requests } of batches)
    lines.push(`${basename(path)}: ${requests} requests for ${model}`);
  if (stopped) lines.push(`${stopped.step} waits: ${stopped.why}. The same command goes on.`);
  // The first that let nothing through: what follows had nothing to do.
  const last = manifest.steps.find((step) => step.state === 'done' && step.out === 0);
  if (last) lines.push(`Nothing came through ${last.name}: ${last.rejectsFile} says why.`);
  lines.push(`in ${out}`);
  return `${lines.join('\n')}\n`;
}

function stepWords(step: StepManifest, currency: string): string[] {
  const { name, state, rejected, waiting, rejects, counts, models } = step;
  const cost = Object.values(models).reduce((sum, one) => sum + (one.cost ?? 0), 0);
  const calls = Object.values(models).reduce((sum, one) => sum + one.calls, 0);
  const all = [
    `${step.in} in, ${step.out} out`,
    ...(rejected > 0 ? [`${rejected} rejected`] : []),
    ...(waiting > 0 ? [`${waiting} waiting`] : []),
    ...(calls > 0 ? [`${calls} answers`] : []),
    ...(cost > 0 ? [`${cost.toFixed(2)} ${currency}`] : []),
  ];
  const told = (label: string, some: Readonly<Record<string, number>>) => {
    const entries = Object.entries(some).filter(([, count]) => count > 0);
    return entries.length === 0
      ? []
      : [`    ${label}: ${entries.map(([why, count]) => `${why} ${count}`).join(', ')}`];
  };
  return [
    `${name.padEnd(9)} ${state === 'done' ? '' : '(not done) '}${all.join(', ')}`,
    ...told('counted', counts),
    ...told('rejects', rejects),
  ];
}
