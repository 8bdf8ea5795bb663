import { type Mark, readChannels } from './channels.ts';
import type { Fault } from './parsed-turn.ts';
import type { Tag } from './tag-scanner.ts';

export type Uncut = {
  readonly marks: readonly Mark[];
  /** Where the turn ends: at the stop token, or at the end of the text. */
  readonly end: number;
};

/**
 * Deals with the punctuation of chat templates that leaks into replies (`<|im_end|>`, `</s>`,
 * `[INST]`, `<end_of_turn>`).
 *
 * Before anything was said it is noise, and taken out with the role's name behind it; after that it
 * ends the turn, and what follows is another message.
 */
export function readChatTokens(text: string, tags: readonly Tag[], faults: Set<Fault>): Uncut {
  const all = readChannels(text, tags);
  if (!all.some((mark) => mark.kind === 'token')) return { marks: all, end: text.length };
  const marks: Mark[] = [];
  // Nothing but plans, noise and blanks so far.
  let silent = true;
  let inPlan = 0;
  let pos = 0;
  for (let i = 0; i < all.length; i++) {
    const mark = all[i];
    if (!mark || mark.from < pos) continue;
    if (inPlan === 0 && text.slice(pos, mark.from).trim() !== '') silent = false;
    pos = mark.to;
    if (mark.kind !== 'token' || isStrike(all, i)) {
      if (mark.kind === 'plan' || mark.kind === 'musing')
        inPlan = Math.max(0, inPlan + (mark.close ? -1 : 1));
      else if (mark.kind !== 'void') silent = false;
      if (mark.kind !== 'token') marks.push(mark);
      continue;
    }
    faults.add('stop-token');
    const next = silent && inPlan === 0 ? endOfPreamble(text, all, i) : undefined;
    if (next === undefined) return { marks, end: mark.from };
    marks.push({ ...mark, to: next, kind: 'void' });
    pos = next;
  }
  return { marks, end: text.length };
}

/** `<s>…</s>`: struck-through text, not the end of a sequence. */
function isStrike(marks: readonly Mark[], index: number): boolean {
  const mark = marks[index];
  if (mark?.name !== 's') return false;
  const other = marks[index + (mark.close ? -1 : 1)];
  return other?.name === 's' && other.close !== mark.close;
}

const OWN_ROLE = /^\s*(?:assistant|model|ai|bot)?[ \t]*/i;
const OTHER_ROLE = /^\s*(?:user|system|human|tool|developer)\b/i;

/** Where the reply begins after a leading token, or undefined where someone else's message does. */
function endOfPreamble(text: string, marks: readonly Mark[], index: number): number | undefined {
  const mark = marks[index];
  if (!mark) return undefined;
  const after = text.slice(mark.to, mark.to + 32);
  const opensMessage = /^(?:imstart|startofturn|startheaderid|assistant|start)$/.test(mark.name);
  const asksAgain = mark.name === 'inst' && !mark.close;
  if (asksAgain || /user|human/.test(mark.name) || (opensMessage && OTHER_ROLE.test(after))) return undefined;
  const next = marks[index + 1];
  if (mark.name === 'startheaderid' && next?.name === 'endheaderid') return next.to;
  return opensMessage ? mark.to + (OWN_ROLE.exec(after)?.[0].length ?? 0) : mark.to;
}
