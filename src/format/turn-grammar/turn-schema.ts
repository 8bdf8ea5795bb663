import { asRegex } from './as-regex.ts';
import { row, text } from './shape.ts';
import { type TurnShapeOptions, texts } from './turn-shape.ts';

const MOST_SHOWN = 5;

/**
 * HER's form as a JSON Schema, for endpoints that enforce nothing else: a plan, a thought, then what is
 * seen and heard, in order. All keys are required and no others allowed, as OpenAI's strict mode wants it.
 *
 * @param patterns whether texts are held to the same words as in the other notations; not every
 *   endpoint takes `pattern`
 */
export function turnSchema(
  { letters, planSentences, thoughts, words, cues, lead }: Omit<TurnShapeOptions, 'startInside'>,
  { patterns }: { readonly patterns: boolean },
): Readonly<Record<string, unknown>> {
  const { sentences, deed } = texts(letters, words, cues);
  const said = (most: number, first = '') => ({
    type: 'string',
    ...(patterns
      ? { pattern: `^${asRegex(row(text(first && `${first} `), sentences('said', most)))}$` }
      : {}),
  });
  const done = { type: 'string', ...(patterns ? { pattern: `^${asRegex(deed)}$` } : {}) };
  const shown = (kind: string, words: unknown) =>
    object({ kind: { type: 'string', enum: [kind] }, text: words });
  return object({
    ...(planSentences > 0 ? { system_thinking: said(planSentences, lead) } : {}),
    ...(thoughts ? { role_thinking: said(1) } : {}),
    turn: {
      type: 'array',
      minItems: 1,
      maxItems: MOST_SHOWN,
      items: { anyOf: [shown('action', done), shown('speech', said(2))] },
    },
  });
}

function object(properties: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return { type: 'object', properties, required: Object.keys(properties), additionalProperties: false };
}
