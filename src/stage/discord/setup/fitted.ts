import type { Locale } from '../../../words/locales.ts';
import { render } from '../../../words/render.ts';
import { say, type Text } from '../../../words/text.ts';

/** Discord takes no longer message. */
const LONGEST = 2000;

/** Lines as far as one message holds them, in that language, and how many more there are. */
export function fitted(lines: readonly Text[], locale: Locale): string {
  const shown = lines.map((line) => render(line, locale));
  const whole = shown.join('\n');
  if (whole.length <= LONGEST) return whole;
  for (let kept = shown.length - 1; kept > 0; kept -= 1) {
    const rest = render(say('… and {{more}} more.', { more: shown.length - kept }), locale);
    const part = [...shown.slice(0, kept), rest].join('\n');
    if (part.length <= LONGEST) return part;
  }
  return whole.slice(0, LONGEST);
}
