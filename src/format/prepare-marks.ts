import type { Mark } from './channels.ts';
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
  if (marks.some((mark) => mark.soft || mark.kind === 'unknown')) marks = onlyPaired(marks, faults);
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
    if (widened.to > (prepared.at(-1)?.to ?? -1)) prepared.push(widened);
  }
  return prepared;
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

/** Takes in the marks that stand on both sides of a tag, and those that escape it. */
function widen(text: string, mark: Mark, after: number): Mark {
  let from = Math.max(mark.from, after);
  let to = mark.to;
  while (from > after && text[from - 1] === '\\') from--;
  while (from > after && WRAPS.get(text[from - 1] ?? '') === text[to] && to < text.length) {
    from--;
    to++;
  }
  return from === mark.from && to === mark.to ? mark : { ...mark, from, to };
}

const WRAPS: ReadonlyMap<string, string> = new Map([
  ['<', '>'],
  ['`', '`'],
  ['*', '*'],
  ['_', '_'],
]);
