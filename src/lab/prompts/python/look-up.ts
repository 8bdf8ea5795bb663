import type { Token } from './tokens.ts';
import { readValue, type Value } from './values.ts';

/** A variable is set, or added to; `value` is undefined where it is more than a literal. */
export type Assignment = { readonly adds: boolean; readonly value: Value | undefined };

/** What belongs to the functions of that name, one list of tokens each, in the order of the file. */
export function functionsNamed(tokens: readonly Token[], name: string): (readonly Token[])[] {
  return tokens.flatMap((token, at) => {
    const isDefined = token.text === 'def' && tokens[at + 1]?.text === name;
    if (!isDefined || token.column === undefined) return [];
    return [tokens.slice(at + 2, blockEnd(tokens, at + 1, token.column))];
  });
}

/** Where the lines end that are indented further. */
function blockEnd(tokens: readonly Token[], from: number, column: number): number {
  let at = from;
  while (at < tokens.length && (tokens[at]?.column ?? column + 1) > column) at += 1;
  return at;
}

/** All that is assigned to a variable by its bare name, in order. */
export function assignmentsTo(tokens: readonly Token[], name: string): Assignment[] {
  const found: Assignment[] = [];
  for (const [at, token] of tokens.entries()) {
    if (token.kind !== 'name' || token.text !== name || token.depth > 0) continue;
    if (tokens[at - 1]?.text === '.' && token.column === undefined) continue;
    const sign = tokens[at + 1]?.text === ':' ? afterAnnotation(tokens, at + 2) : at + 1;
    const adds = tokens[sign]?.text === '+=';
    if (!adds && tokens[sign]?.text !== '=') continue;
    const { value, to } = readValue(tokens, sign + 1);
    found.push({ adds, value: endsAt(tokens[to]) ? value : undefined });
  }
  return found;
}

/** Where the `=` stands after `name: Type`. */
function afterAnnotation(tokens: readonly Token[], from: number): number {
  let at = from;
  while (at < tokens.length && !endsAt(tokens[at]) && !/^[=:]$/u.test(tokens[at]?.text ?? '')) at += 1;
  return at;
}

function endsAt(token: Token | undefined): boolean {
  return token === undefined || token.column !== undefined || token.text === ';';
}
