import { plainLine } from '../../../lab/report/plain.ts';
import type { SelfplayPlan } from '../../../lab/selfplay/run/plan.ts';
import type { SelfplayResult } from '../../../lab/selfplay/run/result.ts';
import type { SelfplayProgress } from '../../../lab/selfplay/run/selfplay-run.ts';

export const SELFPLAY_HELP = `Usage: dramatis lab eval selfplay [--style minimax|pingpong] [--data FILE] --out DIR
       dramatis lab eval selfplay --data SEEDS --dialogues FILE [--evaluations FILE] --out DIR

A simulated user plays with the tested model, and judges read what could be seen of it.

minimax   long role-play in the style of MiniMax Role-Play Bench: 100 turns, 3 runs of
          each seed, judged in chunks of 20 turns for what is wrong with the model's
          turns. Judge, prompts and penalties of that benchmark are unpublished; these
          are ours, and no figure compares with its leaderboard.
pingpong  IlyaGusev's PingPong: every character in every situation, marks from 1 to 5.

  --data FILE         seeds as that benchmark publishes them (JSON or JSON Lines), or a
                      settings file of PingPong (default: a few of our own)
  --out DIR           where to write; begun again, nothing is asked twice
  --turns N           lines of both together, from the user's first one on (minimax, 100)
  --runs K            dialogues of each seed (minimax 3, pingpong 1)
  --chunk N           lines that are judged at once (minimax, 20)
  --times N           judge each chunk so often (default 1)
  --limit N           only the first N seeds, or cells of character and situation
  --actor-format F    her (default): the tested model plays as it does in Discord, thoughts
                      hidden; plain: as any chat model
  --actor NAME        the tested model (default: MODEL_ACTOR, else MODEL)
  --user NAME         who plays the user (default: MODEL_USER, else MODEL)
  --judge NAME        a judge (default: MODEL_JUDGE, else MODEL); may be given several times
  --prompts DIR       a checkout of PingPong, for its own templates
  --language L        which part of a settings file of PingPong (default en)
  --dialogues FILE    judge these instead, as that benchmark publishes them
  --evaluations FILE  its published scores of them: prints Spearman's rank correlation
  --seed N            of all that is left to chance (default 0)
  --concurrency N     requests under way at once (default: the models' settings)
  --plan              says how many calls and tokens it takes, and asks nobody
  --json              one JSON object on stdout, all else on stderr

DIR gets results.json, transcripts.jsonl, dialogues.jsonl, calls.jsonl and the report.
docs/lab-selfplay.md says what the numbers mean.

Exit code 0; 1 where no dialogue has a score; 2 for bad use.
`;

export function selfplayPlanWords(plan: SelfplayPlan, currency: string): string {
  const { dialogues, calls, tokens, cost, roles } = plan;
  const lines = Object.entries(roles).map(([role, one]) => {
    const price = one.cost === undefined ? '' : `, ${one.cost.toFixed(2)} ${currency}`;
    return `  ${role} (${one.model}): ${one.calls} calls, about ${one.promptTokens} tokens in, ${one.completionTokens} out${price}`;
  });
  const price = cost === undefined ? 'no price is set' : `about ${cost.toFixed(2)} ${currency}`;
  return `${dialogues} dialogues, ${calls} calls, about ${tokens} tokens, ${price}\n${lines.join('\n')}\nAnswers that cannot be used are asked for again; nothing is reckoned as cached.\n`;
}

export function selfplayProgressWords(now: SelfplayProgress, currency: string): string {
  const { dialogues, exchanges, chunks, calls, tokens, cost, ms } = now;
  const seconds = Math.max(ms / 1000, 0.001);
  const left =
    exchanges.done > 0 && calls.asked > 0
      ? ((exchanges.all - exchanges.done) / exchanges.done) * seconds
      : undefined;
  return [
    `${exchanges.done} of ${exchanges.all} turns`,
    `${chunks.done} of ${chunks.all} chunks judged`,
    `${dialogues.judged} of ${dialogues.all} dialogues`,
    ...(dialogues.failed > 0 ? [`${dialogues.failed} failed`] : []),
    `${calls.asked} answers${calls.known > 0 ? ` (${calls.known} were there)` : ''}`,
    `${Math.round(tokens / seconds)} tokens/s`,
    ...(cost === undefined ? [] : [`${cost.toFixed(2)} ${currency}`]),
    ...(left === undefined || left === 0 ? [] : [`about ${Math.ceil(left)} s left`]),
  ].join(' · ');
}

const MOST_REASONS = 3;

/** What a score cannot tell: who says nothing makes no mistakes. */
function playedWords(usable: number | null, cases: SelfplayResult['cases']): string {
  const total = (of: (one: SelfplayResult['cases'][number]) => number) =>
    cases.reduce((sum, one) => sum + of(one), 0);
  const share =
    usable === null ? 'no answer was asked for' : `${(100 * usable).toFixed(1)} % of answers could be played`;
  return `${share}; of ${total(({ exchanges }) => exchanges)} exchanges ${total(({ silent }) => silent)} without a turn, ${total(({ userSilent }) => userSilent)} without a line of the user`;
}

export function selfplayWords(
  { manifest, figures, labels, cases, failed, calibration }: SelfplayResult,
  out: string,
): string {
  const shown = (value: number | null) => (value === null ? '–' : value.toFixed(2));
  const rows = Object.entries(figures.score).map(
    ([name, { mean, low, high, n }]) =>
      `  ${(labels[name] ?? name).padEnd(24)} ${shown(mean).padStart(7)}   [${shown(low)}, ${shown(high)}]   n ${n}`,
  );
  const models = calibration?.models.map(
    ({ model, dialogues, ours, published }) =>
      `  ${model.padEnd(28)} ${shown(ours)} here, ${shown(published)} published, ${dialogues} dialogues`,
  );
  const correlations = Object.entries(calibration?.spearman ?? {}).map(
    ([name, value]) =>
      `  ${(name === 'overall' ? 'Overall' : (labels[name] ?? name)).padEnd(24)} ${shown(value)}`,
  );
  return `${[
    `${manifest.protocol}: ${cases.length} dialogues, judge ${manifest.judge.model}, judge prompt ${manifest.judge.hash}`,
    ...rows,
    `  invalid ${figures.invalid}, failed ${failed.length}, refused ${cases.filter(({ refused }) => refused).length}, leaks ${figures.leaks}`,
    `  ${playedWords(figures.usable.mean, cases)}`,
    ...[...new Set(failed.map(({ why }) => why))]
      .slice(0, MOST_REASONS)
      .map((why) => `  failed: ${plainLine(why)}`),
    ...(models
      ? [
          'Models, as published first:',
          ...models,
          'Spearman’s rank correlation over models:',
          ...correlations,
        ]
      : []),
    ...manifest.remarks.map((remark) => `- ${remark}`),
    `All of it is in ${out}.`,
  ].join('\n')}\n`;
}
