import type { Piece } from './bare-text.ts';
import { type Heading, readHeading } from './headings.ts';
import { type Label, type Names, readLabel } from './labels.ts';
import { isOutOfPlay, isThinkingWord } from './mind.ts';
import type { Fault } from './parsed-turn.ts';
import { talksOfTheTask } from './plan-guard.ts';

/** What a line under no heading belongs to is up to its marks; under one, to the heading. */
type Section = 'none' | 'plan' | 'thought' | 'action';

/** A part of a stretch after its lines were looked at; `bare` is still to be read for marks. */
export type LinePart = { readonly kind: Piece['kind'] | 'bare'; readonly text: string };

export type LineReader = {
  /** Takes labels and headings out of a visible stretch. `tagFollows`: it ends at a tag. */
  read(text: string, tagFollows: boolean): LinePart[];
  /** A tag of a hidden or visible layer stands here; says whether an untagged plan still goes on. */
  passTag(): 'plan' | 'none';
  /** Somebody else's label was met: nothing after it is part of this turn. */
  readonly cut: boolean;
  readonly nextSpeaker: string | undefined;
};

const MAY_MATTER = /[:：﹕︓#]|\n(?:user|human|system|assistant|model)[ \t]*\n|\*\*|---|___|===|(?:^|\n)\s*[[{【_]/;
// What is left of a chat template whose tokens were stripped.
const ROLE_LINE = /^[ \t]*(?:user|human|system|assistant|model)[ \t]*$/;
const RULE = /^[ \t]*(?:-{3,}|\*{3,}|_{3,}|={3,})[ \t]*$/;
const COLON = /[:：﹕︓]/g;
// A line further than this from its colon has no label.
const REACH = 120;

/** Tells which lines are worth a look: those with a colon near their start, or opened by a mark. */
function createLineFilter(text: string): (line: number) => boolean {
  let colon = -1;
  return (line) => {
    if (colon < line) {
      COLON.lastIndex = line;
      colon = COLON.exec(text)?.index ?? text.length;
    }
    return colon - line < REACH || /^\s*[#*_[{【(>=\d•-]/.test(text.slice(line, line + 8));
  };
}

/**
 * Reads visible text line by line for what stands at the start of lines: the speaker's own name,
 * which is dropped, another's, which ends the turn, and headings that name a layer.
 *
 * @param names whose labels to know
 * @param midway text of this turn was read before: an unknown label no longer stands at its start
 */
export function createLineReader(names: Names, faults: Set<Fault>, midway: boolean): LineReader {
  let section: Section = 'none';
  let underHeadings = false;
  let begun = midway;
  let cut = false;
  let nextSpeaker: string | undefined;
  // The end of what was read last, to see whether a tag opens a line.
  let tail = '\n';

  function read(text: string, tagFollows: boolean): LinePart[] {
    const parts: LinePart[] = [];
    if (cut) return parts;
    if (section === 'none' && !MAY_MATTER.test(text)) {
      if (text.trim() !== '') begun = true;
      tail = text.slice(-16);
      return [{ kind: 'bare', text }];
    }
    let from = 0;
    const matters = createLineFilter(text);
    for (let line = 0; line >= 0 && line < text.length && !cut; ) {
      const worth = matters(line);
      const label = worth ? readLabel(text, line) : undefined;
      const isKnown = label !== undefined && names.whoIs(label.name) !== undefined;
      const heading = worth && !isKnown ? readHeading(text, line, underHeadings) : undefined;
      const next = text.indexOf('\n', line);
      if (heading) {
        add(parts, text.slice(from, line));
        enter(heading);
        from = heading.to;
      } else if (worth && begun && isAfterword(text, line, next, label)) {
        add(parts, text.slice(from, line));
        section = 'plan';
        from = line;
      } else if (label) {
        const isLast = next < 0 || text.slice(next).trim() === '';
        const isWhole = text.slice(label.to, next < 0 ? text.length : next).trim() === '';
        const beforeTag = tagFollows && isLast && isWhole;
        const who = whoseLabel(label.name, beforeTag);
        // Under a plan's heading a name with a colon is part of the plan, unless a tag follows.
        if (who === 'own' && (section !== 'plan' || beforeTag)) {
          faults.add('own-name');
          add(parts, text.slice(from, line));
          section = isThinkingWord(label.aside) ? 'thought' : 'none';
          from = label.to;
        } else if (who && who !== 'own') {
          add(parts, text.slice(from, label.from));
          end(who.other);
        }
      }
      if (!cut && text.slice(from, next < 0 ? text.length : next).trim() !== '') begun = true;
      line = next < 0 ? -1 : next + 1;
    }
    if (!cut) {
      const rest = text.slice(from);
      const other = tagFollows ? trailingOther(rest) : undefined;
      add(parts, other ? rest.slice(0, other.from) : rest);
      if (other) end(other.name);
    }
    tail = text.slice(-16);
    return parts;
  }

  /** `Note: I kept her guarded`, or a ruled line and talk about the task: the model, not the character. */
  function isAfterword(text: string, line: number, next: number, label: Label | undefined): boolean {
    if (label) return isOutOfPlay(label.name);
    return next >= 0 && RULE.test(text.slice(line, next)) && talksOfTheTask(text.slice(next));
  }

  function add(parts: LinePart[], text: string): void {
    if (text !== '') parts.push({ kind: section === 'none' ? 'bare' : section, text });
  }

  function enter(heading: Heading): void {
    faults.add('heading-reply');
    if (heading.layer === 'reply') section = 'none';
    else if (heading.layer === 'musing') section = underHeadings || begun ? 'thought' : 'plan';
    else section = heading.layer;
    underHeadings = true;
  }

  /** `Lizzy: <role_thinking>`: nobody we know, but a label all the same where a tag follows it. */
  function whoseLabel(name: string, beforeTag: boolean): 'own' | { other: string } | undefined {
    const who = names.whoIs(name);
    if (who === 'own-or-other') return begun ? { other: name } : 'own';
    if (who !== undefined) return who;
    if (!beforeTag || !/^(?:\p{Lu}[\p{L}'’-]*(?:(?<=^\p{L}{1,4}|\s\p{L}{1,4})\.)?\s?){1,4}$/u.test(name))
      return undefined;
    return begun ? { other: name } : 'own';
  }

  /** `… Good day. Mr. Darcy: <role_thinking>`: another's label at the end of a line, before a tag. */
  function trailingOther(text: string): { name: string; from: number } | undefined {
    const match = /[^\n]{1,80}[:：]\s*$/.exec(text.slice(-100));
    if (!match) return undefined;
    const line = match[0].replace(/[:：]\s*$/, '');
    const words = [...line.matchAll(/\S+/g)];
    for (let count = Math.min(5, words.length); count >= 1; count--) {
      const first = words.at(-count)?.index ?? 0;
      const who = names.whoIs(line.slice(first));
      if (typeof who === 'object') return { name: who.other, from: text.length - match[0].length + first };
    }
    return undefined;
  }

  function end(other: string): void {
    faults.add('other-speaker');
    cut = true;
    nextSpeaker = other;
  }

  function passTag(): 'plan' | 'none' {
    // A plan under a heading may quote tags; one that opens a line begins the reply.
    if (section === 'plan' && !/\n[ \t]*$/.test(tail)) return 'plan';
    section = 'none';
    begun = true;
    return 'none';
  }

  return {
    read,
    passTag,
    get cut() {
      return cut;
    },
    get nextSpeaker() {
      return nextSpeaker;
    },
  };
}
