import { visibleSegments } from '../../../format/segments.ts';
import { clipQuote } from '../quote-of.ts';
import type { ReviewedLine } from '../reviewed-line.ts';

/** What only an assistant says of itself. A card may be of one. */
const OF_ITSELF = [
  String.raw`as an? (?:ai|a\.i\.|artificial intelligence|(?:large )?language model|virtual assistant|chat ?bot)\b`,
  String.raw`i(?:['’]m| am) (?:just |only |merely )?an? (?:ai|a\.i\.|artificial intelligence|(?:large )?language model|virtual assistant|ai assistant|chat ?bot)\b`,
  String.raw`my training data\b`,
  String.raw`als (?:eine? )?(?:ki|künstliche intelligenz|sprachmodell|ki-\p{L}+)\b`,
  String.raw`ich bin (?:nur |bloß |lediglich )?eine? (?:ki|künstliche intelligenz|(?:großes )?sprachmodell|ki-\p{L}+)\b`,
];

/** What is said about a play by those who write it, or when they refuse to. */
const OF_THE_PLAY = [
  String.raw`(?:content|usage|community|safety|openai(?:['’]s)?) (?:policy|policies|guidelines)\b`,
  String.raw`i (?:can(?:no|['’])t|am (?:unable|not able) to|['’]m (?:unable|not able) to|won['’]t) (?:help|assist|comply|engage) (?:you )?with (?:that|this|your) (?:request|topic|prompt|content|scenario)\b`,
  String.raw`i (?:can(?:no|['’])t|am unable to|['’]m unable to|won['’]t) (?:fulfil+|generate|create|provide|produce|continue with) (?:that|this|your|such|any|explicit)(?: kind of| type of)? (?:request|content|material|role-?play|scenario)\b`,
  String.raw`(?:would you like|do you want) me to (?:continue (?:the|this|with the) (?:story|scene|role-?play|scenario|conversation)|rewrite|rephrase|generate|expand on|elaborate on)\b`,
  String.raw`let me know (?:if|how|what|whether|when) you(?:['’]d| would) like (?:me )?to (?:continue|proceed|adjust|change|rewrite|revise|expand|add|see|explore|modify)\b`,
  String.raw`let me know if (?:you (?:have any (?:other |further |more )?questions|need (?:any )?(?:further |more |additional )(?:help|assistance|information|clarification)|need anything else)|there(?:['’]s| is) anything else i can (?:help|assist))\b`,
  String.raw`(?:feel|please feel) free to (?:ask (?:me )?(?:any |more |further )*questions|reach out|let me know)\b`,
  String.raw`i(?:['’]m| am) here to (?:help|assist|support) you with (?:any|your|whatever) (?:questions?|requests?|tasks?|needs?)\b`,
  String.raw`(?:in|of|for|continue|end|pause|start|stop|during|about) (?:the|this|our|a) role-?play(?:ing)?\b`,
  String.raw`(?:stay(?:ing)?|remain(?:ing)?|break(?:ing)?) (?:in|out of) (?:my )?character\b`,
  String.raw`\bwhat (?:does|would|will) your character (?:do|say|think)\b`,
  String.raw`(?:the|this) (?:user|prompt|system prompt)(?:['’]s)? (?:wants|asks|asked|says|said|input|message|request|instructions?)\b`,
  String.raw`^\W{0,3}\(?\s*(?:ooc|out of character)\s*[:)]`,
  String.raw`\{\{(?:user|char)\}\}`,
  String.raw`(?:hier ist|here(?:['’]s| is)) (?:eine|die|a|the|my|your) (?:\p{L}+ ){0,2}(?:antwort|response|reply|version|continuation|fortsetzung) (?:von|for|of|from|as|in|zu|auf|im)\b`,
  String.raw`(?:inhalts?|nutzungs|content-?)richtlinien\b`,
  String.raw`(?:ich kann|das kann ich) (?:dir |ihnen )?(?:bei|mit) (?:dieser|ihrer|deiner) anfrage (?:leider )?nicht (?:helfen|dienen|behilflich sein)\b`,
  String.raw`(?:möchtest du|möchten sie|soll ich)(?:,)? (?:dass ich )?(?:mit )?(?:der|die|das|dem) (?:geschichte|szene|rollenspiel)\b`,
  String.raw`(?:lass|lassen sie) (?:es )?mich wissen,? (?:wenn|falls|ob) (?:du|sie|ich) (?:noch |weitere |irgendwelche )*(?:fragen|hilfe|unterstützung|weiterhelfen)\b`,
];

/** Layout that nobody speaks in. */
const LAYOUT = [
  String.raw`^#{1,6} +\S.*$`,
  String.raw`(?:^\s*(?:[-*•]|\d{1,2}[.)]) +\S.*\n+){2,}\s*(?:[-*•]|\d{1,2}[.)]) +\S.*$`,
  String.raw`^\s*\|.+\|\s*\n\s*\|[\s:|-]+\|\s*$`,
  '^```',
];

const ALWAYS = new RegExp([...OF_THE_PLAY, ...LAYOUT].map((one) => `(?:${starting(one)})`).join('|'), 'imu');
const UNLESS_ONE = new RegExp(OF_ITSELF.map((one) => `(?:${starting(one)})`).join('|'), 'imu');

/** Whose card says so may speak of itself as a machine. */
const IS_MACHINE =
  /\b(?:a\.?i\.?|artificial intelligence|robots?|androids?|automaton|assistant|computer|machine|chat ?bot|language model|ki|künstliche intelligenz|roboter)\b/iu;

/** Speaks as an assistant, or of the play as a play. */
export function assistantVoice({ segments, sheet }: ReviewedLine): string | undefined {
  const patterns = IS_MACHINE.test(sheet) ? [ALWAYS] : [ALWAYS, UNLESS_ONE];
  for (const { text } of visibleSegments(segments)) {
    for (const pattern of patterns) {
      const found = pattern.exec(text)?.[0];
      if (found) return clipQuote(found);
    }
  }
  return undefined;
}

/** Within a word nothing begins. */
function starting(pattern: string): string {
  return /^[\^\\]/u.test(pattern) ? pattern : String.raw`(?<![\p{L}\p{N}])${pattern}`;
}
