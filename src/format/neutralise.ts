import { defuseTags } from './defuse-tags.ts';
import { readHeading } from './headings.ts';
import { createNames, type Names, readLabel } from './labels.ts';
import { isOutOfPlay } from './mind.ts';
import { withPlainLineBreaks } from './tidy.ts';

/** Longer sheets and settings are cut here. Characters. */
export const MAX_SHEET = 20_000;

// Roles that prompts give to their parts; besides the voices that `labels.ts` always knows.
const PROMPT_ROLES = ['Prompt', 'System Prompt', 'System Message', 'Developer', 'Tool'];

/**
 * Makes a text that a player wrote (a persona, a setting) plain: it reads the same and forges nothing
 * in a prompt or a log. Tags lose their brackets (`‹role_thinking›`), a reserved name at the start of
 * a line is put in quotation marks (`“Darcy:” I confess`), prompt headers lose their signs.
 *
 * @param reserved names of the cast; Environment, Narrator, System and the roles of chat templates
 *   are reserved in any case
 */
export function neutralise(text: string, reserved: readonly string[]): string {
  const clipped = text.length > MAX_SHEET ? `${text.slice(0, MAX_SHEET - 1)}…` : text;
  return neutraliseLines(withoutTricks(clipped), createNames(undefined, reserved)).trim();
}

// Control characters, and invisible ones that no script or emoji needs.
const TRICKS =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  // biome-ignore lint/suspicious/noMisleadingCharacterClass: each stands for itself
  /[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u034f\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0]/g;

/** Text with plain line breaks, whole characters and nothing invisible but what scripts and emoji need. */
export function withoutTricks(text: string): string {
  return withPlainLineBreaks(text.toWellFormed()).replace(TRICKS, '');
}

/** Takes the meaning out of tags, and of what stands at the start of lines. */
export function neutraliseLines(text: string, names: Names): string {
  return defuseTags(text)
    .replace(/`{3,}/g, "'''")
    .split('\n')
    .map((line) => neutraliseLine(line, names))
    .join('\n');
}

function neutraliseLine(typed: string, names: Names): string {
  // A ruled line, and the bare name of a role as chat templates leave it.
  if (/^[ \t]*(?:-{3,}|\*{3,}|_{3,}|={3,})[ \t]*$/.test(typed)) return '—';
  if (/^[ \t]*(?:user|human|system|assistant|model)[ \t]*$/.test(typed)) return `“${typed.trim()}”`;
  const line = typed
    // `=== Requirements ===`, `### Instruction`
    .replace(/^[\s>\p{P}]*={2,}.*/u, (header) => header.replace(/={2,}/g, '–'))
    .replace(
      /^([\s>*_]*)(#{1,6})(?=\s|#|$|\p{Lu}\p{Ll}*\s*[:：])/u,
      (_, before: string, signs: string) => before + '♯'.repeat(signs.length),
    );
  const heading = readHeading(line, 0, true);
  if (heading) return quoteLabel(line, line.search(/[\p{L}\p{N}]/u), heading.to);
  const label = readLabel(line, 0);
  if (!label) return line;
  const isReserved =
    names.whoIs(label.name) !== undefined || ROLES.whoIs(label.name) !== undefined || isOutOfPlay(label.name);
  return isReserved ? quoteLabel(line, label.from, label.to) : line;
}

const ROLES = createNames(undefined, PROMPT_ROLES);

/** `Darcy: I confess` becomes `“Darcy:” I confess`: it mentions the label, as a quotation does. */
function quoteLabel(line: string, from: number, to: number): string {
  const label = line
    .slice(from, to)
    .replace(/[*_~`#>[\]【】]/g, '')
    .trim();
  return `${line.slice(0, from).replace(/[*_~`#>[\]【】(]/g, '')}“${label}” ${line.slice(to)}`.trimEnd();
}
