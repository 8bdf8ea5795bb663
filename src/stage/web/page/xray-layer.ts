import type { WireJudged } from '../judged-shape.ts';
import type { WireDraft, WireSwipes } from '../wire-shapes.ts';
import type { ShownBeat } from './beat-entry.ts';
import { createLineMarks } from './line-marks.ts';
import { createTurnXray, type TurnXray } from './turn-xray.ts';
import { xrayPanel } from './xray-panel.ts';

/** X-ray in the channel: drafts, verdicts and marks, at the lines that came of them. */
export type XrayLayer = {
  draft(draft: WireDraft): void;
  judged(judged: WireJudged): void;
  /** A line was drawn; `old`: in place of this element, whose panels go on in it. */
  drawn(one: ShownBeat, old?: HTMLElement): void;
  /** Which versions of lines stand now. */
  setSwipes(swipes: readonly WireSwipes[]): void;
  clear(): void;
};

const PANELS = ':scope > .xray-panel, :scope > .xray-turn';

/**
 * @param shown lines of the channel by their numbers
 * @param place puts what belongs to no line below the newest one
 */
export function createXrayLayer(
  shown: ReadonlyMap<number, ShownBeat>,
  place: (root: HTMLElement) => void,
): XrayLayer {
  const turns = new Map<string, TurnXray>();
  const marks = createLineMarks();
  const placed = new Set<HTMLElement>();
  let standing: readonly WireSwipes[] = [];

  /** The line that a beat is, or is another version of: those are drafted of a speaker's newest line. */
  function lineOf(beat: number | undefined, speaker: WireDraft['speaker']): ShownBeat | undefined {
    if (beat === undefined) return undefined;
    const lines = [...shown.values()].filter(({ beat: { n, kind, speaker: one } }) => {
      return n < beat && kind === 'line' && one?.id === speaker.id;
    });
    return shown.get(beat) ?? lines.reduce<ShownBeat | undefined>(later, undefined);
  }

  function put(root: HTMLElement, line: ShownBeat | undefined): void {
    placed.add(root);
    if (!line) place(root);
    else if (root.parentElement !== line.root) line.root.append(root);
  }

  function markLine({ beat, root }: ShownBeat): void {
    root.querySelector(':scope > .line-marks')?.remove();
    const element = marks.elementFor(beat);
    if (element) messageIn(root)?.after(element);
  }

  function turnOf(turn: string): TurnXray {
    const known = turns.get(turn) ?? createTurnXray();
    turns.set(turn, known);
    return known;
  }

  function putTurn(one: TurnXray, speaker: WireDraft['speaker']): ShownBeat | undefined {
    const [best] = one.beats();
    const line = lineOf(best, speaker);
    put(one.root, line);
    one.setStanding(standing.find(({ n }) => n === line?.beat.n));
    return line;
  }

  return {
    draft(draft) {
      let line = lineOf(draft.beat, draft.speaker);
      if (draft.candidate) {
        const turn = turnOf(draft.turn);
        turn.addDraft(draft);
        line = putTurn(turn, draft.speaker);
      } else put(xrayPanel(draft), line);
      if (!line || !draft.marks) return;
      marks.add(line.beat.n, draft.marks);
      markLine(line);
    },
    judged(judged) {
      const turn = turnOf(judged.turn);
      turn.setJudged(judged);
      putTurn(turn, judged.speaker);
    },
    drawn(one, old) {
      one.root.append(...(old?.querySelectorAll(PANELS) ?? []));
      markLine(one);
    },
    setSwipes(swipes) {
      standing = swipes;
      for (const turn of turns.values()) {
        const beats = turn.beats();
        const now = swipes.find(({ n }) => beats.includes(n));
        if (now) turn.setStanding(now);
      }
    },
    clear() {
      for (const root of placed) root.remove();
      for (const { root } of shown.values()) root.querySelector(':scope > .line-marks')?.remove();
      placed.clear();
      turns.clear();
      marks.clear();
    },
  };
}

function later(one: ShownBeat | undefined, other: ShownBeat): ShownBeat {
  return one && one.beat.n > other.beat.n ? one : other;
}

function messageIn(root: HTMLElement): Element | null {
  return root.querySelector(':scope > discord-message');
}
