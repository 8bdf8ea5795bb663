import { entriesIn, textIn } from '../checks/answer-list.ts';
import { SHEET_FIELDS } from '../record/conversation.ts';
import type { Addition } from './check-addition.ts';

/** What a model would add; an entry of which a part is missing is told apart. */
export type ReadAddition = Addition | { readonly incomplete: string };

/** Reads an answer; undefined where it is no JSON. @param ofScenario all of them are, whatever they say */
export function readAdditions(answer: string, ofScenario: boolean): readonly ReadAddition[] | undefined {
  const keys = ['found', 'additions', 'result', 'results'];
  return entriesIn(answer, keys)?.map((entry): ReadAddition => {
    const quote = textIn(entry, ['quote', 'source', 'textsource']);
    const add = textIn(entry, ['add', 'added', 'addition']);
    const named = textIn(entry, ['field', 'part'])
      ?.toLowerCase()
      .replace(/^character[_ ]/u, '')
      .trim();
    const field = ofScenario ? 'scenario' : SHEET_FIELDS.find((one) => one === named);
    if (quote === undefined || add === undefined || field === undefined) return { incomplete: add ?? '' };
    return { field, quote, add };
  });
}
