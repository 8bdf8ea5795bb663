import { append } from './append.ts';
import { readCanonicalTurn } from './canonical-turn.ts';
import type { Setting, Settled } from './read-stretches.ts';
import type { VisibleSegment } from './segments.ts';
import { visibleSegments } from './segments.ts';
import { settleTurn } from './settle-turn.ts';
import type { Tag } from './tag-scanner.ts';

/** What a stage may show at once, or must take back: everything it was shown of this turn. */
export type Release =
  | { readonly type: 'segment'; readonly segment: VisibleSegment }
  | { readonly type: 'withdraw' };

export type Releaser = {
  /** Looks at the piece that begins at `at`, whose tags the scanner has already found. */
  advance(piece: string, at: number): readonly Release[];
  /** Nothing waits to be released: a piece without tags need not be looked at. */
  isCalm(): boolean;
  /** Releases the rest of the finished turn, or takes back what turned out otherwise. */
  finish(visible: readonly VisibleSegment[]): readonly Release[];
};

const MOST_RELEASES = 64;

/**
 * Decides while a draft streams in which of its segments are safe to show already.
 *
 * It follows well-formed drafts only, and settles them section by section with the same code that
 * settles the whole (`settle-turn.ts`): a section ends before a role tag opens, or behind an action
 * that speech follows. On anything irregular it holds everything back until the end. Nothing is
 * released before a plan is closed or the first role tag, and a plan that closes later takes all back.
 */
export function createReleaser(tags: readonly Tag[], setting: Setting, draft: () => string): Releaser {
  // Where the draft stands: before anything, in its plan, between elements, in one, or irregular.
  let state: 'start' | 'plan' | 'open' | 'inside' | 'held' = setting.startInside ? 'plan' : 'start';
  let element: Tag | undefined;
  // Tags that a plan quotes, and plans that are open in an irregular draft.
  let depth = 0;
  let seen = 0;
  let lastMet: Tag | undefined;
  // Where what is not released begins, and which tag is its first.
  let sectionFrom = 0;
  let sectionTag = 0;
  let first = true;
  // Behind an action that is closed and not yet released; -1 where there is none.
  let sealAt = -1;
  let released: VisibleSegment[] = [];
  const beginning: Setting = { ...setting, startInside: false, section: true, midway: false };
  const middle: Setting = { ...beginning, midway: true };

  function advance(piece: string, from: number): readonly Release[] {
    const out: Release[] = [];
    // A tag that was met has become part of another: what was made of it does not hold.
    if (seen > 0 && tags[seen - 1] !== lastMet) hold();
    for (seen = Math.min(seen, tags.length); seen < tags.length; ) {
      const tag = tags[seen];
      seen++;
      if (!tag) break;
      if (sealAt >= 0) seal(piece, from, tag.from, out);
      sealAt = -1;
      meet(tag, out);
      lastMet = tag;
    }
    if (sealAt >= 0) seal(piece, from, from + piece.length, out);
    return out;
  }

  function meet(tag: Tag, out: Release[]): void {
    const isPlan = tag.kind === 'plan' || tag.kind === 'musing';
    if (state === 'held') {
      if (isPlan) meetPlanWhileHeld(tag, out);
    } else if (state === 'plan') {
      meetInPlan(tag, isPlan);
    } else if (tag.soft || tag.selfClosing || (!isPlan && tag.kind !== 'thought' && tag.kind !== 'action')) {
      hold();
    } else if (state === 'start') {
      meetFirst(tag, isPlan);
    } else if (state === 'inside') {
      if (tag.close && tag.kind === element?.kind) {
        state = 'open';
        if (tag.kind === 'action') sealAt = tag.to;
      } else {
        // A closer of any kind ends the element it stands in; a plan that opens here must close.
        hold();
        if (isPlan && !tag.close) depth = 1;
      }
    } else if (isPlan || tag.close) {
      hold();
      if (isPlan) meetPlanWhileHeld(tag, out);
    } else {
      if (mayShow(tag)) release(tag.from, tag.kind, out);
      enter(tag);
    }
  }

  function enter(tag: Tag): void {
    if (state === 'held') return;
    state = 'inside';
    element = tag;
  }

  function meetFirst(tag: Tag, isPlan: boolean): void {
    const before = draft().slice(0, tag.from);
    if (isPlan && tag.close) {
      // The server opened the plan and did not say so: all of this is plan.
      beginReply(tag);
    } else if (tag.close || (before.trim() !== '' && !isOwnLabel(before))) {
      hold();
    } else if (isPlan) {
      state = 'plan';
    } else {
      enter(tag);
    }
  }

  function meetInPlan(tag: Tag, isPlan: boolean): void {
    if (isPlan && tag.close) beginReply(tag);
    else if (isPlan || tag.kind === 'token') hold();
    else if (!tag.close) depth++;
    else if (depth > 0) depth--;
    else hold();
  }

  function beginReply(tag: Tag): void {
    state = 'open';
    depth = 0;
    sectionFrom = tag.to;
    sectionTag = seen;
    element = undefined;
  }

  function meetPlanWhileHeld(tag: Tag, out: Release[]): void {
    if (!tag.close) depth++;
    else if (depth > 0) depth--;
    else if (released.length > 0) {
      out.push({ type: 'withdraw' });
      released = [];
    }
  }

  function hold(): void {
    state = 'held';
    depth = 0;
    sealAt = -1;
  }

  function isOwnLabel(text: string): boolean {
    const label = /^\s*[*_]*([^:：\n]{1,80})[:：][*_]*\s*$/.exec(text);
    return label?.[1] !== undefined && setting.names.whoIs(label[1]) === 'own';
  }

  /**
   * Whether anything before this opener is to be shown now. A name before it waits for what it says;
   * two actions with nothing between them become one segment, so the first waits for the second.
   */
  function mayShow(tag: Tag): boolean {
    const before = seen - 2 >= sectionTag ? tags[seen - 2] : undefined;
    const spoken = draft()
      .slice(before?.to ?? sectionFrom, tag.from)
      .trim();
    if (spoken !== '') return !spoken.endsWith(':');
    if (before === undefined) return false;
    if (before.kind === 'action') return tag.kind !== 'action';
    for (let i = sectionTag; i < seen - 2; i++) if (tags[i]?.kind === 'action') return true;
    return false;
  }

  /** An action is done once speech follows it. */
  function seal(piece: string, from: number, to: number, out: Release[]): void {
    const after = piece.slice(Math.max(0, sealAt - from), to - from).trimStart();
    if (after === '') return;
    const at = sealAt;
    sealAt = -1;
    if (/^[\p{L}\p{N}"'“‘«¿¡…—]/u.test(after)) release(at, 'speech', out);
  }

  function release(to: number, next: 'thought' | 'action' | 'speech' | Tag['kind'], out: Release[]): void {
    // Each look at the draft so far copies it once; a turn in so many parts can wait for its end.
    if (released.length > MOST_RELEASES) {
      hold();
      return;
    }
    const text = draft().slice(sectionFrom, to);
    const settled = settleSection(text, to);
    const visible = visibleSegments(settled.segments);
    const last = settled.segments.at(-1);
    if (!isCertain(text, settled) || (next === 'action' && last?.kind === 'action')) {
      hold();
      return;
    }
    for (const segment of visible) out.push({ type: 'segment', segment });
    append(released, visible);
    sectionFrom = to;
    while (sectionTag < seen && (tags[sectionTag]?.to ?? 0) <= to) sectionTag++;
    first = false;
  }

  function settleSection(text: string, to: number): Settled {
    const part = first ? beginning : middle;
    const short = readCanonicalTurn(text, part);
    if (short) return short;
    const own = tags.slice(sectionTag, seen).filter((tag) => tag.to <= to);
    const shifted = own.map((tag) => ({ ...tag, from: tag.from - sectionFrom, to: tag.to - sectionFrom }));
    return settleTurn(text, shifted, part);
  }

  /** Whether a section means the same whatever follows it. */
  function isCertain(text: string, settled: Settled): boolean {
    // A plan that quotes its own closer goes on in the middle of a sentence.
    if (first && element === undefined && /^[`"'”’,;.)]|^ ?\p{Ll}/u.test(text)) return false;
    // What escapes the tag behind it goes with that tag.
    if (text.endsWith('\\')) return false;
    return (
      settled.plain &&
      !settled.rejected &&
      !settled.faults.has('plan-untagged') &&
      fits(settled.segments[0]?.kind)
    );
  }

  /** A segment of the kind that was released last would have been joined to it. */
  function fits(kind: string | undefined): boolean {
    return kind === undefined || released.at(-1)?.kind !== kind;
  }

  function finish(visible: readonly VisibleSegment[]): readonly Release[] {
    const out: Release[] = [];
    const holds =
      released.length <= visible.length &&
      released.every(
        ({ kind, text }, index) => visible[index]?.kind === kind && visible[index]?.text === text,
      );
    if (!holds) out.push({ type: 'withdraw' });
    for (const segment of visible.slice(holds ? released.length : 0)) out.push({ type: 'segment', segment });
    return out;
  }

  return { advance, finish, isCalm: () => sealAt < 0 };
}
