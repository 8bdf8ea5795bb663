import { foldKey, type Json, objectsIn } from '../../../format/answer-json.ts';
import { type Question, SCALE } from './questions.ts';

/** A longer answer is not read whole. Characters. */
const LONGEST = 20_000;

/**
 * What a judge answered, by question: 1 and 0 for yes and no, 1 to 5 on a scale. An answer that is not there,
 * or cannot be read, is missing. Of several objects the last that answers anything counts.
 */
export function readAnswers(
  text: string,
  questions: readonly Question[],
): ReadonlyMap<Question['name'], number> {
  const objects = objectsIn(text.slice(0, LONGEST)).objects.toReversed();
  for (const object of objects) {
    const found = questions.flatMap((question) => {
      const answer = answerOf(object.get(foldKey(question.key)), question);
      return answer === undefined ? [] : [[question.name, answer] as const];
    });
    if (found.length > 0) return new Map(found);
  }
  return new Map();
}

function answerOf(value: Json | undefined, { kind }: Question): number | undefined {
  return kind === 'scale' ? onScale(value) : yesOrNo(value);
}

function yesOrNo(value: Json | undefined): number | undefined {
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (value === 1 || value === 0) return value;
  if (typeof value !== 'string') return undefined;
  if (/^\s*(?:yes|true|y)\b/iu.test(value)) return 1;
  return /^\s*(?:no|false|n)\b/iu.test(value) ? 0 : undefined;
}

/** Whole numbers alone: what lies between or outside is no answer. */
function onScale(value: Json | undefined): number | undefined {
  const said =
    typeof value === 'string' ? /^\s*([1-5])(?:\s*(?:\/|of|out of)\s*5)?\s*$/u.exec(value)?.[1] : value;
  const number = Number(said ?? Number.NaN);
  if (typeof value === 'boolean' || value === null) return undefined;
  return Number.isInteger(number) && number >= SCALE.least && number <= SCALE.most ? number : undefined;
}
