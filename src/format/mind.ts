import { lower } from './fold.ts';

// What betrays that a stretch in some mark is somebody's mind and not what others can see.
const FIRST_PERSON =
  /(?<![\p{L}\p{N}])(?:i|me|my|mine|myself|we|our|ours|je|j(?=['’])|moi|ich|mich|mir|yo|io|eu|minha|я|мне|меня|мой|моя|мою)(?![\p{L}\p{N}])|[我俺僕私咱]|(?<!\p{L})(?:나는|내가|나를)/u;
const MODAL =
  /(?<!\p{L})(?:must|should|cannot|can['’]?t|couldn['’]?t|shouldn['’]?t|mustn['’]?t|won['’]?t|wouldn['’]?t|might|perhaps|maybe|if only|what if|damn|surely|probably)(?!\p{L})/u;
const MENTAL =
  /(?<!\p{L})(?:think|thinks|thinking|thought|wonder|wonders|wondering|know|knows|knew|realizes?|realises?|hopes?|hoping|fears?|suspects?|believes?|wish|wishes|remembers?|doubts?|worry|worries|worried|hates?|loves?|wants?|needs?|feels?|mean|dread|dreads|trust|trusts)(?!\p{L})/u;
const MENTAL_CLAUSE =
  /(?<!\p{L})(?:think|thinks|thinking|thought|wonders?|wondering|knows?|knowing|realizes?|realises?|realizing|realising|hopes?|hoping|fears?|fearing|suspects?|suspecting|believes?|wishes|remembers?|doubts?|decides?|plans?)\s+(?:[’'“"]|(?:that|how|why|if|whether|about|what|who|he|she|they|it|this|of|to)(?!\p{L}))/u;

// `A thought crosses her mind: …`
const MIND_SPEAKS = /(?<!\p{L})(?:mind|thoughts?|heart|conscience)(?!\p{L})[^.]{0,160}[:：“"]/u;

/** Whether text in asterisks and the like is the content of a mind: first person, doubt, a question. */
export function isMind(text: string): boolean {
  const plain = lower(text);
  return (
    FIRST_PERSON.test(plain) ||
    /[?？]/.test(plain) ||
    MODAL.test(plain) ||
    MENTAL_CLAUSE.test(plain) ||
    MIND_SPEAKS.test(plain) ||
    isThinkingLabel(plain)
  );
}

/** The stricter test, for marks that are known to hold actions: first person and a verb of the mind. */
export function isPlainlyMind(text: string): boolean {
  const plain = lower(text);
  return FIRST_PERSON.test(plain) && (MENTAL.test(plain) || MODAL.test(plain));
}

const THINKING =
  '(?:(?:quietly|silently|privately|secretly|inwardly|internally|inner|internal|role|system|private|secret|hidden)[\\s_-]*)?(?:thinks?|thinking|thoughts?|muses?|musing|monologue|inwardly|internally|mind|mentally|in (?:his|her|my|their) (?:mind|head)|in thought|inner|internal|心想|内心|心の声|心声)';
const LABEL = new RegExp(`^[\\s\\p{P}]*${THINKING}(?:\\s+to (?:him|her|my|it)self)?\\s*[:：—–)）\\]-]`, 'u');
const ALONE = new RegExp(
  `^[\\s\\p{P}]*(?:(?:he|she|i|they)\\s+)?${THINKING}(?:\\s+(?:to (?:him|her|my|it)self|to themsel(?:f|ves)|silently|quietly|privately))?[\\s\\p{P}]*$`,
  'u',
);

/** `thinking: he lies`, `Thought — …`: the words say so themselves. */
export function isThinkingLabel(text: string): boolean {
  return LABEL.test(lower(text));
}

/** Nothing but a word for thinking: `(thought)`, `*thinking to herself*`. It says what stands beside it. */
export function isThinkingWord(text: string): boolean {
  return text.length < 60 && ALONE.test(lower(text));
}

/** The model stepping out of the play: `OOC: …`, `Note: …`. Nobody's words; it goes with the plan. */
export function isOutOfPlay(text: string): boolean {
  return /^[\s\p{P}]*(?:ooc|out of character|note|author['’]?s? note|n\.?b\.?|meta|end of (?:turn|scene|response)|continued?|word count)(?:\s*[:：—–-]|[\s\p{P}]*$)/u.test(
    lower(text),
  );
}

const NO_VERB = new Set(
  'is was has his hers this thus does as us its yes always perhaps less unless besides towards sometimes always thing things nothing something anything everything king ring during evening morning bring sing being ours theirs yours red bed need indeed feed speed seed'.split(
    ' ',
  ),
);

/** Whether it reads like a stage direction: a verb in the third person or a participle comes first or second. */
export function readsAsAction(text: string): boolean {
  const words = lower(text)
    .split(/[^\p{L}\p{N}'’-]+/u)
    .filter(Boolean)
    .slice(0, 3);
  let place = 0;
  for (const word of words) {
    if (/^(?:he|she|it|they|you|that|this|who|there)$/.test(word)) return false;
    if (/^\p{L}{2,}(?:s|ing|ed)$/u.test(word) && !NO_VERB.has(word)) return true;
    if (!/ly$/.test(word)) place++;
    if (place >= 2) return false;
  }
  return false;
}

const STAGE_VERBS = new Set(
  'sighs laughs smiles nods grins winks shrugs chuckles pauses waves bows coughs frowns blushes whispers gasps yawns sniffs snorts giggles smirks sobs gulps blinks groans hums curtsies kneels points leans turns looks glances stares hesitates swallows shivers trembles beams scoffs grunts mutters murmurs claps stands sits rises steps stops winces flinches stammers stutters clears'.split(
    ' ',
  ),
);

/** One or two words that are a gesture, not a stressed word: `*sighs*`, `*slowly nods*`. */
export function isGesture(text: string): boolean {
  return lower(text)
    .split(/\s+/)
    .some((word) => STAGE_VERBS.has(word.replace(/\P{L}/gu, '')));
}

/** Words as a reader counts them; two letters of a script without spaces are one. */
export function countWords(text: string): number {
  const dense = text.match(/[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}]/gu)?.length ?? 0;
  const spaced = text.match(/[\p{L}\p{N}][^\s]*/gu)?.length ?? 0;
  return dense > 0 ? Math.ceil(dense / 2) + (spaced > 1 ? spaced - 1 : 0) : spaced;
}
