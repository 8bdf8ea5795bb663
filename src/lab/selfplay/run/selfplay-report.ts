import type { Figure } from '../../eval/result.ts';
import type {
  ReportCase,
  ReportData,
  ReportFigure,
  ReportScores,
  ReportTurn,
} from '../../report/report-data.ts';
import { settingsList } from '../../report/settings-list.ts';
import type { Transcript } from './dialogue-lines.ts';
import type { SelfplayCase, SelfplayResult } from './result.ts';

const TITLES: Readonly<Record<string, string>> = {
  'minimax-style': 'long role-play in the style of MiniMax Role-Play Bench',
  pingpong: 'PingPong',
};

/**
 * The report of a self-play run, for the writers of src/lab/report.
 * @param transcripts of `transcripts.jsonl`; a dialogue without one is shown without its turns
 */
export function selfplayReport(result: SelfplayResult, transcripts: Iterable<Transcript> = []): ReportData {
  const { manifest, cases, failed } = result;
  const lines = new Map([...transcripts].map((one) => [one.id, one]));
  const { roles, currency, data } = manifest;
  const title = TITLES[manifest.benchmark] ?? manifest.benchmark;
  return {
    title: `${roles['actor']?.model ?? 'Dialogues of others'}, ${title}`,
    about: `${cases.length} dialogues of ${data.name}, ${manifest.started.slice(0, 10)}`,
    judge: manifest.judge,
    remarks: manifest.remarks,
    scores: scoreGroups(result),
    flaws: countFlaws(cases, result.labels),
    facts: factsOf(result),
    roles: Object.entries(roles).map(([role, use]) => ({
      role,
      model: use.model,
      calls: use.calls,
      tokens: use.promptTokens + use.completionTokens,
      cost: use.cost === undefined ? '' : `${use.cost.toFixed(4)} ${currency}`,
      p50: use.latency.p50,
      p95: use.latency.p95,
    })),
    settings: settingsList(manifest),
    cases: cases.map((one) => caseOf(one, result, lines.get(one.id))),
    failed,
  };
}

function scoreGroups({ figures, labels, scale, manifest, calibration }: SelfplayResult): ReportScores[] {
  const group = (label: string, note: string, its: Readonly<Record<string, Figure>>): ReportScores => ({
    label,
    note,
    ...scale,
    figures: Object.entries(its).map(
      ([name, figure]): ReportFigure => ({ label: labels[name] ?? name, ...figure }),
    ),
  });
  const left = figures.invalid === 0 ? '' : `; ${figures.invalid} invalid dialogues left out`;
  const note =
    manifest.benchmark === 'pingpong'
      ? `marks from 1 to ${scale.most}, mean over turns, dialogues and judges; refused dialogues left out${left}`
      : `100 less the penalties of faults, mean over turns; in the style of, not that benchmark’s own${left}`;
  const { byJudge, byModel } = figures;
  const judges = Object.entries(byJudge);
  const percent = ({ mean, low, high, n }: Figure) => ({
    ...{ mean: times(mean), low: times(low), high: times(high), n },
  });
  return [
    group('Score', note, figures.score),
    ...(judges.length > 1 ? judges.map(([judge, its]) => group(`By ${judge}`, 'this judge alone', its)) : []),
    ...Object.entries(byModel).map(([model, its]) => group(model, 'published dialogues', its)),
    ...(calibration
      ? [
          {
            label: 'Rank correlation with published scores',
            note: `Spearman’s, over ${calibration.models.length} models`,
            least: -1,
            most: 1,
            figures: Object.entries(calibration.spearman).map(([name, value]) => ({
              label: name === 'overall' ? 'Overall' : (labels[name] ?? name),
              ...{ mean: value, low: null, high: null, n: calibration.models.length },
            })),
          },
        ]
      : []),
    {
      label: 'Beside the score',
      note: 'in percent',
      least: 0,
      most: 100,
      judged: false,
      figures: [
        { label: 'Answers that could be played', ...percent(figures.usable) },
        ...(manifest.benchmark === 'pingpong'
          ? [{ label: 'Dialogues refused', ...percent(figures.refused) }]
          : []),
      ],
    },
  ];
}

function times(value: number | null): number | null {
  return value === null ? null : value * 100;
}

/** By kind and how grave, most first. */
function countFlaws(cases: readonly SelfplayCase[], labels: SelfplayResult['labels']): ReportData['flaws'] {
  const all = cases.flatMap(({ judgements }) => judgements.flatMap(({ flaws }) => flaws));
  return [...Map.groupBy(all, ({ dimension, severity }) => `${dimension}\n${severity}`)]
    .map(([key, its]) => {
      const [dimension = '', severity = ''] = key.split('\n');
      return { label: severity, group: labels[dimension] ?? dimension, count: its.length };
    })
    .sort((a, b) => b.count - a.count);
}

function factsOf({ figures, cases, failed, manifest }: SelfplayResult): ReportData['facts'] {
  const sum = (of: (one: SelfplayCase) => number) => cases.reduce((total, one) => total + of(one), 0);
  const judgements = cases.flatMap((one) => one.judgements);
  const fact = (label: string, count: number, of?: number, alarm?: boolean) => ({
    label,
    value: of === undefined ? String(count) : `${count} of ${of}`,
    ...(alarm === undefined ? {} : { alarm: alarm && count > 0 }),
  });
  return [
    fact('Hidden words that leaked', figures.leaks, undefined, true),
    fact('Invalid dialogues', figures.invalid, cases.length, true),
    fact('Dialogues that failed', failed.length, undefined, true),
    ...(manifest.data.skipped > 0
      ? [fact('Records that could not be read', manifest.data.skipped, undefined, true)]
      : []),
    fact(
      'Turns of the tested model',
      sum((one) => one.exchanges),
    ),
    fact(
      'Turns that came to nothing',
      sum(({ silent }) => silent),
    ),
    fact(
      'Lines that the user’s model could not write',
      sum(({ userSilent }) => userSilent),
    ),
    fact('Dialogues refused', cases.filter(({ refused }) => refused).length, cases.length),
    fact('Judgements read', judgements.filter(({ read }) => read).length, judgements.length),
    fact(
      'Judgements read at the first try',
      judgements.filter(({ read, tries }) => read && tries === 1).length,
    ),
    fact(
      'Faults of turns that are not there',
      judgements.reduce((total, { misplaced }) => total + misplaced, 0),
    ),
    fact(
      'Quotes that do not stand in their turn',
      judgements.reduce((total, { misquoted }) => total + misquoted, 0),
    ),
  ];
}

function caseOf(
  one: SelfplayCase,
  { labels }: SelfplayResult,
  transcript: Transcript | undefined,
): ReportCase {
  const { id, title, score, invalid, refused, figures, exchanges, silent, judgements, model } = one;
  return {
    id,
    title,
    score,
    parts: Object.entries(figures ?? {})
      .filter(([name]) => name !== 'overall')
      .map(([name, value]) => ({ label: labels[name] ?? name, value })),
    invalid,
    facts: [
      ...(model === undefined ? [] : [model]),
      `${exchanges} exchanges`,
      ...(silent > 0 ? [`${silent} turns came to nothing`] : []),
      ...(refused ? ['refused'] : []),
      ...(invalid ? ['a judgement could not be read'] : []),
    ],
    flaws: judgements.flatMap(({ judge, flaws }) =>
      flaws.map(({ dimension, severity, turn, what, quote }) => ({
        dimension: labels[dimension] ?? dimension,
        // A mark is the better the higher it is: nothing to be called a severity.
        type: `turn ${turn}, by ${judge}: ${severity}`,
        severity: '',
        what: quote === '' ? what : `${what} (“${quote}”)`,
      })),
    ),
    transcript: (transcript?.lines ?? []).map(turnOf),
  };
}

function turnOf({ by, turn, given, segments, text }: Transcript['lines'][number]): ReportTurn {
  return {
    name: by === 'actor' ? 'Tested model' : 'User',
    segments: segments.length > 0 ? segments : text === '' ? [] : [{ kind: 'speech', text }],
    note: given ? 'given' : `turn ${turn}`,
  };
}
