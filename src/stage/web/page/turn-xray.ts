import type { WireJudged } from '../judged-shape.ts';
import type { WireDraft, WireSwipes } from '../wire-shapes.ts';
import { el, fill } from './dom.ts';
import { type VerdictPanel, verdictPanel } from './verdict-panel.ts';
import { lostPanel, xrayPanel } from './xray-panel.ts';

/** What x-ray shows of one turn that was drafted several times: the draft that was chosen, and how. */
export type TurnXray = {
  readonly root: HTMLElement;
  /** Beats that its candidates became, the best first as far as that is known. */
  beats(): readonly number[];
  addDraft(draft: WireDraft): void;
  setJudged(judged: WireJudged): void;
  setStanding(swipes: WireSwipes | undefined): void;
};

/** Drafts and verdict come one after the other, in any order. */
export function createTurnXray(): TurnXray {
  const root = el('div', { class: 'xray-turn' });
  const drafts: WireDraft[] = [];
  let judged: WireJudged | undefined;
  let panel: VerdictPanel | undefined;
  let standing: WireSwipes | undefined;

  function draw(): void {
    fill(root, ...(judged ? chosen(judged) : unjudged()));
  }

  /** Without a verdict (none yet, or a single draft was usable) what became the line stands open. */
  function unjudged(): HTMLElement[] {
    const played = drafts.filter(({ beat }) => beat !== undefined);
    const others = drafts.filter((draft) => !played.includes(draft));
    if (others.length === 0) return played.map(xrayPanel);
    const count = others.length === 1 ? 'One other draft' : `${others.length} other drafts`;
    const folded = el('details', { class: 'xray-panel' }, el('summary', {}, count), ...others.map(lostPanel));
    return [...played.map(xrayPanel), folded];
  }

  /** What was chosen is shown as any draft is; the others stand folded, below how it was chosen. */
  function chosen(now: WireJudged): HTMLElement[] {
    const draftsOf = (place: number) => drafts.filter(({ candidate }) => candidate?.at === place);
    panel = verdictPanel(now, (place) => draftsOf(place).map(lostPanel));
    panel.setStanding(standing);
    return [...draftsOf(now.ranking[0] ?? 0).map(xrayPanel), panel.root];
  }

  return {
    root,
    beats() {
      const ranked = judged?.ranking.map((place) => judged?.candidates[place]?.beat);
      return (ranked ?? drafts.map(({ beat }) => beat)).filter((beat) => beat !== undefined);
    },
    addDraft(draft) {
      drafts.push(draft);
      draw();
    },
    setJudged(now) {
      judged = now;
      draw();
    },
    setStanding(swipes) {
      standing = swipes;
      panel?.setStanding(swipes);
    },
  };
}
