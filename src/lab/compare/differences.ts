import type { Manifest } from '../eval/result.ts';

/** One thing that is not the same in two runs. */
export type Difference = { readonly what: string; readonly a: string; readonly b: string };

/** Told by name elsewhere, or the same thing twice. */
const TOLD = new Set([
  'data',
  'protocol',
  'judge',
  'judge prompt',
  'prompts',
  'seed',
  'rounds',
  'continue-from',
]);

const NOT_SAID = 'not said';

/**
 * What differs between two runs: in `scale`, what makes their figures of two scales (who judged, by which
 * prompt, by whose counting, on which data, over how many rounds); in `meant`, all else, which is mostly what
 * the comparison is made for. A run that says nothing of itself is on no scale that is known.
 */
export function differencesOf(
  a: Manifest | undefined,
  b: Manifest | undefined,
): { readonly scale: readonly Difference[]; readonly meant: readonly Difference[] } {
  if (!a || !b) {
    const said = (one: Manifest | undefined) =>
      one ? `${one.judge.model}, prompt ${one.judge.hash}` : NOT_SAID;
    return { scale: [{ what: 'judge', a: said(a), b: said(b) }], meant: [] };
  }
  const settings = [...new Set([...Object.keys(a.settings), ...Object.keys(b.settings)])]
    .filter((name) => !TOLD.has(name))
    .map((name): Row => [name, a.settings[name], b.settings[name]]);
  return {
    scale: differing([
      ['benchmark', a.benchmark, b.benchmark],
      ['protocol', a.protocol, b.protocol],
      ['judge', a.judge.model, b.judge.model],
      ...bothServed(a, b, 'judge'),
      ['judge prompt', a.judge.hash, b.judge.hash],
      ['data (sha256)', a.data.sha256, b.data.sha256],
      ['rounds', a.settings['rounds'], b.settings['rounds']],
      ['continue-from', a.settings['continue-from'], b.settings['continue-from']],
    ]),
    meant: differing([
      ...settings,
      ['prompts', `${a.prompts.source} ${a.prompts.hash}`, `${b.prompts.source} ${b.prompts.hash}`],
      ...bothServed(a, b, 'actor'),
      ...(Object.hasOwn(a.settings, 'actor') ? [] : [modelRow(a, b)]),
      ['judged', `${a.judge.times} times`, `${b.judge.times} times`],
      ['seed', a.seed, b.seed],
      ['Dramatis', a.version, b.version],
    ]).filter(({ what }) => what !== 'times'),
  };
}

type Row = readonly [
  what: string,
  a: string | number | boolean | undefined,
  b: string | number | boolean | undefined,
];

function modelRow(a: Manifest, b: Manifest): Row {
  return ['actor', a.roles['actor']?.model, b.roles['actor']?.model];
}

/** As endpoints name the model that answered; one that names none tells nothing. */
function bothServed(a: Manifest, b: Manifest, role: string): readonly Row[] {
  const [one = [], other = []] = [a, b].map(({ roles }) => roles[role]?.served);
  if (one.length === 0 || other.length === 0) return [];
  return [[`${role} as served`, one.join(', '), other.join(', ')]];
}

function differing(rows: readonly Row[]): Difference[] {
  return rows
    .filter(([, a, b]) => a !== b)
    .map(([what, a = NOT_SAID, b = NOT_SAID]) => ({ what, a: String(a), b: String(b) }));
}
