import { z } from 'zod';
import { type PresenceChange, readChanges } from './environment-changes.ts';
import { type Person, readNarration } from './environment-narration.ts';
import { type IsHidden, thinkingIn } from './thinking-in.ts';

export type { PresenceChange } from './environment-changes.ts';

export type EnvironmentReply = {
  /** At most three sentences of plain prose; '' where nothing could be used. */
  readonly narration: string;
  /** At most four, one for an actor. */
  readonly changes: readonly PresenceChange[];
};

/** Whoever says more is not narrating. Characters. */
const LONGEST_REPLY = 20_000;

const NOTHING: EnvironmentReply = { narration: '', changes: [] };

/**
 * Makes sense of what the Environment's model answered: JSON as `environmentSchema` has it (fenced,
 * nested, cut off, with prose around it) or plain prose. Total, and it fails closed: what a model
 * thought, and what stands under any key but `narration`, is no narration.
 *
 * @param text the model's whole answer
 * @param people everyone whom the Environment may not speak for
 */
export function readEnvironmentReply(text: string, people: readonly Person[]): EnvironmentReply {
  const answer = text.slice(0, LONGEST_REPLY);
  const isHidden = thinkingIn(answer);
  if (!isHidden) return NOTHING;
  const told = readObjects(answer, isHidden) ?? readCutOff(answer, isHidden) ?? readProse(answer, isHidden);
  return {
    narration: readNarration(told.narration, people, told.cutOff || text.length > LONGEST_REPLY),
    changes: readChanges(told.changes, people),
  };
}

type Told = { readonly narration: string; readonly changes: readonly unknown[]; readonly cutOff: boolean };

const replySchema = z.object({
  narration: z
    .union([z.string(), z.array(z.string()).transform((parts) => parts.join(' '))])
    .optional()
    .catch(undefined),
  changes: z.array(z.unknown()).catch([]),
});

/** The first whole JSON object with a narration in it, on any level. */
function readObjects(text: string, isHidden: IsHidden): Told | undefined {
  for (const { from, to } of objectsIn(text)) {
    if (isHidden(from)) continue;
    const found = findReply(parseJson(text.slice(from, to)), 0);
    if (found?.narration !== undefined) {
      return { narration: found.narration, changes: found.changes, cutOff: false };
    }
  }
  return undefined;
}

/** Outermost `{…}`, in one pass; braces in strings do not count. */
function objectsIn(text: string): { from: number; to: number }[] {
  const objects: { from: number; to: number }[] = [];
  let depth = 0;
  let from = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at];
    if (quoted) {
      if (sign === '\\') at += 1;
      else if (sign === '"') quoted = false;
    } else if (sign === '"') {
      quoted = depth > 0;
    } else if (sign === '{') {
      if (depth === 0) from = at;
      depth += 1;
    } else if (sign === '}' && depth > 0) {
      depth -= 1;
      if (depth === 0) objects.push({ from, to: at + 1 });
    }
  }
  return objects;
}

const MAX_DEPTH = 4;

function findReply(value: unknown, depth: number): z.infer<typeof replySchema> | undefined {
  if (typeof value !== 'object' || value === null || depth > MAX_DEPTH) return undefined;
  if (!Array.isArray(value)) {
    const keyed = Object.entries(value).map(([key, entry]) => [key.toLowerCase(), entry]);
    const reply = replySchema.safeParse(Object.fromEntries(keyed));
    if (reply.success && reply.data.narration !== undefined) return reply.data;
  }
  for (const inner of Object.values(value)) {
    const found = findReply(inner, depth + 1);
    if (found) return found;
  }
  return undefined;
}

/** JSON that is broken or ends too soon: the string under its key, and the changes that are whole. */
function readCutOff(text: string, isHidden: IsHidden): Told | undefined {
  for (const match of text.matchAll(/"narration"\s{0,20}:\s{0,20}"([^"\\]*(?:\\[\s\S][^"\\]*)*)/gi)) {
    if (isHidden(match.index)) continue;
    const end = match.index + match[0].length;
    const after = text.slice(end);
    const changes = [...after.matchAll(/\{[^{}]*\}/g)]
      .filter(({ index }) => !isHidden(end + index))
      .map(([object]) => parseJson(object));
    // A quotation mark that nothing of JSON follows was one of the narration's own.
    const whole = /^"\s*(?:[,}\]]|$)/.test(after);
    return { narration: unescaped(match[1] ?? ''), changes, cutOff: !whole };
  }
  return undefined;
}

/** A JSON string's content; where its escapes are broken, what stands before the first of them. */
function unescaped(body: string): string {
  const line = body.replace(/\s/g, ' ');
  const value = parseJson(`"${line}"`) ?? parseJson(`"${line.split('\\', 1)[0] ?? ''}"`);
  return typeof value === 'string' ? value : '';
}

/** No JSON, or none that narrates: the prose before it. */
function readProse(text: string, isHidden: IsHidden): Told {
  const signs = [...text.matchAll(/[{}]|```|"\w{1,20}"\s{0,9}:/g)];
  const json = signs.find(({ index }) => !isHidden(index));
  return { narration: text.slice(0, json?.index), changes: [], cutOff: false };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
