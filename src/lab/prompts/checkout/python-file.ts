import { readFileSync, statSync } from 'node:fs';
import { OperatorError } from '../../../errors.ts';
import { type Assignment, assignmentsTo, functionsNamed } from '../python/look-up.ts';
import { type Token, tokensOf } from '../python/tokens.ts';
import type { Value } from '../python/values.ts';
import { type Template, unknownFields } from './template.ts';

/** A Python file of a checkout, read but never run. */
export type PythonFile = { readonly path: string; readonly tokens: readonly Token[] };

/** Larger files hold no prompts. Bytes. */
const LARGEST_FILE = 4 * 1024 * 1024;

/** The file, or undefined where there is none. @throws OperatorError where it cannot be read */
export function openPython(path: string): PythonFile | undefined {
  try {
    if (!statSync(path).isFile()) return undefined;
    if (statSync(path).size > LARGEST_FILE)
      throw new OperatorError(`${path}: too large to be read for prompts.`);
    const source = readFileSync(path, 'utf8')
      .replace(/^\ufeff/u, '')
      .replace(/\r\n?/gu, '\n');
    return { path, tokens: tokensOf(source) };
  } catch (error) {
    if (error instanceof OperatorError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw new OperatorError(`${path} cannot be read (${code ?? 'unknown error'}).`, error);
  }
}

/** A function of a file, in which texts are looked up. */
export type Scope = {
  readonly where: string;
  readonly tokens: readonly Token[];
};

/** What belongs to a function. @throws OperatorError where the file has none of that name */
export function functionOf({ path, tokens }: PythonFile, name: string): Scope {
  const body = functionsNamed(tokens, name)[0];
  if (!body) throw new OperatorError(`${path} has no function ${name}: is it the reference’s own file?`);
  return { where: `${path}, ${name}`, tokens: body };
}

/** The whole file. */
export function fileScope({ path, tokens }: PythonFile): Scope {
  return { where: path, tokens };
}

/**
 * A text that a scope assigns to a variable, the first of those that will do.
 *
 * @param fields the gaps that it may have
 * @throws OperatorError where there is none, or it has other gaps
 */
export function textIn(
  scope: Scope,
  variable: string,
  fields: readonly string[],
  will: (template: Template, assignment: Assignment) => boolean = () => true,
): Template {
  for (const assignment of assignmentsTo(scope.tokens, variable)) {
    const { value } = assignment;
    if (value?.kind === 'text' && value.pieces.length > 0 && will(value.pieces, assignment))
      return checked(value.pieces, fields, `${scope.where}, ${variable}`);
  }
  throw missing(scope, `text “${variable} = …”`);
}

/** The first literal of that kind that a scope assigns to a variable. @throws OperatorError */
export function valueIn<Kind extends Value['kind']>(
  scope: Scope,
  variable: string,
  kind: Kind,
): Extract<Value, { kind: Kind }> {
  for (const { value } of assignmentsTo(scope.tokens, variable)) {
    if (isOf(value, kind)) return value;
  }
  throw missing(scope, `${kind} “${variable} = …”`);
}

function isOf<Kind extends Value['kind']>(
  value: Value | undefined,
  kind: Kind,
): value is Extract<Value, { kind: Kind }> {
  return value?.kind === kind;
}

/** A template as it came. @throws OperatorError where it has a gap that nothing is known of */
export function checked(template: Template, fields: readonly string[], where: string): Template {
  const [unknown] = unknownFields(template, fields);
  if (unknown === undefined) return template;
  throw new OperatorError(`${where}: the text has a field {${unknown}}, which nothing is known to fill.`);
}

export function missing({ where }: Pick<Scope, 'where'>, what: string): OperatorError {
  return new OperatorError(`${where}: no ${what} was found; is it the reference’s own file, unchanged?`);
}
