/** What HER’s evaluator makes of a next-speaker answer: a name of the list, the end, or chance. */
export const END_CHAT = '<END CHAT>';
export const RANDOM = 'random';

/** Longer answers are left to chance. Code points. */
const LONGEST_ANSWER = 1500;

/**
 * Reads an answer as HER’s `parse_nsp_response` does, quirks included (her-spec 4.3): names are looked for
 * in the order of the list and inside longer words, bold words are deleted with their content. For the
 * protocols whose numbers are to compare with published ones; `readNextSpeaker` of the director has the
 * faults mended.
 */
export function referenceNextSpeaker(
  answer: string,
  names: readonly string[],
  longest = LONGEST_ANSWER,
): string {
  if (answer.trim() === '' || [...answer].length > longest) return RANDOM;
  const said = lastSpeaker(answer)?.toLowerCase();
  if (said !== undefined) {
    const name = names.find((one) => said.includes(one.toLowerCase()));
    if (name !== undefined) return name;
    if (said.includes('end chat')) return END_CHAT;
    if (said.includes(RANDOM)) return RANDOM;
  }
  const cleaned = withoutEmphasis(withoutPlan(answer)).trim();
  const first = (cleaned.split('\n')[0] ?? '').split(':')[0]?.trim().toLowerCase() ?? '';
  if (first.includes('end chat')) return END_CHAT;
  if (first.includes(RANDOM)) return RANDOM;
  const name = names.find((one) => first.includes(one.toLowerCase()));
  return name ?? names.find((one) => cleaned.includes(one)) ?? RANDOM;
}

const FIELD = /(?:\*\*|#)?\s*Next\s+Speaker\s*(?:\*\*|#)?\s*(?:[:-]|\bis\b)?\s*\*?([^\n*]+)/giu;

/** What stands behind the last “Next Speaker”; undefined where nothing does. */
function lastSpeaker(answer: string): string | undefined {
  const found = [...answer.matchAll(FIELD)].at(-1)?.[1] ?? '';
  return (
    found
      .trim()
      .replace(/[.,!"']+$/u, '')
      .replaceAll('*', '')
      .trim() || undefined
  );
}

function withoutEmphasis(text: string): string {
  return text.replace(/\*\*.*?\*\*/gu, '').replace(/\*.*?\*/gu, '');
}

const OPEN = String.raw`<\s*(?:system[_\s]*think(?:ing)?|think|thought|role_think)\s*>`;
const CLOSE = String.raw`<\/\s*(?:system[_\s]*think(?:ing)?|think|thought|role_think)\s*>`;
const PAIR = new RegExp(`${OPEN}[\\s\\S]*?${CLOSE}`, 'gu');
const OPENED = new RegExp(`${OPEN}[\\s\\S]*$`, 'u');
const CLOSED = new RegExp(CLOSE, 'gu');

/** Planning goes with its tags, an unclosed one to the end of the answer. */
function withoutPlan(answer: string): string {
  return answer.replace(PAIR, '').replace(OPENED, '').replace(CLOSED, '');
}
