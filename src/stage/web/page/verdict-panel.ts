import type { WireJudged, WireMatch, WireOrder } from '../judged-shape.ts';
import type { WireSwipes } from '../wire-shapes.ts';
import { type Child, el } from './dom.ts';
import { nameOf } from './faces.ts';
import {
  betterWords,
  type Decision,
  decisionOf,
  headline,
  letterOf,
  remarkOn,
  whyMissing,
} from './verdict-words.ts';

export type VerdictPanel = {
  readonly root: HTMLElement;
  /** Which version of the line stands now, where that can be told. */
  setStanding(swipes: WireSwipes | undefined): void;
};

/**
 * How a line was chosen: the decision in one line, each match with the arguments for both sides, and
 * the candidates, those that lost folded. `panelsOf`: what x-ray says of a candidate's drafts, by its place.
 */
export function verdictPanel(
  judged: WireJudged,
  panelsOf: (place: number) => readonly HTMLElement[],
): VerdictPanel {
  const { speaker, candidates, ranking, matches } = judged;
  const kept = ranking.filter((place) => candidates[place]?.beat !== undefined);
  const versions = kept.toSorted((a, b) => (candidates[a]?.beat ?? 0) - (candidates[b]?.beat ?? 0));
  const badges = new Map(versions.map((place) => [place, el('span', { class: 'version' })]));

  function setStanding(swipes: WireSwipes | undefined): void {
    for (const [i, place] of versions.entries()) {
      const badge = badges.get(place);
      if (!badge) continue;
      const stands = swipes?.version === i + 1;
      badge.textContent = `version ${i + 1}/${swipes?.versions ?? versions.length}${stands ? ', stands' : ''}`;
      badge.classList.toggle('stands', stands);
    }
  }
  setStanding(undefined);

  const root = el(
    'section',
    { class: 'xray-panel judged', 'aria-label': `How the line of ${nameOf(speaker)} was chosen` },
    el('header', {}, el('strong', {}, 'judge'), ` best of ${candidates.length}`),
    el('p', { class: 'headline' }, ...decisionNodes(headline(judged))),
    el(
      'ul',
      { class: 'matches', 'aria-label': 'Matches' },
      ...matches.map((match) => el('li', {}, matchElement(match))),
    ),
    el(
      'ul',
      { class: 'candidates', 'aria-label': 'Candidates, the best first' },
      ...ranking.map((place, rank) =>
        el(
          'li',
          {},
          candidateElement(judged, place, rank, badges.get(place), rank === 0 ? [] : panelsOf(place)),
        ),
      ),
    ),
  );
  return { root, setStanding };
}

function decisionNodes({ words, deciding }: Decision): Child[] {
  return deciding === undefined ? [words] : [`${words} for `, el('em', {}, deciding)];
}

function matchElement(match: WireMatch): HTMLElement {
  const remark = el('small', { class: isPlain(match) ? undefined : 'fault' }, remarkOn(match));
  const summary = [el('span', {}, ...decisionNodes(decisionOf(match))), ' ', remark];
  if (match.orders.length === 0) return el('p', { class: 'match' }, ...summary);
  return el(
    'details',
    { class: 'match' },
    el('summary', {}, ...summary),
    ...match.orders.map((order) => orderElement(order, match)),
  );
}

function isPlain({ flipped, winner }: WireMatch): boolean {
  return !flipped && winner !== 'missing';
}

function orderElement(order: WireOrder, match: WireMatch): HTMLElement {
  const { shownFirst, attempts, reading } = order;
  const letters = { first: letterOf(match.first), second: letterOf(match.second), both: 'Both' };
  const tries = attempts > 1 ? `, at attempt ${attempts}` : '';
  const better = reading && (reading.better === 'tie' ? 'even' : `${letters[reading.better]} is better`);
  return el(
    'section',
    { class: 'order' },
    el(
      'h4',
      {},
      `${letters[shownFirst]} shown first: `,
      better ?? el('span', { class: 'fault' }, `the answer ${whyMissing(order)}`),
      tries,
    ),
    ...(reading?.violations ?? []).map(({ principle, by, evidence }) =>
      el(
        'p',
        { class: 'violation' },
        el('span', { class: 'fault' }, `✗ ${letters[by]} ${by === 'both' ? 'break' : 'breaks'} `),
        el('em', {}, principle.name),
        evidence ? `: ${evidence}` : undefined,
      ),
    ),
    ...(reading?.comparisons ?? []).map((one) =>
      el(
        'div',
        { class: 'comparison' },
        el('h5', {}, el('em', {}, one.principle.name), el('small', {}, ` ${betterWords(one, match)}`)),
        el('p', { 'data-side': letters.first }, one.first),
        el('p', { 'data-side': letters.second }, one.second),
      ),
    ),
    reading?.reason ? el('p', { class: 'judge-reason' }, reading.reason) : undefined,
  );
}

function candidateElement(
  { candidates }: WireJudged,
  place: number,
  rank: number,
  badge: HTMLElement | undefined,
  panels: readonly HTMLElement[],
): HTMLElement {
  const head = [
    el('strong', {}, letterOf(place)),
    ' ',
    badge ?? el('span', { class: 'version' }, 'not kept'),
    ' ',
    el('small', {}, rank === 0 ? 'chosen' : 'lost'),
  ];
  if (rank === 0) return el('p', { class: 'candidate' }, ...head);
  const segments = candidates[place]?.segments ?? [];
  return el(
    'details',
    { class: 'candidate' },
    el('summary', {}, ...head),
    el(
      'p',
      { class: 'candidate-text' },
      ...segments.flatMap(({ kind, text }) => [
        kind === 'speech' ? text : el('em', { class: kind === 'thought' ? 'thought-text' : 'action' }, text),
        ' ',
      ]),
    ),
    ...panels,
  );
}
