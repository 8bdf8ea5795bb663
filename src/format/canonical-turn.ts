import { mayTalkOfTheTask } from './plan-guard.ts';
import type { Setting, Settled } from './read-stretches.ts';
import type { Segment } from './segments.ts';

const PLAN = '<system_thinking>';
const PLAN_END = '</system_thinking>';
const ELEMENTS = [
  { kind: 'thought', open: '<role_thinking>', close: '</role_thinking>' },
  { kind: 'action', open: '<role_action>', close: '</role_action>' },
] as const;

/**
 * Reads a turn that is written exactly as the format has it, in words and ordinary punctuation, or
 * gives `undefined` for any other.
 *
 * A short cut through `settleTurn`, which would say the same (a property test holds it to that):
 * most turns are of this kind, and native searches read them several times faster than regexes
 * strip them.
 */
export function readCanonicalTurn(text: string, setting: Setting): Settled | undefined {
  const afterPlan = readPlan(text, setting);
  if (!afterPlan) return undefined;
  const segments: Segment[] = [];
  let { pos } = afterPlan;
  let named = false;
  for (;;) {
    const tag = text.indexOf('<', pos);
    let said = text.slice(pos, tag < 0 ? text.length : tag).trim();
    if (said !== '' && segments.length === 0) {
      if (!afterPlan.planned) return undefined;
      const label: number = named ? 0 : ownLabel(said, setting);
      named ||= label > 0;
      said = said.slice(label).trimStart();
      if (mayTalkOfTheTask(said)) return undefined;
    }
    if (said !== '') {
      if (!isPlain(said)) return undefined;
      segments.push({ kind: 'speech', text: said });
    }
    if (tag < 0) break;
    const element = ELEMENTS.find(({ open }) => text.startsWith(open, tag));
    if (!element) return undefined;
    const end = text.indexOf('<', tag + element.open.length);
    const inner = text.slice(tag + element.open.length, end).trim();
    const isWhole = end >= 0 && text.startsWith(element.close, end) && inner !== '';
    if (!isWhole || segments.at(-1)?.kind === element.kind) return undefined;
    if (!(element.kind === 'thought' ? isPlainThought(inner) : isPlain(inner))) return undefined;
    segments.push({ kind: element.kind, text: inner });
    pos = end + element.close.length;
  }
  return {
    plan: afterPlan.plan,
    segments,
    faults: named ? OWN_NAME : NO_FAULTS,
    rejected: false,
    plain: true,
    nextSpeaker: undefined,
  };
}

const NO_FAULTS: Settled['faults'] = new Set();
const OWN_NAME: Settled['faults'] = new Set(['own-name']);

function readPlan(
  text: string,
  setting: Setting,
): { plan: string; planned: boolean; pos: number } | undefined {
  const from = text.startsWith(PLAN) ? PLAN.length : 0;
  if (from === 0 && !setting.startInside) return { plan: '', planned: false, pos: 0 };
  if (from > 0 && setting.startInside) return undefined;
  const end = text.indexOf('<', from);
  if (end < 0 || !text.startsWith(PLAN_END, end)) return undefined;
  const plan = text.slice(from, end);
  if (holdsTagSigns(plan) || holdsOddBreaks(plan)) return undefined;
  return { plan: plan.trim(), planned: true, pos: end + PLAN_END.length };
}

/** The length of `Name:` at the start, where it is the speaker's name as given. */
function ownLabel(said: string, { speaker }: Setting): number {
  const name = speaker?.name;
  if (
    !name ||
    !said.startsWith(name) ||
    said[name.length] !== ':' ||
    !/^\p{Lu}[\p{L}. ]+ \p{Lu}\p{L}+$/u.test(name)
  )
    return 0;
  return name.length + 1;
}

// Marks, signs of tags and labels, control characters, and letters that may be others in disguise.
const UNUSUAL =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  // biome-ignore lint/suspicious/noMisleadingCharacterClass: each stands for itself
  /[\u0000-\u001f#&()*:<>[\\\]_`{|}~\u007f-\u009f\u00ad\u0300-\u1fff\u200b-\u200f\u2028-\u202f\u2060-\uffff]/;

/** Words and ordinary punctuation on one line, with nothing that may speak of thoughts. */
function isPlain(text: string): boolean {
  return !(
    UNUSUAL.test(text) ||
    text.includes('  ') ||
    text.includes('hink') ||
    text.includes('hought') ||
    text.includes('muse') ||
    text.includes('wonder')
  );
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const UNTIDY = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\ud800-\udfff]/;

function isPlainThought(text: string): boolean {
  return !(holdsTagSigns(text) || UNTIDY.test(text) || text.includes('  '));
}

/** Anything that the scanner or the repair of tags would look at. */
function holdsTagSigns(text: string): boolean {
  return (
    text.includes('>') ||
    text.includes('[') ||
    text.includes('&') ||
    text.includes('＜') ||
    text.includes('﹤') ||
    text.includes('◁')
  );
}

function holdsOddBreaks(text: string): boolean {
  return (
    text.includes('\r') ||
    text.includes('\v') ||
    text.includes('\f') ||
    text.includes('\u0085') ||
    text.includes('\u2028') ||
    text.includes('\u2029')
  );
}
