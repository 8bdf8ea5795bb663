import type { Mark } from './channels.ts';
import { pairTags } from './nesting.ts';
import type { Fault } from './parsed-turn.ts';

/**
 * Decides which of the marks found are tags at all, in their place:
 * brackets that ordinary text uses need a partner, unknown names need one to hide what they enclose,
 * and a plan opened twice in a row is one plan. Marks around a tag (`**<role_action>**`, `` `<…>` ``,
 * `<<…>>`, `\<…\>`) go with it.
 */
export function prepareMarks(
  text: string,
  found: readonly Mark[],
  startInside: boolean,
  faults: Set<Fault>,
): readonly Mark[] {
  let marks = found;
  if (marks.some((mark) => mark.soft || mark.kind === 'unknown'))
    marks = withoutWrapper(text, onlyPaired(marks, faults));
  if (startInside) marks = [PRE_OPENED, ...marks];
  const prepared: Mark[] = [];
  for (const mark of marks) {
    if (!mark.canonical && mark.kind !== 'void') faults.add('tag-variant');
    const before = prepared.at(-1);
    let widened = widen(text, mark, before?.to ?? 0);
    if (
      before &&
      isPlanOpener(before) &&
      isPlanOpener(mark) &&
      text.slice(before.to, widened.from).trim() === ''
    ) {
      widened = { ...widened, from: before.from };
      prepared.pop();
    }
    prepared.push(widened);
  }
  return widenPairs(text, prepared);
}

/** What a server that opened the plan itself has left out of the text. */
const PRE_OPENED: Mark = {
  from: 0,
  to: 0,
  name: 'systemthinking',
  kind: 'plan',
  close: false,
  selfClosing: false,
  soft: false,
  canonical: true,
};

function isPlanOpener(mark: Mark): boolean {
  return !mark.close && (mark.kind === 'plan' || mark.kind === 'musing');
}

/** Leaves out the uncertain marks that have no partner of their name. */
function onlyPaired(marks: readonly Mark[], faults: Set<Fault>): Mark[] {
  const open = new Map<string, number[]>();
  const paired = new Set<number>();
  for (const [index, mark] of marks.entries()) {
    if (!mark.soft && mark.kind !== 'unknown') continue;
    const openers = open.get(mark.name) ?? [];
    if (mark.close) {
      const opener = openers.pop();
      if (opener !== undefined) paired.add(opener).add(index);
    } else {
      openers.push(index);
      open.set(mark.name, openers);
    }
  }
  return marks.filter((mark, index) => {
    if (mark.kind === 'unknown') faults.add('tag-unknown');
    // `(/thinking)` closes something even where its opener was lost.
    const certain = mark.kind !== 'unknown' && (!mark.soft || mark.close);
    return certain || paired.has(index);
  });
}

/**
 * `<character name="Mara">…</character>` around a whole reply with tags of its own: the wrapper says
 * nothing about what it holds. A pair that holds less, or no tags, hides it as any unknown one does.
 */
function withoutWrapper(text: string, marks: readonly Mark[]): readonly Mark[] {
  const last = marks.at(-1);
  const first = marks.findIndex((mark) => mark.kind === 'unknown');
  const opener = marks[first];
  if (!opener || last?.name !== opener.name || !last.close) return marks;
  const before = marks.slice(0, first);
  const beforeIsPlan = before.every(
    (mark) => mark.kind === 'plan' || mark.kind === 'musing' || mark.kind === 'void',
  );
  const alone =
    beforeIsPlan &&
    text.slice(before.at(-1)?.to ?? 0, opener.from).trim() === '' &&
    text.slice(last.to).trim() === '';
  const holdsRoles = marks.some(
    (mark) => mark.kind === 'thought' || mark.kind === 'action' || mark.kind === 'speech',
  );
  if (!alone || !holdsRoles) return marks;
  return marks.map((mark) => (mark === opener || mark === last ? { ...mark, kind: 'void' } : mark));
}

/** Takes in the marks that stand on both sides of a tag, and those that escape it. */
function widen(text: string, mark: Mark, after: number): Mark {
  let { from, to } = mark;
  while (text[from - 1] === '\\') from--;
  const width = wrapWidth(text, from, to, Math.min(from - after, text.length - to));
  from -= width;
  to += width;
  return { ...mark, from, to };
}

/** Takes in the marks around a whole element: `` `<role_action>nods</role_action>` ``. */
function widenPairs(text: string, marks: readonly Mark[]): readonly Mark[] {
  if (!marks.some((mark) => !mark.close && WRAPS.has(text[mark.from - 1] ?? ''))) return marks;
  const { partner } = pairTags(marks);
  const widened = [...marks];
  for (const [index, opener] of marks.entries()) {
    const other = partner[index] ?? -1;
    const closer = marks[other];
    if (other < index || !closer) continue;
    const room = Math.min(
      opener.from - (marks[index - 1]?.to ?? 0),
      (marks[other + 1]?.from ?? text.length) - closer.to,
    );
    const width = wrapWidth(text, opener.from, closer.to, room);
    widened[index] = { ...opener, from: opener.from - width };
    widened[other] = { ...closer, to: closer.to + width };
  }
  return widened;
}

const WRAPS: ReadonlyMap<string, string> = new Map([
  ['<', '>'],
  ['`', '`'],
  ['*', '*'],
  ['_', '_'],
]);

/**
 * How many marks stand on both sides alike, at most `room`. One asterisk is none: it may belong to
 * what is emphasised beside the tag.
 */
function wrapWidth(text: string, from: number, to: number, room: number): number {
  let width = 0;
  while (width < room && WRAPS.get(text[from - width - 1] ?? '') === text[to + width]) width++;
  return width === 1 && /[*_]/.test(text[to] ?? '') ? 0 : width;
}
