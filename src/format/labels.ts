import { fold } from './fold.ts';

/** `Name:` at the start of a line, as a script has it. */
export type Label = {
  /** As written, without marks. */
  readonly name: string;
  /** What stood in brackets behind the name: `Mara (thinking): …`. */
  readonly aside: string;
  /** Where in the text the label begins (after blanks) and where what is said begins. */
  readonly from: number;
  readonly to: number;
};

// Marks around a name: emphasis, headings, quotes and lists of markdown, brackets. Quotation marks are
// not among them: `“Darcy:” …` mentions a label and is none (`player-line.ts` relies on it).
const BEFORE = /^(?:\d{1,3}[.)]\s+)?[\s\p{Cf}*_~`#>+•·\-[(【]*/u;
const AFTER = /[\s\p{Cf}*_~`\])】]*$/u;
const ASIDE = /\s*[([（【]([^()[\]（）【】]{0,60})[)\]）】]\s*[*_]*$/u;
const COLON = /[:：﹕︓]/g;
const LONGEST = 120;

/**
 * Reads the label at the start of the line that begins at `from`, or nothing where no colon stands
 * near its start. Whose name it is, is for `whoIs` to say.
 */
export function readLabel(text: string, from: number): Label | undefined {
  const lineEnd = text.indexOf('\n', from);
  const line = text.slice(from, Math.min(lineEnd < 0 ? text.length : lineEnd, from + LONGEST));
  COLON.lastIndex = 0;
  const colon = COLON.exec(line);
  if (!colon) return readNameLine(line, from);
  const lead = BEFORE.exec(line)?.[0].length ?? 0;
  let name = line.slice(lead, colon.index);
  const aside = ASIDE.exec(name);
  if (aside) name = name.slice(0, aside.index);
  name = name.replace(AFTER, '');
  if (name === '' || name.length > 80) return undefined;
  const after = /^[*_~`\])】]*[ \t]*/.exec(line.slice(colon.index + 1))?.[0] ?? '';
  const to = from + colon.index + 1 + labelTail(line.slice(0, lead), after);
  return { name, aside: aside?.[1] ?? '', from: from + (/^[\s\p{Cf}]*/u.exec(line)?.[0].length ?? 0), to };
}

const NAME_LINE = /^\s*(?:#{1,6}\s+|\*\*|__|\[|【)([^\n*_[\]【】]{1,60}?)(?:\*\*|__|\]|】)?\s*$/;

/** `### Mr. Darcy`, `**Mr. Darcy**`: a name that is marked and stands alone on its line. */
function readNameLine(line: string, from: number): Label | undefined {
  const name = NAME_LINE.exec(line)?.[1];
  return name === undefined ? undefined : { name, aside: '', from, to: from + line.length };
}

/** Marks after the colon belong to the label only where marks before the name opened them. */
function labelTail(before: string, after: string): number {
  return /[*_~`[(【]/.test(before) || !/^[^ \t]/.test(after) ? after.length : 0;
}

export type Speaker = { readonly name: string; readonly aliases?: readonly string[] };

/** Who a label may name: the one whose turn it is, or anyone else (by the name they go by). */
export type Names = {
  whoIs(name: string): 'own' | 'own-or-other' | { readonly other: string } | undefined;
};

// Voices that are not the character's, in every scene: the world's and those of chat templates.
const VOICES = [
  'Environment',
  'Narrator',
  'Narration',
  'System',
  'User',
  'Human',
  'Assistant',
  'Player',
  'Game Master',
  'GM',
  'DM',
  'AI',
  'Director',
  'Instruction',
  'Instructions',
];

const FOLDED_VOICES: ReadonlyMap<string, string> = new Map(VOICES.map((name) => [foldName(name), name]));

const TITLES = new Set(
  'mr mrs ms miss mister madam madame sir lady lord dr doctor prof professor captain colonel major the of de von van la le st saint king queen prince princess father mother uncle aunt brother sister old young'.split(
    ' ',
  ),
);

/** A name as it is compared: folded, without dots, one space between words. */
export function foldName(name: string): string {
  const folded = fold(name);
  if (/^[a-z]+$/.test(folded)) return folded;
  return folded
    .replace(/[.,'’]/g, '')
    .replace(/[\s_\-‐-―]+/g, ' ')
    .trim();
}

/** Builds the look-up, when it is first needed. Full names win over parts of others' names. */
export function createNames(speaker: Speaker | undefined, others: readonly string[]): Names {
  const isAnybody = speaker !== undefined || others.length > 0;
  let known: ReturnType<typeof indexNames> | undefined;
  return {
    whoIs(name) {
      const folded = foldName(name);
      if (folded === '') return undefined;
      if (isAnybody) known ??= indexNames(speaker, others);
      if (known?.own.has(folded)) return 'own';
      const exact = known?.other.get(folded) ?? FOLDED_VOICES.get(folded);
      if (exact !== undefined) return { other: exact };
      const part = known?.otherParts.get(folded);
      if (known?.ownParts.has(folded)) return part === undefined ? 'own' : 'own-or-other';
      return part === undefined ? undefined : { other: part };
    },
  };
}

function indexNames(speaker: Speaker | undefined, others: readonly string[]) {
  const own = new Set([speaker?.name ?? '', ...(speaker?.aliases ?? [])].map(foldName).filter(Boolean));
  const ownParts = new Set(speaker ? nameParts(speaker.name) : []);
  const other = new Map<string, string>();
  const otherParts = new Map<string, string>();
  for (const name of others) {
    other.set(foldName(name), name);
    for (const part of nameParts(name)) if (!otherParts.has(part)) otherParts.set(part, name);
  }
  return { own, ownParts, other, otherParts };
}

/** The names by which a text may speak of the speaker: in full, aliases, first and last name. */
export function speakerNames(speaker: Speaker | undefined): readonly string[] {
  if (!speaker) return [];
  return [...new Set([speaker.name, ...(speaker.aliases ?? []), ...nameParts(speaker.name)])].filter(Boolean);
}

/** First and last name, where a name has several words that are no titles. */
function nameParts(name: string): string[] {
  const words = foldName(name).split(' ');
  const names = words.filter((word) => !TITLES.has(word) && word.length > 1);
  if (words.length < 2) return [];
  const [first] = names;
  const last = names.at(-1);
  return [first, last].filter((part) => part !== undefined);
}
