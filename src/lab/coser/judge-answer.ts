import { foldKey, objectsIn } from '../../format/answer-json.ts';
import { parsePythonJson } from './python-json.ts';
import type { Flaw, Protocol } from './severity.ts';

/** The four dimensions, as the critics’ answers name them. */
export const DIMENSIONS = [
  'Storyline Consistency',
  'Anthropomorphism',
  'Character Fidelity',
  'Storyline Quality',
] as const;
export type CoserDimension = (typeof DIMENSIONS)[number];

/** A flaw with what the judge said of it, in whatever form. */
export type JudgedFlaw = Flaw & { readonly instance?: unknown; readonly type?: unknown };

/** What HER’s evaluator counts where it cannot read an answer; never a number of ours. */
export const HER_UNREAD = 50;
/** And where it got none. */
export const HER_FAILED = 0;

/**
 * The flaws in a critic’s answer, or undefined where it cannot be read by that protocol’s own rules. HER
 * takes what stands between the first and the last brace and wants it to be JSON. CoSER looks for the
 * longest JSON there is, mends it, and wants only the four dimensions in it, each with its list. `fixed`
 * reads every answer in which the dimension’s whole list can be found: one that was cut off has no count.
 */
export function readFlaws(
  answer: string,
  dimension: CoserDimension,
  protocol: Protocol,
): readonly JudgedFlaw[] | undefined {
  if (protocol === 'her') return herFlaws(answer, dimension);
  return protocol === 'coser' ? coserFlaws(answer, dimension) : fixedFlaws(answer, dimension);
}

function herFlaws(answer: string, dimension: CoserDimension): readonly JudgedFlaw[] | undefined {
  const found = answer.slice(Math.max(0, answer.indexOf('{')), answer.lastIndexOf('}') + 1);
  const own = fieldOf(parsed(found), dimension);
  if (!isObject(own)) return undefined;
  return listOf(fieldOf(own, 'flaws') ?? []);
}

function coserFlaws(answer: string, dimension: CoserDimension): readonly JudgedFlaw[] | undefined {
  const found = longestObject(answer) ?? objectsIn(answer).objects[0];
  const names = found instanceof Map ? [...found.keys()] : Object.keys(found ?? {});
  const isFour = names.every((name) => DIMENSIONS.some((one) => foldKey(one) === foldKey(name)));
  return isFour ? listOf(fieldOf(fieldOf(found, dimension), 'flaws')) : undefined;
}

function fixedFlaws(answer: string, dimension: CoserDimension): readonly JudgedFlaw[] | undefined {
  // As written where it can be: what is mended has lost the form of its numbers.
  const whole = parsed(answer);
  const { objects, end } = isObject(whole) ? { objects: [whole], end: 'whole' } : objectsIn(answer);
  if (end !== 'whole') return undefined;
  const lists = objects.map((one) => {
    const own = fieldOf(one, dimension) ?? one;
    const list = Array.isArray(own) ? own : fieldOf(own, 'flaws');
    // A flaw that was named and nothing more is one too.
    return listOf(
      Array.isArray(list) ? list.map((flaw) => (isObject(flaw) ? flaw : { instance: flaw })) : list,
    );
  });
  return lists.findLast((list) => list !== undefined);
}

/** The longest object that is JSON as it stands, if any: in a fence, in prose, behind other objects. */
function longestObject(answer: string): unknown {
  const whole = parsed(answer);
  if (isObject(whole)) return whole;
  const objects = bracedIn(answer).filter((one) => isObject(parsed(one)));
  const longest = objects.reduce((best, one) => (one.length > best.length ? one : best), '');
  return parsed(longest);
}

/** Stretches from an outermost brace to the one that closes it; braces in strings, which end with their line, are none. */
function bracedIn(text: string): string[] {
  const found: string[] = [];
  let [depth, from] = [0, 0];
  for (const { 0: token, index } of text.matchAll(/"(?:[^"\\\n]|\\.)*["\n]?|[{}]/gsu)) {
    if (token === '{') {
      if (depth === 0) from = index;
      depth += 1;
    } else if (token === '}' && depth > 0) {
      depth -= 1;
      if (depth === 0) found.push(text.slice(from, index + 1));
    }
  }
  return found;
}

function parsed(text: string): unknown {
  try {
    return parsePythonJson(text);
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Of an object as it was read, or as it was mended (whose keys are folded). */
function fieldOf(value: unknown, key: string): unknown {
  if (value instanceof Map) return value.get(foldKey(key));
  return isObject(value) ? new Map(Object.entries(value)).get(key) : undefined;
}

function listOf(value: unknown): readonly JudgedFlaw[] | undefined {
  if (!Array.isArray(value)) return undefined;
  return value.filter(isObject).map((flaw) => {
    const [instance, type, severity] = ['instance', 'type', 'severity'].map((key) => fieldOf(flaw, key));
    return { instance, type, severity };
  });
}
