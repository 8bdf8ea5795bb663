/**
 * A fixed, simple tokenizer, so that the figures do not depend on any model's: a token is up to eight
 * letters or digits of one word with the blank before them, one other sign, or a run of line breaks.
 * English prose comes to a little over four characters a token, a prompt with its tags to a little
 * under four, as with the common ones. The marks of ChatML are one token each, as they are for every model
 * that was trained on them.
 */
export const TOKEN = /<\|im_(?:start|end)\|>| ?[\p{L}\p{M}\p{N}]{1,8}| ?[^\s\p{L}\p{M}\p{N}]|\n+|[^\S\n]/gu;

export function countTokens(text: string): number {
  let count = 0;
  TOKEN.lastIndex = 0;
  while (TOKEN.test(text)) count += 1;
  return count;
}

const STRIDE = 1024;

/** How many characters two texts have in common from their start. */
export function commonLength(one: string, other: string): number {
  const most = Math.min(one.length, other.length);
  let at = 0;
  while (at < most && one.slice(at, at + STRIDE) === other.slice(at, at + STRIDE)) at += STRIDE;
  at = Math.min(at, most);
  while (at < most && one[at] === other[at]) at += 1;
  return at;
}
