/**
 * Words that hardly a sentence does without, and that few other languages have: what tells languages
 * apart without a library, as well as a prompt needs it.
 */
const LANGUAGES = {
  en: 'the and of to is are was were you your he she it that this with for not but have has had will would what who at by from my we they there here do does did been if so yes i',
  de: 'der die das und ist sind war nicht ein eine einen einem einer ich du sie wir ihr mir mich dir dich sich mit für auf von zu zum zur dem den im am aber auch noch nur wie wenn dann habe hat haben wird kann muss kein keine ja nein es bin doch',
  fr: 'le les et est sont dans pour pas que qui vous nous je il elle une des du avec sur mais cette ce au aux ne votre mon',
  es: 'el los las y es son en por para que no una con pero este esta yo usted del al como muy su lo',
  it: 'il lo gli e è sono non che di per una con ma questo questa io lei del della nel come più si ho',
  pt: 'o os as e é são não que de para uma com mas este esta eu você do da no na como mais se um',
} as const;
export type Language = keyof typeof LANGUAGES;

const KNOWN = Object.entries(LANGUAGES).map(
  ([language, words]) => [language as Language, new Set(words.split(' '))] as const,
);
/** So few may be a name and a greeting. */
const TOO_FEW = 5;

/** The language of a text by its function words; undefined where it is too short to tell, or none of these. */
export function languageOf(text: string): Language | undefined {
  const words = text.toLowerCase().match(/\p{L}+/gu) ?? [];
  if (words.length < TOO_FEW) return undefined;
  const counts = KNOWN.map(([language, known]) => ({
    language,
    count: words.filter((word) => known.has(word)).length,
  })).toSorted((one, other) => other.count - one.count);
  const [first, second] = counts;
  return first && first.count > (second?.count ?? 0) ? first.language : undefined;
}

const ASKED: Readonly<Record<Exclude<Language, 'en'>, string>> = {
  de: 'Alles auf Deutsch.',
  fr: 'Tout en français.',
  es: 'Todo en español.',
  it: 'Tutto in italiano.',
  pt: 'Tudo em português.',
};

/** Words before which a small model plans, and then plays, in its best language, and behind which in this one. */
const LEADS: typeof ASKED = {
  de: 'Was jetzt gedacht, getan und gesagt wird, ist alles auf Deutsch.',
  fr: 'Ce qui est pensé, fait et dit maintenant est tout en français.',
  es: 'Lo que ahora se piensa, se hace y se dice está todo en español.',
  it: 'Quello che ora si pensa, si fa e si dice è tutto in italiano.',
  pt: 'O que agora se pensa, se faz e se diz está tudo em português.',
};

/** How a plan begins where it can be made to begin: in the language of what was played; '' for English. */
export function languageLead(said: string): string {
  const language = languageOf(said);
  return language === undefined || language === 'en' ? '' : LEADS[language];
}

/** Asks for the language of what was played, in that language; '' for English, in which the rules are. */
export function languageReminder(said: string): string {
  const language = languageOf(said);
  return language === undefined || language === 'en' ? '' : ASKED[language];
}
