import { termsOf } from '../cast/memory/terms.ts';

/** The sentences of a text, line by line, without the space around them. */
export function sentencesOf(text: string): string[] {
  return text
    .split('\n')
    .flatMap((line) => line.split(/(?<=(?<!\b(?:Mr|Mrs|Ms|Dr|St))[.!?…]["”’»)\]]*)\s+|(?<=[。！？])/u))
    .map((sentence) => sentence.trim())
    .filter(Boolean);
}

// English and German; of other languages the fields alone tell what is hidden.
const SECRET = new RegExp(
  [
    String.raw`\b(?:secret(?:ly|s)?|hidden|conceal(?:s|ed|ing)?|hid(?:e|es|ing)|in truth|unknown to|kept? from|clandestine(?:ly)?|pretend(?:s|ed|ing)?)\b`,
    String.raw`\b(?:nobody|no one|no-one|none|not a soul)(?: \p{L}+){0,4} (?:knows?|knew|must|may|suspects?|suspected|can|could|ever)\b`,
    String.raw`\b(?:never|has not|have not) (?:told|tells?|tell|confessed|admitted|spoken)\b`,
    String.raw`(?:\bnot|n['’]t|\bnobody|\bno one) (?:want|wish|let)s? (?:anyone|anybody|others|people|them|\p{L}+) (?:to )?(?:know|learn|find out|see)\b`,
    String.raw`\bonly \p{L}+ (?:knows?|knew)\b`,
    String.raw`\b(?:heimlich|geheim\p{L}*|verschweigt|verbirgt|niemand (?:weiß|ahnt|darf))\b`,
  ].join('|'),
  'iu',
);

/** Whether a sentence calls what it tells a secret. */
export function isSecret(sentence: string): boolean {
  return SECRET.test(sentence);
}

/** What a text is about, as roots of words: “smuggler” and “smuggled” are one. */
export function rootsOf(text: string): string[] {
  return termsOf(text).map((term) => (/^[a-z]{6,}$/u.test(term) ? term.slice(0, 5) : term));
}

/** How much of one text's roots another has, 0 … 1; 1 where it has none of its own. */
export function shareIn(roots: readonly string[], among: ReadonlySet<string>): number {
  if (roots.length === 0) return 1;
  return roots.filter((root) => among.has(root)).length / roots.length;
}

const ENGLISH = new Set(
  'the a an and of to in is was he she they i you it his her my your that with for on not but at as be have had has'.split(
    ' ',
  ),
);

/** Whether rules of English may be asked of a text: one word in eight is one of its commonest. */
export function isEnglish(text: string): boolean {
  const words = text.toLowerCase().match(/\p{L}+/gu) ?? [];
  if (words.length === 0) return false;
  return words.filter((word) => ENGLISH.has(word)).length * 8 >= words.length;
}
