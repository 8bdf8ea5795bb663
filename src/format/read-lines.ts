import { LAYER_ENDING } from './heading-names.ts';
import { type Heading, readHeading } from './headings.ts';
import { type Label, type Names, readLabel } from './labels.ts';
import { isOutOfPlay, isThinkingWord } from './mind.ts';
import type { Fault } from './parsed-turn.ts';
import type { Piece } from './piece.ts';
import { talksOfTheTask } from './plan-guard.ts';

/** A part of a stretch after its lines were looked at; `bare` is still to be read for marks. */
export type LinePart = { readonly kind: Piece['kind'] | 'bare'; readonly text: string };

export type LineReader = {
  /** Takes labels and headings out of a visible stretch, before anybody else’s label. `tagFollows`: it ends at a tag. */
  read(text: string, tagFollows: boolean): LinePart[];
  /** A tag of a hidden or visible layer stands here; says whether an untagged plan still goes on. */
  passTag(): 'plan' | 'none';
  /** Whose label was met, if any: nothing after it is part of this turn. */
  nextSpeaker(): string | undefined;
};

// What a text must hold for its lines to be worth a look, and where a line must have it.
const MAY_MATTER =
  /[:：﹕︓#]|\*\*|---|___|===|(?:^|\n)[ \t]*[[{【_]|\n[ \t]*(?:user|human|system|assistant|model)[ \t]*(?:\n|$)/;
// The same for lines that name a layer by themselves: with a number, or in words that are nothing else.
const NUMBERED = /(?:^|\n)[ \t]*(?:>\s?)?\(?\d{1,2}[.)]/;
const LAYER_LINE = new RegExp(
  String.raw`(?:^|\n)[^\S\n]*(?:>\s?)?[\p{L}'’ _•-]{0,40}${LAYER_ENDING}[ \t]*(?:\n|$)`,
  'iu',
);
const COLON = /[:：﹕︓]/g;
const REACH = 120;
const RULE = /^[ \t]*(?:-{3,}|\*{3,}|_{3,}|={3,})[ \t]*$/;
// What is left of a chat template whose tokens were stripped.
const ROLE_LINE = /^[ \t]*(?:user|human|system|assistant|model)[ \t]*$/;

/**
 * Reads visible text line by line for what stands at the start of lines: the speaker's own name,
 * which is dropped, another's, which ends the turn, and headings that name a layer.
 *
 * @param names whose labels to know
 * @param midway text of this turn was read before: an unknown label no longer stands at its start
 */
export function createLineReader(names: Names, faults: Set<Fault>, midway: boolean): LineReader {
  // What a line under no heading belongs to is up to its marks; under one, to the heading.
  let section: 'none' | 'plan' | 'thought' | 'action' = 'none';
  let underHeadings = false;
  let begun = midway;
  let nextSpeaker: string | undefined;
  // The end of what was read last, to see whether a tag opens a line.
  let tail = '\n';

  function read(text: string, tagFollows: boolean): LinePart[] {
    tail = text.slice(-16);
    if (section === 'none' && !underHeadings && !mayMatter(text)) {
      begun ||= text.trim() !== '';
      return [{ kind: 'bare', text }];
    }
    const parts: LinePart[] = [];
    const isWorthALook = createLineFilter(text);
    // Where the part that is being read begins.
    let from = 0;
    for (let at = 0; at < text.length && nextSpeaker === undefined; ) {
      const lineEnd = text.indexOf('\n', at);
      const end = lineEnd < 0 ? text.length : lineEnd;
      if (isWorthALook(at, end)) readLine(at, end);
      begun ||= text.slice(Math.max(from, at), end).trim() !== '';
      at = end + 1;
    }
    if (nextSpeaker === undefined) {
      const other = tagFollows ? trailingOther(text.slice(from)) : undefined;
      passTo(other ? from + other.from : text.length, text.length);
      nextSpeaker = other?.name;
      if (other) faults.add('other-speaker');
    }
    return parts;

    /** Ends the part at `to`; the next one begins at `next`, after what is dropped. */
    function passTo(to: number, next: number): void {
      if (to > from) parts.push({ kind: section === 'none' ? 'bare' : section, text: text.slice(from, to) });
      from = next;
    }

    function readLine(at: number, end: number): void {
      const label = readLabel(text, at);
      const known = label && names.whoIs(label.name);
      const heading = known ? undefined : readHeading(text, at, underHeadings);
      if (heading) {
        passTo(at, heading.to);
        enter(heading);
      } else if (begun && section !== 'plan' && isAfterword(text, at, end, label)) {
        passTo(at, at);
        section = 'plan';
      } else if (begun && ROLE_LINE.test(text.slice(at, end))) {
        passTo(at, at);
        cut(text.slice(at, end).trim());
      } else if (label) {
        const isBeforeTag = tagFollows && text.slice(label.to).trim() === '';
        const who = known === undefined ? whoseUnknown(label.name, isBeforeTag) : whose(known, label.name);
        // Under a plan's heading names with a colon are part of the plan, unless a tag follows.
        if (who === undefined || (section === 'plan' && !isBeforeTag)) return;
        passTo(at, label.to);
        if (who === 'own') {
          faults.add('own-name');
          section = isThinkingWord(label.aside) ? 'thought' : 'none';
        } else {
          cut(who.other);
        }
      }
    }
  }

  function enter(heading: Heading): void {
    faults.add('heading-reply');
    if (heading.layer === 'reply') section = 'none';
    else if (heading.layer === 'musing') section = underHeadings || begun ? 'thought' : 'plan';
    else section = heading.layer;
    underHeadings = true;
  }

  function cut(other: string): void {
    faults.add('other-speaker');
    nextSpeaker = other;
  }

  function whose(known: NonNullable<ReturnType<Names['whoIs']>>, name: string): 'own' | { other: string } {
    if (known !== 'own-or-other') return known;
    return begun ? { other: name } : 'own';
  }

  /** `Lizzy: <role_thinking>`: nobody we know, but a label all the same where a tag follows it. */
  function whoseUnknown(name: string, beforeTag: boolean): 'own' | { other: string } | undefined {
    if (!beforeTag || !isNameLike(name) || otherAtEnd(name)) return undefined;
    return begun ? { other: name } : 'own';
  }

  /** `… Good day. Mr. Darcy: <role_thinking>`: another's label at the end of a line, before a tag. */
  function trailingOther(text: string): { name: string; from: number } | undefined {
    const match = /([^\n]{1,80})[:：]\s*$/.exec(text.slice(-100));
    if (!match) return undefined;
    const found = otherAtEnd(match[1] ?? '');
    return found && { name: found.name, from: text.length - match[0].length + found.from };
  }

  /** The longest name of another, of at most five words, that a text ends with. */
  function otherAtEnd(text: string): { name: string; from: number } | undefined {
    for (const { index: from } of [...text.matchAll(/\S+/g)].slice(-5)) {
      const who = names.whoIs(text.slice(from));
      if (typeof who === 'object') return { name: who.other, from };
    }
    return undefined;
  }

  function passTag(): 'plan' | 'none' {
    // A plan under a heading may quote tags; one that opens a line begins the reply.
    if (section === 'plan' && !/\n[ \t]*$/.test(tail)) return 'plan';
    section = 'none';
    begun = true;
    return 'none';
  }

  return { read, passTag, nextSpeaker: () => nextSpeaker };
}

function mayMatter(text: string): boolean {
  return MAY_MATTER.test(text) || NUMBERED.test(text) || (text.includes('\n') && LAYER_LINE.test(text));
}

/** Tells which lines are worth a look: with a colon near their start, opened by a mark, or short. */
function createLineFilter(text: string): (at: number, end: number) => boolean {
  let colon = -1;
  return (at, end) => {
    if (colon < at) {
      COLON.lastIndex = at;
      colon = COLON.exec(text)?.index ?? text.length;
    }
    if (colon < end && colon - at < REACH) return true;
    return end - at < 40 || /^\s*[#*_[{【(>=\d•-]/.test(text.slice(at, at + 8));
  };
}

/** One to four capitalised words, titles with their dots: what an unknown name looks like. */
function isNameLike(name: string): boolean {
  return /^(?:\p{Lu}[\p{L}'’-]*(?:(?<=^\p{L}{1,4}|\s\p{L}{1,4})\.)?\s?){1,4}$/u.test(name);
}

/** `Note: I kept her guarded`, or a ruled line and talk about the task: the model, not the character. */
function isAfterword(text: string, at: number, end: number, label: Label | undefined): boolean {
  if (label) return isOutOfPlay(label.name);
  return RULE.test(text.slice(at, end)) && talksOfTheTask(text.slice(end));
}
