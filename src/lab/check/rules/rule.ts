import type { CheckedRow, FileForm } from '../checked-row.ts';
import type { Level } from '../finding.ts';

/** Looks at rows one after another: what is wrong with this one, or nothing. */
export type Look = (row: CheckedRow) => string | undefined;

/** One rule that rows are held against. */
export type Rule = {
  /** Short, in kebab case. */
  readonly id: string;
  readonly level: Level;
  /** What the engine would do with such a row. */
  readonly effect: string;
  /** Begins a file; undefined where the rule says nothing about such. What it keeps does not grow with rows. */
  begin(file: FileForm): Look | undefined;
};

/** A rule that looks at each row by itself. */
export function eachRow(rule: Omit<Rule, 'begin'>, look: Look, where?: (file: FileForm) => boolean): Rule {
  return { ...rule, begin: (file) => (where === undefined || where(file) ? look : undefined) };
}

export const isSft = ({ kind }: FileForm): boolean =>
  kind === 'sft' || kind === 'sft-plain' || kind === 'grm-sft';
export const isRlFile = (file: FileForm): boolean => !isSft(file);
/** Turns of a character, not judgements. */
export const isRolePlay = ({ kind }: FileForm): boolean => !kind.startsWith('grm-');

/** A text as it is told: short, on one line. */
export function told(text: string, most = 60): string {
  const line = text.replace(/\s+/gu, ' ').trim();
  return line.length > most ? `“${line.slice(0, most)}…”` : `“${line}”`;
}

/** All strings in a value, with where they stand. */
export function* stringsIn(
  value: unknown,
  path = '',
): Generator<{ readonly path: string; readonly text: string }> {
  if (typeof value === 'string') yield { path, text: value };
  else if (Array.isArray(value)) {
    for (const [at, one] of value.entries()) yield* stringsIn(one, `${path}[${at}]`);
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, one] of Object.entries(value)) yield* stringsIn(one, path ? `${path}.${name}` : name);
  }
}
