import { fold } from './fold.ts';
import { kindOfKnownName, tagNameOf } from './layer-names.ts';

/** A line that names a layer: `**System Thinking:** …`, `## Response`, `Thought: …`. */
export type Heading = {
  readonly layer: 'plan' | 'musing' | 'thought' | 'action' | 'reply';
  /** Where what belongs to it begins, in the text. */
  readonly to: number;
};

// Words that say what a section holds. The second list is only trusted where markdown marks the
// line as a heading, or the reply has shown that it is written under headings.
const SURE: Readonly<Record<string, Heading['layer']>> = {
  systemthinking: 'plan',
  systemthought: 'plan',
  systemthoughts: 'plan',
  thinkingprocess: 'plan',
  thoughtprocess: 'plan',
  mythoughtprocess: 'plan',
  hereismythoughtprocess: 'plan',
  chainofthought: 'plan',
  internalreasoning: 'plan',
  hiddenreasoning: 'plan',
  thinking: 'musing',
  thought: 'musing',
  thoughts: 'musing',
  rolethinking: 'thought',
  rolethought: 'thought',
  rolethoughts: 'thought',
  innerthought: 'thought',
  innerthoughts: 'thought',
  innerthinking: 'thought',
  innermonologue: 'thought',
  innervoice: 'thought',
  internalthought: 'thought',
  internalthoughts: 'thought',
  internalmonologue: 'thought',
  privatethoughts: 'thought',
  hiddenthoughts: 'thought',
  secretthoughts: 'thought',
  roleaction: 'action',
  roleactions: 'action',
  rolespeech: 'reply',
  roleplayresponse: 'reply',
  roleplayreply: 'reply',
  hereismyresponse: 'reply',
  incharacterresponse: 'reply',
  incharacterreply: 'reply',
  finalresponse: 'reply',
  finalanswer: 'reply',
};
const UNSURE: Readonly<Record<string, Heading['layer']>> = {
  analysis: 'plan',
  reasoning: 'plan',
  reflection: 'plan',
  planning: 'plan',
  plan: 'plan',
  strategy: 'plan',
  notes: 'plan',
  thinks: 'thought',
  feelings: 'thought',
  emotion: 'thought',
  emotions: 'thought',
  monologue: 'thought',
  mind: 'thought',
  action: 'action',
  actions: 'action',
  gesture: 'action',
  response: 'reply',
  reply: 'reply',
  answer: 'reply',
  output: 'reply',
  roleplay: 'reply',
  dialogue: 'reply',
  dialog: 'reply',
  speech: 'reply',
  spoken: 'reply',
  says: 'reply',
};

/**
 * How the names of layers end, as the source of a pattern: a line that ends so and holds nothing else is worth the look
 * whether it is a heading.
 */
export const LAYER_ENDING =
  '(?:thinking|thoughts?|reasoning|process|monologue|voice|actions?|speech|response|reply|answer)';

const LINE =
  /^((?:>\s?)?(?:#{1,6}\s?)?(?:\(?\d{1,2}[.)]\s?)?(?:[-•]\s)?[*_`[{【]{0,4})(\p{L}[\p{L}\p{M}\p{Cf} _\-'’]{0,47}[\p{L}\p{M}\p{Cf}\-'’])\s{0,2}([*_`\]}】]{0,4})\s?([:：]?)([*_`\]}】]{0,4})[ \t]?/u;

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
    /[[{【]$/.test(before) && closed !== '' && !/^\s*[(（[【{]/.test(line.slice(indent + all.length));
  const at = from + indent;
  // `## System Thinking he must not know`: the sign is enough, where the first words name a layer.
  const [opening] = /^\S+\s\S+/.exec(words) ?? [];
  const begun = before.includes('#') && opening !== undefined && SURE[tagNameOf(opening)];
  if (begun) return { layer: begun, to: at + before.length + opening.length };
  // By itself on a line, a heading needs a sign, or words that are nothing else.
  const namedAlone =
    isWholeLine && (marked || underHeadings || (words.includes(' ') && tagNameOf(words) in SURE));
  if (colon === '' && !bracketed && !namedAlone) return undefined;
  const layer = layerNamed(words, underHeadings || marked);
  return layer && { layer, to: at + all.length };
}

function layerNamed(words: string, unsureToo: boolean): Heading['layer'] | undefined {
  const name = tagNameOf(words);
  const layer = SURE[name] ?? (unsureToo ? UNSURE[name] : undefined) ?? foreignLayer(name);
  if (layer) return layer;
  // `Mara's thoughts`, `her inner monologue`: whose it is stands before, last of all where `the girl's` says it.
  const owned = /^.*(?:['’]s|s['’]|\b(?:his|her|their|my|its|character|the))[\s_-]+(.+)$/.exec(fold(words));
  const own = owned?.[1] === undefined ? undefined : tagNameOf(owned[1]);
  if (own === undefined) return undefined;
  const ownLayer = SURE[own] ?? (unsureToo ? UNSURE[own] : undefined);
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
