import type { ActorId } from '../scene/beat.ts';
import { type Addressee, BETWEEN_WORDS, findNames, plainCase } from './address.ts';

/**
 * Whom a character's own speech calls, in order: by a name that is set apart from the sentence, as
 * in "Darcy, what say you?", "You knew, Lizzy.", "— Jane?", or by `@Name`. A name inside a sentence
 * only mentions its bearer ("I saw Darcy yesterday"). Names and bearers are those of `findAddressed`.
 *
 * A rule of thumb where languages put commas to other uses as well: a list ("Darcy, Jane and Lizzy
 * went out") and a clause ("Darcy, who came late, sat down") call nobody.
 *
 * @param speech spoken text alone; each line of it is an utterance
 */
export function findVocatives(speech: string, cast: readonly Addressee[]): ActorId[] {
  const plain = plainCase(speech);
  const called = groupsIn(plain, placesOf(plain, cast)).filter((group) => isSetApart(plain, group));
  const ids = called.flatMap(({ names }) => names.flatMap(({ id }) => (id === undefined ? [] : [id])));
  return [...new Set(ids)];
}

type Place = { readonly from: number; readonly to: number; readonly id: ActorId | undefined };

/** Names where they stand in the text with its punctuation. */
function placesOf(plain: string, cast: readonly Addressee[]): Place[] {
  const places: number[] = [];
  let folded = '';
  let from = 0;
  for (const { 0: gap, index } of plain.matchAll(BETWEEN_WORDS)) {
    takeWord(index);
    places.push(index);
    folded += ' ';
    from = index + gap.length;
  }
  takeWord(plain.length);
  return findNames(folded, cast).map(({ at, end, id }) => ({
    from: places[at] ?? 0,
    // A name ends with a character of its own, never with what is between words.
    to: (places[end - 1] ?? 0) + 1,
    id,
  }));

  function takeWord(to: number): void {
    for (let at = from; at < to; at += 1) places.push(at);
    folded += plain.slice(from, to);
  }
}

/** Names that are called, or mentioned, as one: those of a list with an "and" in it, or a single one. */
type Group = {
  readonly names: Place[];
  /** Only a comma stands between it and the group before. */
  readonly afterComma: boolean;
};

const LONGEST_LINK = 12;
const COMMA = /^\s*[,、،]\s*$/;
const AND = /^\s*[,、،]?\s*(?:and|or|nor|und|oder|et|ou|y|e|o|og|och|en|и|или|&|\+|和|与|跟|と)\s*$/;

function groupsIn(plain: string, names: readonly Place[]): Group[] {
  const groups: Group[] = [];
  let last: Place | undefined;
  for (const name of names) {
    const near = last !== undefined && name.from - last.to <= LONGEST_LINK;
    const link = near ? plain.slice(last?.to, name.from) : '.';
    if (AND.test(link)) listBefore(groups).names.push(name);
    else groups.push({ names: [name], afterComma: COMMA.test(link) });
    last = name;
  }
  return groups;
}

/** Makes one group of the names that an "and" makes a list of: back to where commas began. */
function listBefore(groups: Group[]): Group {
  const start = groups.findLastIndex(({ afterComma }) => !afterComma);
  const [first = { names: [], afterComma: false }, ...rest] = groups.splice(start);
  for (const { names } of rest) first.names.push(...names);
  groups.push(first);
  return first;
}

// Signs that are looked through: quotation marks, brackets, marks of emphasis.
const WRAPS = String.raw` \t\r"'“”„«»‹›「」『』*_~()\[\]`;
// The stop of "Mr." ends nothing.
const STOP = String.raw`[!?。।։።…]|(?<!\b(?:mr|mrs|ms|dr|st|prof|capt|col|rev|hr|fr|mme|mlle|sr|sra))\.`;
const INNER_PAUSE = ',、،;؛—–―';
const HYPHEN = String.raw`(?:\s-{1,2}|--)(?=[\s]|$)`;

// What is said before a name without a comma: "Oh Jane!", "Good morning Mr. Bennet".
const LEAD_INS =
  'oh|o|ah|ach|ay|aye|hey|ho|hi|hello|hallo|hola|ciao|salut|bonjour|bonsoir|dear|dearest|darling|my|well|now|yes|no|' +
  'please|sorry|thanks|thank you|welcome|farewell|goodbye|good (?:morning|evening|day|night|afternoon)|mr|mrs|ms|miss|' +
  'sir|lady|lord|dr|doctor|captain|madame|monsieur|herr|frau|señor|señora|ja|nein|bitte|danke|guten (?:morgen|tag|abend)|' +
  'gute nacht|oui|non|merci|cher|chère|sí|gracias|buenos días|buenas (?:tardes|noches)|querido|querida|да|нет|эй|о|ах|ну|' +
  'привет|спасибо|здравствуйте|喂|嘿|ねえ|おい|やあ';
const LEAD_CHARS = 60;
const BEFORE = new RegExp(
  `(?:(?<start>^|\\n|[¿¡])|(?<stop>${STOP})|(?<pause>[${INNER_PAUSE}]|${HYPHEN}))` +
    `[${WRAPS}—–―-]*(?:(?:${LEAD_INS})[. \\t]+){0,3}[${WRAPS}]*$`,
  'u',
);

// Endings that go with a name where it is called: トムさん、… 준호야!
const ENDINGS = 'さん|さま|様|君|くん|ちゃん|殿|先生|씨|님|아|야|姐姐|妹妹|哥哥|弟弟|姑娘|小姐|公子|大人';
const AFTER = new RegExp(
  `^(?:${ENDINGS})?[${WRAPS}]*` + `(?:(?<pause>[${INNER_PAUSE}!?]|${HYPHEN})|(?<stop>$|\\n|[.。।։።…]))`,
  'u',
);
const TAIL_CHARS = 24;

/** Whether a pause stands on both sides. */
function isSetApart(plain: string, { names }: Group): boolean {
  const from = names[0]?.from ?? 0;
  const to = names.at(-1)?.to ?? 0;
  if (/(?:^|[^\p{L}\p{N}_.@])@$/u.test(plain.slice(Math.max(0, from - 2), from))) return true;
  const before = pauseBefore(plain, from);
  const after = AFTER.exec(tailOf(plain, to))?.groups;
  if (!before || !after || opensClause(plain, to)) return false;
  // A name that is a sentence by itself answers a question as often as it calls: "Who? Darcy."
  return after['pause'] !== undefined || before['stop'] === undefined;
}

function pauseBefore(plain: string, from: number): Record<string, string | undefined> | undefined {
  const cut = Math.max(0, from - LEAD_CHARS);
  // A sign that is none keeps the middle of a text from being taken for its start.
  return BEFORE.exec(`${cut > 0 ? '\ufffc' : ''}${plain.slice(cut, from)}`)?.groups;
}

function tailOf(plain: string, to: number): string {
  const cut = to + TAIL_CHARS < plain.length;
  return `${plain.slice(to, to + TAIL_CHARS)}${cut ? '\ufffc' : ''}`;
}

const CLAUSE_CHARS = 200;

/** "Darcy, who came late, sat down." The same words in a question are one: "Darcy, who is that?" */
function opensClause(plain: string, to: number): boolean {
  if (!/^,\s{0,3}(?:who|whom|whose|which)\s/.test(plain.slice(to, to + 12))) return false;
  return /[.!?\n]/.exec(plain.slice(to, to + CLAUSE_CHARS))?.[0] !== '?';
}
