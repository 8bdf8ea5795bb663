import { z } from 'zod';
import { type ActorId, ENVIRONMENT } from '../scene/beat.ts';
import { type Addressee, findAddressed } from './address.ts';
import type { Prediction } from './decide.ts';

/** What the model is asked for; also the JSON schema that is sent. */
export const END_OF_SCENE = '<END CHAT>';
export const LEFT_TO_CHANCE = 'random';

/** Whoever says more is not answering. Characters. */
export const LONGEST_ANSWER = 20_000;

// Who comes after is a courtesy: whatever is wrong with it, the next one still counts.
const laterSchema = z.preprocess(
  (value) => (typeof value === 'string' ? value.split(/[,;\n]/) : value),
  z.array(z.unknown()).catch([]),
);

const answerSchema = z.object({
  reasoning: z.string().catch(''),
  next_speaker: z.string(),
  later_speakers: laterSchema,
});

/**
 * JSON schema of an answer: a reason first, then one of the names, then who is expected after it.
 *
 * @param names who may be next
 * @param later who may come after; empty where nobody is asked for that
 */
export function nextSpeakerSchema(
  names: readonly string[],
  later: readonly string[] = [],
): Readonly<Record<string, unknown>> {
  const wanted = { type: 'array', items: { type: 'string', enum: later } };
  return {
    type: 'object',
    properties: {
      reasoning: { type: 'string' },
      next_speaker: { type: 'string', enum: [...names, LEFT_TO_CHANCE, END_OF_SCENE] },
      ...(later.length > 0 ? { later_speakers: wanted } : {}),
    },
    // Strict servers want every field named here; a list may be empty.
    required: ['reasoning', 'next_speaker', ...(later.length > 0 ? ['later_speakers'] : [])],
    additionalProperties: false,
  };
}

/**
 * Makes sense of a model's answer (her-spec 4.3, RULE): JSON, a "Next Speaker:" field, a bare name,
 * or a short text that names exactly one candidate. Thinking is taken away first and the reasoning
 * is never searched where a field exists. Total: what cannot be understood is `random`.
 *
 * @param text the model's whole answer
 * @param candidates who may be named, the Environment and players included
 * @param ranking so many turns it may decide: the next, and in JSON those behind it
 */
export function readNextSpeaker(text: string, candidates: readonly Addressee[], ranking = 1): Prediction {
  const said = withoutThinking(text.slice(0, LONGEST_ANSWER));
  const json = readJson(said);
  if (json) {
    const next = readName(json.next_speaker, candidates, json.reasoning);
    if (next.type !== 'actor') return next;
    const after = readLater(json.later_speakers.slice(0, ranking - 1), next.actor, candidates);
    return after.length > 0 ? { ...next, later: after } : next;
  }

  const field = lastField(said);
  if (field) {
    return readName(field.value, candidates, field.before);
  }

  // A bare name, perhaps with a remark behind a colon; else a text that speaks of one candidate only.
  const first =
    said
      .split('\n')
      .find((line) => line.trim())
      ?.trim() ?? '';
  const beforeColon = first.includes(':') ? first.slice(0, first.indexOf(':')) : first;
  const named = readName(beforeColon, candidates, '');
  if (named.type === 'end' || isEnd(said)) return { type: 'end', reason: '' };
  const everyone = findAddressed(said, candidates);
  const [only] = everyone;
  if (only !== undefined && everyone.length === 1) return { type: 'actor', actor: only, reason: '' };
  const bare = beforeColon.split(/\s+/).length <= BARE_WORDS;
  return bare ? named : { type: 'random', reason: '' };
}

// Longer than two names with a comma between, a line is a sentence about people, not an answer.
const BARE_WORDS = 5;

function readName(value: string, candidates: readonly Addressee[], reason: string): Prediction {
  if (isEnd(value)) return { type: 'end', reason };
  const whole = value.trim().toLowerCase();
  const exact = candidates.filter(({ names }) => names.some((one) => one.trim().toLowerCase() === whole));
  if (exact[0] && exact.length === 1) return { type: 'actor', actor: exact[0].id, reason };
  const name = value.replace(/[*_"'`#[\]<>()]/g, ' ');
  const [actor] = findAddressed(name, candidates);
  if (actor !== undefined) return { type: 'actor', actor, reason };
  if (/\bnarrator\b/i.test(name)) return { type: 'actor', actor: ENVIRONMENT.id, reason };
  return { type: 'random', reason };
}

/** Who comes after, up to the first entry that names nobody, or who would then have just spoken. */
function readLater(
  entries: readonly unknown[],
  first: ActorId,
  candidates: readonly Addressee[],
): readonly ActorId[] {
  const then: ActorId[] = [];
  for (const entry of entries) {
    const named = typeof entry === 'string' ? readName(entry, candidates, '') : undefined;
    if (named?.type !== 'actor' || named.actor === (then.at(-1) ?? first)) break;
    then.push(named.actor);
  }
  return then;
}

function isEnd(value: string): boolean {
  return /\bend[_\s-]*(?:of[_\s-]*)?(?:chat|scene)\b/i.test(value);
}

/** The last "Next Speaker: …" line, in any decoration, and what was said before it. */
function lastField(text: string): { value: string; before: string } | undefined {
  const matches = [...text.matchAll(/next[ _]speaker[\s*_#"]*(?::|-|\bis\b)[\s*_#"]*([^\n]*)/gi)];
  const last = matches.at(-1);
  if (!last?.[1]?.trim()) return undefined;
  return { value: last[1], before: text.slice(0, last.index) };
}

function readJson(text: string): z.infer<typeof answerSchema> | undefined {
  // Objects may nest or be cut off; the answer itself is flat.
  for (const match of text.matchAll(/\{[^{}]*\}/g)) {
    try {
      const parsed = answerSchema.safeParse(JSON.parse(match[0]));
      if (parsed.success) return parsed.data;
    } catch {
      // Not JSON after all; the next brace may be.
    }
  }
  return undefined;
}

function withoutThinking(text: string): string {
  const closes = [...text.matchAll(/<\s{0,9}\/[\w\s-]{0,40}think[\w\s-]{0,40}>/gi)];
  const last = closes.at(-1);
  const after = last ? text.slice(last.index + last[0].length) : text;
  const open = after.search(/<[\w\s-]{0,40}think[\w\s-]{0,40}>/i);
  return (open < 0 ? after : after.slice(0, open)).trim();
}
