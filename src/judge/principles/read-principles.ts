import { z } from 'zod';
import { parseYamlValue } from '../../cast/cards/bounded-yaml.ts';
import { slugOf } from '../../cast/library/slug.ts';
import { dimensionOf } from './dimension-names.ts';
import { plainLine } from './plain-line.ts';
import { DIMENSIONS, type Principle, principleIdSchema, principleSchema } from './principle.ts';

/** A text for a prompt: one line that forges nothing there. */
const text = z
  .string('must be text')
  .transform((written) => plainLine(written))
  .refine((plain) => /[\p{L}\p{N}]/u.test(plain), 'must say something');
const longest = (characters: number) =>
  text.refine((plain) => plain.length <= characters, `must be at most ${characters} characters long`);

const word = z.string('must be a word').transform((written) => written.trim().toLowerCase());
const { sign, level } = principleSchema.shape;

const entrySchema = z.strictObject({
  id: z.string('must be text').transform(slugOf).pipe(principleIdSchema).exactOptional(),
  dimension: z
    .string('must be a word')
    .transform((written) => dimensionOf(written) ?? written)
    .pipe(z.enum(DIMENSIONS, `must be one of: ${DIMENSIONS.join(', ')}`))
    .exactOptional(),
  name: longest(80).exactOptional(),
  sign: word.pipe(z.enum(sign.options, `must be ${sign.options.join(' or ')}`)).exactOptional(),
  level: word.pipe(z.enum(level.options, `must be ${level.options.join(' or ')}`)).exactOptional(),
  asks: longest(600).exactOptional(),
  breaks: longest(600).exactOptional(),
  example: longest(600).exactOptional(),
  /** It holds no longer. */
  off: z.boolean('must be true or false').exactOptional(),
});

/** What a file says of one principle; `at` is its place in the file, from 1. */
export type PrincipleEntry = z.infer<typeof entrySchema> & { readonly id: string; readonly at: number };

/**
 * Reads a list of principles as it stands in a file. Whatever can be left out may be missing here; an id
 * that is missing is made of the name.
 *
 * @param file its name, for what is said of it
 * @throws Error with a line for each problem: file, entry, field, what it must be; no value is quoted
 */
export function readPrinciples(yaml: string, file: string): readonly PrincipleEntry[] {
  const list = z.array(z.unknown()).safeParse(listIn(yaml, file) ?? []);
  if (!list.success) throw new Error(`${file} must be a list: each principle begins with “- id:”.`);
  const problems: string[] = [];
  const taken = new Map<string, number>();
  const entries = list.data.flatMap((written, index): PrincipleEntry[] => {
    const at = index + 1;
    const where = `${file}, entry ${at}`;
    const read = entrySchema.safeParse(written);
    if (!read.success) {
      problems.push(...read.error.issues.flatMap((issue) => problemsOf(issue, where)));
      return [];
    }
    const { name } = read.data;
    const id = read.data.id ?? (name === undefined ? undefined : slugOf(name));
    if (id === undefined) {
      problems.push(`${where}: id is missing, and there is no name to make one of.`);
      return [];
    }
    const before = taken.get(id);
    if (before !== undefined) problems.push(`${where}: id is that of entry ${before}, too.`);
    taken.set(id, at);
    return [{ ...read.data, id, at }];
  });
  if (problems.length > 0) throw new Error(problems.join('\n'));
  return entries;
}

function listIn(yaml: string, file: string): unknown {
  try {
    return parseYamlValue(yaml);
  } catch (error) {
    throw new Error(`${file} ${error instanceof Error ? error.message : 'cannot be read'}.`, {
      cause: error,
    });
  }
}

function problemsOf(issue: z.core.$ZodIssue, where: string): string[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => `${where}: there is no field “${key.slice(0, 40)}”.`);
  }
  const field = issue.path.join('.');
  return [
    field === '' ? `${where}: must be fields and their values.` : `${where}: ${field} ${issue.message}.`,
  ];
}

/**
 * What breaks a principle that does not say so itself. Of a negative one a judge reads this alone.
 */
export function breaksUnsaid(sign: Principle['sign'], asks: string): string {
  return sign === 'negative'
    ? `The line does not keep to this: ${asks}`
    : `The line does nothing of this, or the opposite: ${asks}`;
}
