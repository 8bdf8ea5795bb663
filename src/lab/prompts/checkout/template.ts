import type { Piece } from '../python/braces.ts';

/** A text of a reference with gaps. */
export type Template = readonly Piece[];

/** What stands in the gaps, by their names. */
export type Fields = Readonly<Record<string, string>>;

/** A template with its gaps filled. What is put in is not read again. */
export function filled(template: Template, fields: Fields): string {
  return template.map((piece) => (typeof piece === 'string' ? piece : (fields[piece.field] ?? ''))).join('');
}

/**
 * The same in the way of Python’s chained `.replace`: one field after the other, wherever it stands, also in
 * what was put in before. CoSER’s critic is filled so.
 */
export function filledInTurn(text: string, fields: Fields): string {
  return Object.entries(fields).reduce(
    (done, [name, value]) => done.replaceAll(`{${name}}`, () => value),
    text,
  );
}

/** The same in one go, for texts whose other braces are not in pairs: what is put in is not read again. */
export function filledAtOnce(text: string, fields: Fields): string {
  return text.replace(/\{(\w+)\}/gu, (all, name: string) => fields[name] ?? all);
}

/** The names of a template’s gaps that are not among those known. */
export function unknownFields(template: Template, known: readonly string[]): string[] {
  return template.flatMap((piece) =>
    typeof piece === 'string' || known.includes(piece.field) ? [] : [piece.field],
  );
}
