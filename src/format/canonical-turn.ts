import { LAYER_ENDING } from './heading-names.ts';
import { endOfOrdinary, isOrdinary } from './ordinary-text.ts';
import { mayTalkOfTheTask } from './plan-guard.ts';
import type { Setting, Settled } from './read-stretches.ts';
import type { Segment } from './segments.ts';
import { mayQuoteThoughts } from './spoken-text.ts';

const PLAN = '<system_thinking>';
const PLAN_END = '</system_thinking>';
const THOUGHT = '<role_thinking>';
const THOUGHT_END = '</role_thinking>';
const ACTION = '<role_action>';
const ACTION_END = '</role_action>';

// What ends a thought, and what the scanner, the repair of tags or `tidy` would look at in one.
const ENDS_THOUGHT =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  /[\u0000-\u0009\u000b-\u001f&<>[\u007f-\u009f\u2028\u2029\u25c1\ud800-\udfff\ufe64\uff1c]/g;
// A line that begins with another sign may be an aside (`spoken-text.ts`), one with a number a heading.
const STARTS_SPEECH = /^[\p{L}"'“‘…—–!?]/u;
const ROLE = /^(?:user|human|system|assistant|model)$/;
const NAMES_LAYER = new RegExp(`${LAYER_ENDING}$`, 'i');
const DOUBLE_SPACE = / {2}/g;
const NO_FAULTS: Settled['faults'] = new Set();
const OWN_NAME: Settled['faults'] = new Set(['own-name']);

/**
 * Reads a turn that is written exactly as the format has it, in words and ordinary punctuation, or
 * gives `undefined` for any other.
 *
 * A short cut through `settleTurn`, which would say the same (a property test holds it to that):
 * most turns are of this kind, and native searches read them faster than regexes strip them.
 */
export function readCanonicalTurn(text: string, setting: Setting): Settled | undefined {
  const planFrom = text.startsWith(PLAN) ? PLAN.length : 0;
  const planned = planFrom > 0 || setting.startInside;
  if (setting.section && planned) return undefined;
  // A reply that is JSON is read as such, also where the server had opened the plan.
  if (setting.startInside && /^\s*[{[`]/.test(text)) return undefined;
  let plan = '';
  let pos = 0;
  if (planned) {
    const end = text.indexOf('<', planFrom);
    if (end < 0 || !text.startsWith(PLAN_END, end) || (planFrom > 0 && setting.startInside)) return undefined;
    plan = text.slice(planFrom, end);
    // A backslash there escapes the closer, and goes with it.
    if (holdsTagSigns(plan) || plan.endsWith('\\')) return undefined;
    pos = end + PLAN_END.length;
  }
  DOUBLE_SPACE.lastIndex = pos;
  if (DOUBLE_SPACE.test(text)) return undefined;

  const segments: Segment[] = [];
  let named = false;
  for (;;) {
    const end = endOfPlainText(text, pos);
    if (end < 0) return undefined;
    let said = text.slice(pos, end).trim();
    if (said !== '' && segments.length === 0) {
      if (!(planned || setting.section) || mayTalkOfTheTask(said)) return undefined;
      const label: number = setting.midway
        ? 0
        : ownLabel(said, end < text.length || setting.section, setting);
      named = label > 0;
      said = said.slice(label).trimStart();
    }
    if (said !== '') {
      if (said.includes('\n') || said.includes(':') || !STARTS_SPEECH.test(said)) return undefined;
      if (end - pos > said.length && mayBeHeading(said)) return undefined;
      segments.push({ kind: 'speech', text: said });
    }
    if (end === text.length) break;
    const isThought = text.startsWith(THOUGHT, end);
    if (!isThought && !text.startsWith(ACTION, end)) return undefined;
    const kind = isThought ? 'thought' : 'action';
    const from = end + (isThought ? THOUGHT : ACTION).length;
    const to = isThought ? endOfThought(text, from) : endOfPlainText(text, from);
    if (to < 0 || !text.startsWith(isThought ? THOUGHT_END : ACTION_END, to)) return undefined;
    const inner = text.slice(from, to).trim();
    if (inner === '' || inner.includes('\n') || segments.at(-1)?.kind === kind) return undefined;
    if (isThought ? inner.endsWith('\\') : inner.includes(':')) return undefined;
    segments.push({ kind, text: inner });
    pos = to + (isThought ? THOUGHT_END : ACTION_END).length;
  }
  const faults = named ? OWN_NAME : NO_FAULTS;
  return { plan: plan.trim(), segments, faults, rejected: false, plain: true, nextSpeaker: undefined };
}

/**
 * Where words and ordinary punctuation end, at a tag or with the text; -1 where anything else stands
 * among them. Quotation marks may, unless somebody seems to think what they hold.
 */
function endOfPlainText(text: string, from: number): number {
  let quoted = false;
  let end = endOfOrdinary(text, from);
  while (end < text.length && text[end] !== '<') {
    if (!/["“«]/.test(text[end] ?? '')) return -1;
    quoted = true;
    end = endOfOrdinary(text, end + 1);
  }
  return quoted && mayQuoteThoughts(text.slice(from, end)) ? -1 : end;
}

function endOfThought(text: string, from: number): number {
  ENDS_THOUGHT.lastIndex = from;
  return ENDS_THOUGHT.test(text) ? ENDS_THOUGHT.lastIndex - 1 : -1;
}

/** The name of a role or of a layer, which by itself on a line may be more than speech. */
function mayBeHeading(said: string): boolean {
  return said.length < 64 && (ROLE.test(said) || NAMES_LAYER.test(said));
}

/**
 * The length of `Name:` at the start: the speaker's name or an alias as it was given, or any name
 * that nobody else has, alone before a tag.
 */
function ownLabel(said: string, tagFollows: boolean, { speaker, names }: Setting): number {
  const colon = said.indexOf(':');
  if (colon <= 0 || colon > 80) return 0;
  const name = said.slice(0, colon);
  if (name === speaker?.name || speaker?.aliases?.includes(name)) return isOrdinary(name) ? colon + 1 : 0;
  const isAlone = tagFollows && colon === said.length - 1;
  return isAlone && /^\p{Lu}\p{Ll}{2,30}$/u.test(name) && names.whoIs(name) === undefined ? colon + 1 : 0;
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
