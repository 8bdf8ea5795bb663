import { fold } from './fold.ts';
import { type HeadingLayer, layerOfName } from './heading-names.ts';
import { kindOfKnownName, tagNameOf } from './layer-names.ts';

/** A line that names a layer: `**System Thinking:** …`, `## Response`, `Thought: …`. */
export type Heading = {
  readonly layer: HeadingLayer;
  /** Where what belongs to it begins, in the text. */
  readonly to: number;
};

const LINE =
  /^((?:>\s?)?(?:#{1,6}\s?)?(?:\(?\d{1,2}[.)]\s?)?(?:[-•]\s)?[*_`[{【]{0,4})(\p{L}[\p{L}\p{M}\p{Cf} _\-'’]{0,47}[\p{L}\p{M}\p{Cf}\-'’])\s{0,2}([*_`\]}】]{0,4})\s?([:：]?)([*_`\]}】]{0,4})[ \t]?/u;

// Whose it is; English, then German, Spanish and Portuguese, French, Italian.
const OWNERS =
  'his|her|their|my|its|meine?|seine?|ihre?|mis?|sus?|meus?|seus?|mon|ma|mes|son|sa|ses|mio|miei|suo|suoi';
const OWNED = new RegExp(
  String.raw`^.*(?:['’]s|s['’]|\b(?:${OWNERS}|character|the)|s(?=\sgedanken))[\s_-]+(.+)$`,
);
// A sentence about somebody's thoughts has other words before these, and most often something behind.
const OWNER = new RegExp(`^(?:(?:il|i|os?) )?(?:${OWNERS}|the character) (.+)$`, 'iu');
const OWNER_BY_NAME =
  /^(?:[Tt]he )?(?:\p{Lu}[\p{L}’'-]* ){0,2}[\p{L}-]+(?:['’]s|s['’]|s(?= Gedanken)) (.+)$/u;

/**
 * Reads the heading at the start of the line that begins at `from`, or nothing.
 *
 * @param underHeadings an earlier line was a heading, so that the less telling words count as well
 */
export function readHeading(text: string, from: number, underHeadings: boolean): Heading | undefined {
  const lineEnd = text.indexOf('\n', from);
  const line = text.slice(from, Math.min(lineEnd < 0 ? text.length : lineEnd, from + 120)).trimEnd();
  const indent = line.length - line.trimStart().length;
  const match = LINE.exec(line.slice(indent));
  if (!match) return undefined;
  const [all, before = '', words = '', closed = '', colon = '', closedLater = ''] = match;
  const isWholeLine = indent + all.length === line.length;
  const marked = /[#*_[{【]|\d/.test(before);
  // `*Inner thought: I fear him*` is a marked stretch that says what it is, not a heading.
  if (/[*_`[{【]/.test(before) && closed === '' && closedLater === '' && !isWholeLine) return undefined;
  // `【思考】 …`; but `[thinking](nods)` is the older format, in which brackets stand side by side.
  const bracketed =
    /[[{【]/.test(before) && closed !== '' && !/^\s*[(（[【{]/.test(line.slice(indent + all.length));
  const at = from + indent;
  // `## System Thinking he must not know`: the sign is enough, where the first words name a layer.
  const [opening] = /^\S+\s\S+/.exec(words) ?? [];
  const begun = before.includes('#') && opening !== undefined && layerOfName(tagNameOf(opening), false);
  if (begun) return { layer: begun, to: at + before.length + opening.length };
  // By itself on a line, a heading needs a sign, or words that are nothing else.
  const namedAlone = isWholeLine && (marked || underHeadings || namesOnlyALayer(words));
  if (colon === '' && !bracketed && !namedAlone) return undefined;
  const layer = layerNamed(words, underHeadings || marked);
  return layer && { layer, to: at + all.length };
}

/** `Inner Thoughts`, `Thoughts`, `Mara’s thoughts`: a layer’s name, perhaps whose it is before it, and nothing else. */
function namesOnlyALayer(words: string): boolean {
  const own = OWNER.exec(words)?.[1] ?? OWNER_BY_NAME.exec(withoutCapitals(words))?.[1];
  // A line that is broken in its midst may end in `thought`.
  if (/^\p{Ll}[^ _]*$/u.test(words)) return false;
  return layerOfName(tagNameOf(own ?? words), false) !== undefined;
}

/** Whether words name thoughts or a plan, perhaps whose they are before it, and nothing else. */
export function namesOnlyThoughts(words: string): boolean {
  const line = words.trim();
  const heading = readHeading(line, 0, false);
  return heading?.to === line.length && heading.layer !== 'action' && heading.layer !== 'reply';
}

/** `MARA’S THOUGHTS` as `Mara’s Thoughts`. */
function withoutCapitals(words: string): string {
  return words.replace(/(?<=[\p{L}'’-])\p{Lu}/gu, (letter) => letter.toLowerCase());
}

function layerNamed(words: string, unsureToo: boolean): Heading['layer'] | undefined {
  const name = tagNameOf(words);
  const layer = layerOfName(name, unsureToo) ?? foreignLayer(name);
  if (layer) return layer;
  // `Mara's thoughts`, `her inner monologue`: whose it is stands before, last of all where `the girl's` says it.
  const own = OWNED.exec(fold(words))?.[1];
  const ownLayer = own === undefined ? undefined : layerOfName(tagNameOf(own), unsureToo);
  return ownLayer === 'musing' ? 'thought' : ownLayer;
}

/** Other scripts have the names of `tag-names.ts` only, and none of them is an everyday word. */
function foreignLayer(name: string): Heading['layer'] | undefined {
  const kind = /[\u0250-\uffff]/.test(name) ? kindOfKnownName(name) : undefined;
  if (kind === 'speech') return 'reply';
  return kind === 'plan' || kind === 'thought' || kind === 'action' ? kind : undefined;
}

/** The layer that a key of a JSON reply names in the words of a heading. */
export function headingLayer(key: string): 'plan' | 'musing' | 'thought' | 'action' | 'speech' | undefined {
  const layer = layerNamed(key, true);
  return layer === 'reply' ? 'speech' : layer;
}
