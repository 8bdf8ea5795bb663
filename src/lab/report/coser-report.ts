import { DIMENSIONS } from '../coser/judge-answer.ts';
import { dimensionOf, OVERALL } from '../eval/figures.ts';
import type { CaseResult, EvalResult, Figure, Manifest } from '../eval/result.ts';
import type { TranscriptLine } from '../eval/transcript-line.ts';
import { endWords, turnsOf } from './coser-turns.ts';
import { countFlaws, flawsOf } from './flaw-list.ts';
import { counted, duration, grouped, shown } from './numbers.ts';
import type { ReportCase, ReportData, ReportFigure, ReportScores } from './report-data.ts';
import { settingsList } from './settings-list.ts';

const PERCENT = 100;
const PROTOCOLS: Readonly<Record<string, string>> = { coser: 'CoSER', her: 'HER' };

/**
 * The report of a run of Given-Circumstance Acting. The honest score is its headline, the protocol’s own
 * stands beside it.
 *
 * @param transcripts of `transcripts.jsonl`; a case without one is shown without its turns
 */
export function coserReport(
  { manifest, figures, cases, failed }: EvalResult,
  transcripts: Iterable<TranscriptLine> = [],
): ReportData {
  const lines = new Map([...transcripts].map((line) => [line.id, line]));
  const actor = manifest.roles['actor'];
  const { protocol, data } = manifest;
  return {
    title: `${actor?.model ?? 'Unknown model'}, Given-Circumstance Acting`,
    about: `${counted(cases.length, 'scene')} of ${data.name}, played and judged by protocol ${protocol}, ${manifest.started.slice(0, 10)}`,
    judge: manifest.judge,
    remarks: manifest.remarks,
    scores: scoreGroups(protocol, figures),
    flaws: countFlaws(cases),
    facts: [...factsOf(manifest, figures, cases, failed.length), ...leftToChance(lines.values())],
    roles: Object.entries(manifest.roles).map(([role, use]) => ({
      role,
      model: use.model,
      calls: use.calls,
      tokens: use.promptTokens + use.completionTokens,
      cost: use.cost === undefined ? '' : price(use.cost, manifest.currency),
      p50: use.latency.p50,
      p95: use.latency.p95,
    })),
    settings: settingsList(manifest),
    cases: cases.map((one) => caseOf(one, lines.get(one.id))),
    failed,
  };
}

function scoreGroups(protocol: string, figures: EvalResult['figures']): ReportScores[] {
  const { score, honest, bleu, rougeL, usable, invalid } = figures;
  const runner = PROTOCOLS[protocol];
  const left = invalid === 0 ? '' : `; ${counted(invalid, 'invalid scene')} left out`;
  const own: ReportScores = {
    label: runner ? `Score as ${runner} counts` : 'Score of every scene',
    note: runner
      ? 'the published runner’s own counting, its quirks among it'
      : 'the same counting, invalid scenes with what could be read of them',
    least: 0,
    most: 100,
    figures: byDimension(score),
  };
  return [
    {
      label: 'Honest score',
      note: `flaws counted with the runners’ faults mended${left}`,
      least: 0,
      most: 100,
      figures: byDimension(honest),
    },
    // With the faults mended and nothing left out, both are the same.
    ...(!runner && invalid === 0 ? [] : [own]),
    {
      label: 'Beside the score',
      note: 'informative: likeness to the reference conversation, and answers that could be played, in percent',
      least: 0,
      most: 100,
      judged: false,
      figures: [
        inPercent('Answers that could be played', usable),
        inPercent('BLEU', bleu),
        inPercent('ROUGE-L', rougeL),
      ],
    },
  ];
}

/** The whole first, then the dimensions in their order. */
function byDimension(figures: Readonly<Record<string, Figure>>): ReportFigure[] {
  const names = [OVERALL, ...DIMENSIONS];
  return names.flatMap((name) => {
    const figure = figures[name];
    return figure ? [{ label: name === OVERALL ? 'Overall' : name, ...figure }] : [];
  });
}

function inPercent(label: string, { mean, low, high, n }: Figure): ReportFigure {
  const times = (value: number | null) => (value === null ? null : value * PERCENT);
  return { label, mean: times(mean), low: times(low), high: times(high), n };
}

function factsOf(
  { roles, currency, started, ended, data }: Manifest,
  { invalid, leaks }: EvalResult['figures'],
  cases: readonly CaseResult[],
  failed: number,
): ReportData['facts'] {
  const sum = (of: (one: CaseResult) => number) => cases.reduce((total, one) => total + of(one), 0);
  const answers = sum(({ format }) => format.answers);
  const usable = sum(({ format }) => format.usable);
  const uses = Object.values(roles);
  const costs = uses.flatMap(({ cost }) => (cost === undefined ? [] : [cost]));
  const tokens = uses.reduce((total, one) => total + one.promptTokens + one.completionTokens, 0);
  const took = Date.parse(ended) - Date.parse(started);
  return [
    { label: 'Format validity', value: answers === 0 ? '–' : `${shown((usable / answers) * PERCENT)} %` },
    { label: 'Hidden words that leaked', value: grouped(leaks), alarm: leaks > 0 },
    { label: 'Invalid scenes', value: `${invalid} of ${cases.length}`, alarm: invalid > 0 },
    { label: 'Scenes that failed', value: grouped(failed), alarm: failed > 0 },
    ...(data.skipped > 0
      ? [{ label: 'Records that could not be read', value: grouped(data.skipped), alarm: true }]
      : []),
    { label: 'Rounds played', value: grouped(sum(({ rounds }) => rounds)) },
    { label: 'Silent rounds', value: grouped(sum(({ silent }) => silent)) },
    { label: 'Turns planned first', value: grouped(sum(({ format }) => format.planned)) },
    { label: 'Faults of format', value: faultWords(cases) },
    { label: 'Model calls', value: grouped(uses.reduce((total, { calls }) => total + calls, 0)) },
    { label: 'Tokens', value: grouped(tokens) },
    {
      label: 'Cost',
      value:
        costs.length === 0
          ? 'no price known'
          : price(
              costs.reduce((a, b) => a + b, 0),
              currency,
            ),
    },
    { label: 'From start to end', value: Number.isFinite(took) ? duration(took) : '–' },
  ];
}

/** A director that names nobody who may be next directs nothing, and the scenes go on all the same. */
function leftToChance(lines: Iterable<TranscriptLine>): ReportData['facts'] {
  const choices = [...lines].flatMap((line) => line.choices);
  const all = choices.filter(({ rule }) => rule === 'accepted' || rule === 'fallback').length;
  const drawn = choices.filter(({ rule }) => rule === 'fallback').length;
  if (all === 0) return [];
  return [{ label: 'Choices left to chance', value: `${drawn} of ${all}`, alarm: 2 * drawn > all }];
}

/** `no-speech 3, own-name 1`, the most frequent ones. */
function faultWords(cases: readonly CaseResult[]): string {
  const counts = new Map<string, number>();
  for (const { format } of cases) {
    for (const [fault, count] of Object.entries(format.faults)) {
      counts.set(fault, (counts.get(fault) ?? 0) + count);
    }
  }
  const most = [...counts].sort((a, b) => b[1] - a[1]).slice(0, 4);
  return most.map(([fault, count]) => `${fault} ${count}`).join(', ') || 'none';
}

function price(cost: number, currency: string): string {
  return `${cost.toFixed(cost < 0.1 ? 4 : 2)} ${currency}`;
}

function caseOf(one: CaseResult, line: TranscriptLine | undefined): ReportCase {
  const { id, book, topic, actorTurns, rounds, end, silent, honest, score, invalid, format } = one;
  return {
    id,
    title: topic ? `${book}: ${topic}` : id,
    score: honest,
    parts: DIMENSIONS.map((label) => ({ label, value: dimensionOf(one, label, 'honest') })),
    invalid,
    facts: [
      id,
      `${counted(rounds, 'round')}, ${counted(actorTurns, 'turn')} of actors${silent > 0 ? `, ${silent} silent` : ''}`,
      endWords(end),
      `by the protocol’s own counting ${shown(score)}`,
      ...(format.answers > 0 ? [`${format.usable} of ${format.answers} answers could be played`] : []),
      ...(format.leaks > 0 ? [`${format.leaks} hidden words leaked`] : []),
    ],
    flaws: flawsOf(one, line),
    transcript: line ? turnsOf(line) : [],
  };
}
