/** The longest name Discord takes for a message of a webhook. */
const LONGEST = 80;

// Invisible to the reader, and enough for Discord to see another word.
const HAIR_SPACE = '\u200A';
// But for what joins the parts of an emoji.
const INVISIBLE = /(?!\u200D)[\p{Cc}\p{Cf}]|(?<!\p{Extended_Pictographic}\uFE0F?)\u200D/gu;
const REFUSED_ANYWHERE = /(c)(lyde)|(d)(iscord)/giu;
const REFUSED_ALONE = /^(every)(one)$|^(he)(re)$/iu;

/** A name as Discord takes it for a webhook's message: 1 to 80 units, no refused words, nothing that pings. */
export function personaName(name: string): string {
  const plain = name
    .normalize('NFC')
    .replace(INVISIBLE, '')
    .replaceAll('`', '’')
    .replaceAll('@', '＠')
    .replace(/\s+/gu, ' ')
    .trim();
  const safe = plain.replace(REFUSED_ANYWHERE, brokenApart).replace(REFUSED_ALONE, brokenApart);
  return shortened(safe, LONGEST) || 'Someone';
}

function brokenApart(_match: string, ...groups: unknown[]): string {
  return groups
    .slice(0, 4)
    .filter((group) => typeof group === 'string')
    .join(HAIR_SPACE);
}

function shortened(text: string, limit: number): string {
  if (text.length <= limit) return text;
  let kept = '';
  for (const { segment } of new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text)) {
    if (kept.length + segment.length >= limit) break;
    kept += segment;
  }
  return `${kept.trimEnd()}…`;
}

/** Taken where Discord refuses a name (50035) by a rule that it does not tell. */
export function fallbackName(actorId: string): string {
  let sum = 0;
  for (const char of actorId) sum = (sum * 31 + (char.codePointAt(0) ?? 0)) % 100;
  return `Character ${sum}`;
}

/** One who may speak in a scene: in order of rank, an earlier one keeps its name. */
export type Named = { readonly id: string; readonly name: string };

/**
 * Names under which everyone of a scene speaks, by actor id, no two of which look alike: Discord
 * would draw two of the same name as one. A player who bears a character's name is told apart as one.
 */
export function personaNames(actors: readonly Named[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const taken = new Set<string>();
  for (const { id, name } of actors) {
    if (names.has(id)) continue;
    const wanted = personaName(name);
    const marks = id.startsWith('player:') ? ['player'] : [];
    let free = wanted;
    for (let count = 2; taken.has(looks(free)); count += 1) {
      const mark = marks.shift() ?? String(count);
      free = `${shortened(wanted, LONGEST - mark.length - 3)} (${mark})`;
    }
    taken.add(looks(free));
    names.set(id, free);
  }
  return names;
}

/** What is left of a name for an eye that does not look closely. */
function looks(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}
