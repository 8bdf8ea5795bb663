import { TOKEN } from './tokens.ts';

/** Numbers of tokens, each below 65,536. */
export type Tokens = readonly number[];

/**
 * Splits texts as `countTokens` counts them, and gives each token a number. Prompts repeat themselves, so a
 * paragraph is split once: line breaks are tokens of their own, whatever stands beside them.
 *
 * @throws RangeError where there are more different tokens than 65,536
 */
export function createTokenizer(): (text: string) => Tokens {
  const numbers = new Map<string, number>();
  const paragraphs = new Map<string, Tokens>();

  function numberOf(token: string): number {
    const known = numbers.get(token);
    if (known !== undefined) return known;
    const number = numbers.size;
    if (number > 0xffff) throw new RangeError('more different tokens than there are numbers for');
    numbers.set(token, number);
    return number;
  }

  function tokensIn(paragraph: string): Tokens {
    const known = paragraphs.get(paragraph);
    if (known) return known;
    const tokens = (paragraph.match(TOKEN) ?? []).map(numberOf);
    paragraphs.set(paragraph, tokens);
    return tokens;
  }

  return (text) => text.split(/(\n+)/u).flatMap(tokensIn);
}
