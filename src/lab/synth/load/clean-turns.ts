import { parseCoser } from '../../../format/coser.ts';
import type { Fault } from '../../../format/parsed-turn.ts';
import { renderHer } from '../../../format/render-her.ts';
import { type Segment, visibleSegments } from '../../../format/segments.ts';
import { parseTurn } from '../../../format/turn-parser.ts';
import type { Turn } from '../record/conversation.ts';
import { isWorld, segmentsOf } from '../record/views.ts';
import type { Left } from './loaded.ts';
import { leftOf, type RawTurn } from './raw-conversation.ts';

export type CleanTurns = {
  readonly turns: readonly Turn[];
  readonly rejects: readonly Left[];
  /** Turns of the source that became one with the turn before. */
  readonly merged: number;
};

/** The parser takes no longer text. Characters. */
const LONGEST_TEXT = 16_000;

type NewTurn = Omit<Turn, 'id'>;

/**
 * Turns as the steps need them: text in canonical HER form, neighbours of one speaker merged by a blank line
 * (her-spec 6.1), ids given after that. A turn whose layers cannot be told apart, or that shows nothing, is
 * not taken.
 *
 * @param nameOf one spelling for each person
 */
export function cleanTurns(raw: readonly RawTurn[], nameOf: (name: string) => string): CleanTurns {
  const rejects: Left[] = [];
  let left = raw.map((turn) => ({ ...turn, speaker: nameOf(turn.speaker) }));
  // How a text reads depends on who else is there: where nothing of someone is taken, all is read again.
  for (;;) {
    const people = peopleIn(left);
    const read = withThoughts(left, people).map((one) => ({ ...one, found: readTurn(one.turn, people) }));
    const good = read.flatMap(({ parts, found }) => ('clean' in found ? [{ parts, found }] : []));
    rejects.push(...read.flatMap(({ found }) => ('clean' in found ? [] : [found.left])));
    left = good.flatMap(({ parts }) => parts);
    if (peopleIn(left).length < people.length) continue;
    rejects.push(...good.flatMap(({ found }) => found.lost));
    const { turns, merged } = mergeNeighbours(
      good.map(({ found }) => found.clean),
      people,
    );
    return {
      turns: turns.map((turn, id) => ({ id, ...turn })),
      rejects,
      merged: merged + left.length - good.length,
    };
  }
}

function peopleIn(turns: readonly RawTurn[]): readonly string[] {
  return [...new Set(turns.filter((turn) => !isWorld(turn)).map(({ speaker }) => speaker))];
}

/** A turn, and those of the source that it is made of. */
type Whole = { readonly turn: RawTurn; readonly parts: readonly RawTurn[] };

/** A turn that is only thought, as the beginning of what the same one does next or the end of what it did. */
function withThoughts(turns: readonly RawTurn[], people: readonly string[]): Whole[] {
  const isThought = (turn: RawTurn) => {
    const found = readTurn(turn, people);
    return 'left' in found && found.left.why === 'nothing-visible';
  };
  const out: Whole[] = [];
  for (const turn of turns) {
    const { turn: before, parts = [] } = out.at(-1) ?? {};
    const isOne = before?.speaker === turn.speaker && before.format === turn.format && !isWorld(turn);
    const both = before && isOne && (isThought(before) || isThought(turn)) ? inOne(before, turn) : undefined;
    if (both && 'clean' in readTurn(both, people))
      out[out.length - 1] = { turn: both, parts: [...parts, turn] };
    else out.push({ turn, parts: [turn] });
  }
  return out;
}

function inOne(before: RawTurn, after: RawTurn): RawTurn {
  const plan = [before.plan, after.plan].filter(Boolean).join('\n\n');
  return {
    ...after,
    text: `${before.text}\n\n${after.text}`,
    from: [...before.from, ...after.from],
    visibleOnly: before.visibleOnly === true || after.visibleOnly === true,
    ...(plan === '' ? {} : { plan }),
  };
}

function mergeNeighbours(turns: readonly NewTurn[], people: readonly string[]) {
  const out: NewTurn[] = [];
  let merged = 0;
  for (const turn of turns) {
    const before = out.at(-1);
    const text = before?.speaker === turn.speaker ? joined(before, turn, people) : undefined;
    // What cannot be one stays two: nothing is lost.
    if (!before || text === undefined) out.push(turn);
    else {
      merged += 1;
      const plan = [before.plan, turn.plan].filter(Boolean).join('\n\n');
      const from = [...before.from, ...turn.from];
      out[out.length - 1] = { speaker: turn.speaker, from, text, ...planned(plan) };
    }
  }
  return { turns: out, merged };
}

/** Both as one text, a blank line between them; undefined where it would read as something else. */
function joined(before: NewTurn, after: NewTurn, people: readonly string[]): string | undefined {
  const { speaker } = before;
  const others = { turns: turnsOf(people) };
  const text = `${before.text}\n\n${after.text}`;
  const both = segmentsOf({ speaker, text }, others);
  const apart = [...segmentsOf(before, others), ...segmentsOf(after, others)];
  return isSame(both, apart) ? canonical(both, speaker, people) : undefined;
}

function planned(plan: string): Pick<Turn, 'plan' | 'planType'> {
  return plan === '' ? {} : { plan, planType: 'given' };
}

type Read =
  /** `lost`: of a turn that is taken. */
  { readonly clean: NewTurn; readonly lost: readonly Left[] } | { readonly left: Left };

function readTurn(turn: RawTurn, people: readonly string[]): Read {
  const { speaker, text, format, from, visibleOnly = false } = turn;
  const no = (why: string, detail = `of ${speaker}`): Left => leftOf(why, detail, text);
  if (speaker === '') return { left: no('no-speaker', 'it does not say who') };
  if (text.trim() === '') return { left: no('empty-turn') };
  const options = { speaker: { name: speaker }, others: people.filter((name) => name !== speaker) };
  const parsed = format === 'coser' ? parseCoser(text, options) : parseTurn(text, options);
  if (!parsed.usable) {
    return { left: no(unusable(parsed.faults), `of ${speaker}: ${parsed.faults.join(', ')}`) };
  }
  // The world thinks nothing.
  const hidesNothing = visibleOnly || isWorld({ speaker });
  const segments = hidesNothing ? visibleSegments(parsed.segments) : parsed.segments;
  const written = canonical(segments, speaker, people);
  if (written === undefined) {
    const why = text.length > LONGEST_TEXT ? 'too-long' : 'layers-unclear';
    return { left: no(why, `of ${speaker}: it reads differently once it is written down`) };
  }
  const plan = turn.plan?.trim() || parsed.systemThinking.trim();
  const isPlanless = hidesNothing && plan !== '';
  const lost = [
    ...(parsed.faults.includes('other-speaker')
      ? [no('speaks-for-another', `after what ${speaker} says`)]
      : []),
    ...(segments.length < parsed.segments.length ? [no('thought-of-another')] : []),
    ...(isPlanless ? [no('plan-of-another')] : []),
  ];
  return { clean: { speaker, from: [...from], text: written, ...planned(isPlanless ? '' : plan) }, lost };
}

function unusable(faults: readonly Fault[]): string {
  if (faults.includes('too-long')) return 'too-long';
  return faults.includes('nothing-visible') ? 'nothing-visible' : 'layers-unclear';
}

/** Text that reads as it is written, with the same in each layer; undefined where there is none. */
function canonical(
  segments: readonly Segment[],
  speaker: string,
  people: readonly string[],
): string | undefined {
  let now = renderHer(segments);
  for (let tries = 0; tries < 3; tries += 1) {
    const read = segmentsOf({ speaker, text: now }, { turns: turnsOf(people) });
    // What was hidden stays hidden, and what was shown is not lost.
    if (read.length === 0 || !isSame(read, segments)) return undefined;
    const next = renderHer(read);
    if (next === now) return now;
    now = next;
  }
  return undefined;
}

function isSame(one: readonly Segment[], other: readonly Segment[]): boolean {
  return signsOf(one, true) === signsOf(other, true) && signsOf(one, false) === signsOf(other, false);
}

/** Marks of one notation are none of another. */
const MARKS = /[\s\p{P}<>|~^`=+$]/gu;

/** All that is in a layer, but for marks; where the layer is missing, that. */
function signsOf(segments: readonly Segment[], hidden: boolean): string | undefined {
  const layer = segments.filter(({ kind }) => (kind === 'thought') === hidden);
  return layer.length === 0 ? undefined : layer.map(({ text }) => text.replace(MARKS, '')).join('');
}

/** A conversation of these people, as far as reading a text asks. */
function turnsOf(people: readonly string[]): Turn[] {
  return people.map((speaker, id) => ({ id, from: [id], speaker, text: '…' }));
}
