import type { VisibleSegment } from '../../../format/segments.ts';
import { visibleSegments } from '../../../format/segments.ts';
import { clipQuote } from '../quote-of.ts';
import type { ReviewedLine } from '../reviewed-line.ts';

const SAYS =
  'says|asks|replies|answers|whispers|murmurs|mutters|shouts|cries|exclaims|responds|retorts|adds|stammers|' +
  'sagt|fragt|antwortet|erwidert|flüstert|murmelt|ruft|entgegnet|stammelt';
const SAID =
  'said|asked|replied|answered|whispered|murmured|muttered|shouted|cried|exclaimed|responded|retorted|added|' +
  'stammered|sagte|fragte|antwortete|erwiderte|flüsterte|murmelte|rief|entgegnete|stammelte';
/** What somebody does of their own will, feels or thinks; how they only look or stand, anyone sees. */
const DOES =
  'nods|smiles|grins|laughs|chuckles|giggles|sighs|frowns|scowls|blushes|winces|gasps|shrugs|hesitates|swallows|' +
  'bows|curtsies|kneels|steps|walks|leans|reaches|grabs|takes|turns|rises|thinks|feels|wonders|realizes|realises|' +
  'decides|remembers|hopes|agrees|' +
  'nickt|lächelt|grinst|lacht|kichert|seufzt|errötet|zuckt|schüttelt|zögert|verbeugt|kniet|tritt|greift|nimmt|' +
  'denkt|fühlt|erkennt|beschließt|erinnert|hofft';
const DID =
  'nodded|smiled|grinned|laughed|chuckled|giggled|sighed|frowned|scowled|blushed|winced|gasped|shrugged|hesitated|' +
  'swallowed|bowed|curtsied|knelt|stepped|walked|leaned|leant|reached|grabbed|took|turned|rose|thought|felt|wondered|' +
  'realized|realised|decided|remembered|hoped|agreed|' +
  'nickte|lächelte|grinste|lachte|kicherte|seufzte|errötete|zuckte|schüttelte|zögerte|verbeugte|kniete|trat|griff|' +
  'nahm|dachte|fühlte|erkannte|beschloss|erinnerte|hoffte';
/** The same of whom the speaker calls "you": nobody tells them what they do. */
const YOU_DO =
  'nod|smile|grin|laugh|chuckle|sigh|frown|blush|wince|gasp|shrug|hesitate|swallow|bow|kneel|think|feel|wonder|' +
  "realize|realise|decide|remember|say|reply|answer|whisper|find yourself|can[’']t help but|cannot help but";
/** What a face or a hand does that shows a mind. */
const BETRAYS =
  'widen|narrow|flush|redden|soften|harden|race|pound|sink|drop|tremble|shake|quicken|twitch|brighten|darken|clench';
const ADVERB = String.raw`(?:\s+(?:then|just|only|now|\p{Ll}+ly))?`;
const MARKS = String.raw`[*_"'“”‘’(\s]*`;
const START = String.raw`(?:^|\n|[.!?…;]["”’»*)]*\s+|,\s+and\s+)${MARKS}`;
const END = String.raw`(?![\p{L}\p{N}])`;
/** As far as the end of the sentence, for the quote. */
const REST = String.raw`[^.!?…\n]{0,60}`;

const TELLS_YOU = new RegExp(String.raw`${START}(?<found>[Yy]ou${ADVERB}\s+(?:${YOU_DO})${END}${REST})`, 'u');

/** Has somebody else who is there act, speak or think; to name, see or call them is nothing of the kind. */
export function speaksForOthers({ segments, others, speaker }: ReviewedLine): string | undefined {
  const own = new Set(speaker.map((name) => name.toLowerCase()));
  const names = others.flat().filter((name) => name.length > 1 && !own.has(name.toLowerCase()));
  const patterns = names.length > 0 ? patternsFor(names) : undefined;
  for (const segment of visibleSegments(segments)) {
    const found = findIn(segment, patterns);
    if (found) return clipQuote(found);
  }
  return undefined;
}

type Patterns = Readonly<Record<'acts' | 'isQuoted' | 'isQuotedNow' | 'hasLine', RegExp>>;

function findIn({ kind, text }: VisibleSegment, patterns: Patterns | undefined): string | undefined {
  const ways = kind === 'action' ? [patterns?.acts, patterns?.isQuoted, TELLS_YOU] : [patterns?.isQuotedNow];
  for (const way of [...ways, patterns?.hasLine]) {
    const found = way?.exec(text)?.groups?.['found'];
    if (found) return found;
  }
  return undefined;
}

function patternsFor(names: readonly string[]): Patterns {
  // The longest first, so that "Mr. Bennet" is found whole.
  const one = [...new Set(names)]
    .sort((a, b) => b.length - a.length)
    .map((name) => name.replace(/[.*+?^${}()|[\]\\/]/gu, String.raw`\$&`))
    .join('|');
  const name = String.raw`(?<![\p{L}\p{N}])(?:${one})`;
  const quoted = (verbs: string) =>
    new RegExp(
      String.raw`(?<found>["”“»’'][,.!?]?\s*(?:(?:${verbs})\s+${name}|${name}${ADVERB}\s+(?:${verbs}))${END})`,
      'u',
    );
  const body = String.raw`['’]s?\s+(?:eyes?|heart|face|cheeks?|lips?|breath|voice|jaw|hands?)${ADVERB}\s+(?:${BETRAYS})(?:e?s|e?d)?`;
  return {
    acts: new RegExp(
      String.raw`${START}(?<found>${name}(?:${ADVERB}\s+(?:${SAYS}|${SAID}|${DOES}|${DID})|${body})${END}${REST})`,
      'u',
    ),
    isQuoted: quoted(`${SAYS}|${SAID}`),
    // Who tells a story quotes what was said in it.
    isQuotedNow: quoted(SAYS),
    hasLine: new RegExp(String.raw`(?:^|\n)[*_\s]*(?<found>${name}[*_]*\s*:[*_]*\s+\S[^\n]{0,80})`, 'u'),
  };
}
