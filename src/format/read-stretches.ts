import { append } from './append.ts';
import { assembleSegments } from './assemble-segments.ts';
import { isMarked, readActionText, readBareText } from './bare-text.ts';
import type { Dialect } from './judge-span.ts';
import { type Names, type Speaker, speakerNames } from './labels.ts';
import type { Stretch, Structure } from './nesting.ts';
import type { Fault } from './parsed-turn.ts';
import type { Piece } from './piece.ts';
import { isSurelyPlan, looksLikePlan, namesHiddenLayer } from './plan-guard.ts';
import { createLineReader } from './read-lines.ts';
import type { Segment } from './segments.ts';

export type Setting = {
  readonly names: Names;
  readonly speaker: Speaker | undefined;
  /** The text begins inside a plan that the server opened. */
  readonly startInside: boolean;
  /** The text is a part of a turn that has role tags, cut where the next one opens. */
  readonly section: boolean;
  /** Parts of the turn were read before this one. */
  readonly midway: boolean;
};

export type Settled = {
  readonly plan: string;
  readonly segments: readonly Segment[];
  readonly faults: ReadonlySet<Fault>;
  /** Nobody can tell its layers apart: nothing of it may be shown. */
  readonly rejected: boolean;
  /** Nothing in it had to be judged: it means the same whatever follows. */
  readonly plain: boolean;
  readonly nextSpeaker: string | undefined;
};

/**
 * Reads the stretches of a turn into segments: labels and headings, marks in bare text, and a last
 * look for hidden text that no rule caught.
 *
 * @param draft the same text before its line breaks were made plain; plans are kept as they were
 */
export function readStretches(
  text: string,
  draft: string,
  structure: Structure,
  setting: Setting,
  faults: Set<Fault>,
): Settled {
  const { stretches, tagged } = structure;
  const legacy = !setting.midway && !tagged.thought && !tagged.action && !tagged.speech;
  const dialect: Dialect = { legacy, tagged };
  const planned = setting.startInside || stretches.some((stretch) => stretch.kind === 'plan');
  const lines = createLineReader(setting.names, faults, setting.midway);
  const pieces: Piece[] = [];
  // Nothing was said so far, and no role tag stood here: what comes may be a plan without tags.
  let leading = !setting.midway;
  let plain = true;
  let rejected = false;

  for (const stretch of stretches) {
    if (lines.nextSpeaker() !== undefined) break;
    const source = stretch.kind === 'plan' ? draft : text;
    readStretch(stretch, source.slice(stretch.from, stretch.to));
  }
  const { plan, segments } = assembleSegments(pieces);
  plain &&= lines.nextSpeaker() === undefined && !faults.has('heading-reply');
  return { plan, segments, faults, rejected, plain, nextSpeaker: lines.nextSpeaker() };

  function readStretch(stretch: Stretch, raw: string): void {
    if (stretch.kind === 'plan') {
      pieces.push({ kind: 'plan', text: raw });
    } else if (stretch.kind !== 'bare' && lines.passTag() === 'plan') {
      pieces.push({ kind: 'plan', text: raw });
    } else if (stretch.kind === 'thought') {
      leading = false;
      pieces.push({ kind: 'thought', text: raw });
    } else {
      if (stretch.kind === 'action') leading = false;
      const tagFollows = setting.section || stretch.to < text.length;
      for (const part of lines.read(raw, tagFollows)) {
        if (part.kind === 'action' || (part.kind === 'bare' && stretch.kind === 'action'))
          readAction(part.text);
        else if (part.kind === 'bare') readBare(part.text, tagFollows);
        else pieces.push({ kind: part.kind, text: part.text });
      }
    }
  }

  /** The last look: text that still names a hidden layer came from a tag nobody recognised. */
  function rejectIfNamed(raw: string): void {
    if (!namesHiddenLayer(raw)) return;
    faults.add('tag-unknown');
    rejected = true;
  }

  function readAction(raw: string): void {
    plain &&= !isMarked(raw);
    rejectIfNamed(raw);
    append(pieces, readActionText(raw, dialect));
  }

  function readBare(raw: string, tagFollows: boolean): void {
    rejectIfNamed(raw);
    const read = readBareText(raw, dialect);
    // Under the older format a leading thought in brackets is no plan.
    const shown = leading ? (legacy ? shownOf(read) : raw) : '';
    if (shown.trim() !== '') {
      leading = false;
      if (planned ? isSurelyPlan(shown) : looksLikePlan(shown, speakerNames(setting.speaker))) {
        faults.add('plan-untagged');
        // In a paragraph of its own before the first tag it can be told apart, else it cannot.
        if (tagFollows && !legacy && raw.slice(raw.trimEnd().length).includes('\n')) {
          pieces.push({ kind: 'plan', text: raw });
          return;
        }
        rejected = true;
      }
    }
    if (isMarked(raw)) {
      plain = false;
      if (legacy && /[[(【（［]/.test(raw)) faults.add('legacy-brackets');
      else if (read.some((piece) => piece.kind === 'thought')) faults.add('bracket-thought');
    }
    append(pieces, read);
  }
}

function shownOf(pieces: readonly Piece[]): string {
  const shown = pieces.filter(({ kind }) => kind === 'speech' || kind === 'action');
  return shown.map(({ text }) => text).join('');
}
