import { askHerRm, HER_RM_FORM } from '../../../judge/verdict/her-rm-request.ts';
import type { Side } from '../../../judge/verdict/verdict.ts';
import type { ChatMessage } from '../../../model/chat-model.ts';
import { formWords, type GrmForm } from './grm-form.ts';
import type { JudgedPairOf } from './judged-pairs.ts';

/** What is left for the answer beside the prompt. Tokens. */
const ROOM_FOR_ANSWER = 4096;

/**
 * What the judge is asked for one order of a pair: the second stage of HER’s reward model, in which it makes
 * its principles itself (her-spec 7.3), with the form of answer that the label has.
 *
 * @param options.maxTokens of the prompt, as it is estimated: the oldest lines of the history give way
 */
export function grmPrompt(
  { item, first, second }: Pick<JudgedPairOf, 'item' | 'first' | 'second'>,
  shownFirst: Side,
  { form, seed, maxTokens }: { readonly form: GrmForm; readonly seed: number; readonly maxTokens: number },
): readonly ChatMessage[] {
  const model = { name: 'HER-RM', contextSize: maxTokens + ROOM_FOR_ANSWER, maxTokens: ROOM_FOR_ANSWER };
  const { request } = askHerRm(
    { model, context: item.context, principles: [], first, second, secret: `grm/${seed}`, layout: 'her-rm' },
    shownFirst,
  );
  return request.messages.map(({ role, content }) => ({ role, content: withForm(content, form) }));
}

/** The request with the form of answer that is trained in place of HER’s own, which is its last part. */
function withForm(content: string, form: GrmForm): string {
  if (!content.endsWith(HER_RM_FORM)) throw new Error('the request of HER-RM does not end with its form');
  return `${content.slice(0, -HER_RM_FORM.length)}${formWords(form)}`;
}
