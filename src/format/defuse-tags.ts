import { createTagScanner } from './tag-scanner.ts';

const MAY_HOLD_TAGS = /[<>&[＜＞﹤﹥◁▷]/;
const ENTITY = /&(?:amp;)*(lt|gt|#0*6[02]|#x0*3[ce]);/gi;

/**
 * Text in which nothing is a tag any more, and which reads the same: the brackets of whatever the
 * parser would take for a tag, whole or broken, become `‹` and `›`.
 */
export function defuseTags(text: string): string {
  if (!MAY_HOLD_TAGS.test(text)) return text;
  const plain = text.replace(ENTITY, (_, name: string) => (/^(?:lt|#0*60|#x0*3c)$/i.test(name) ? '‹' : '›'));
  const angled = withoutTags(plain)
    // A bracket right before a letter or a slash may open a tag, `<3` and `a < b` do not.
    .replace(/[<＜﹤◁](?=[\p{Cf}\\]*[\p{L}/!?|_<＜﹤‹])/gu, '‹')
    .replace(
      /(?<=[\p{L}\p{N}"'/|!?_)\]›\\-]|(?:think(?:ing)?|thoughts?|actions?|speech)\s{1,3})[>＞﹥▷]/giu,
      (glyph, at: number, all: string) => (isArrow(all, at) ? glyph : '›'),
    );
  // Taking one tag apart may leave another.
  return withoutTags(angled);
}

/** `->` is an arrow, `-->` may end a comment. */
function isArrow(text: string, at: number): boolean {
  return text[at - 1] === '-' && text[at - 2] !== '-';
}

/** What the scanner still finds: `< role_thinking >`, `[role_thinking]`, `[INST]`. */
function withoutTags(text: string): string {
  const scanner = createTagScanner();
  scanner.scan(text, 0);
  if (scanner.tags.length === 0) return text;
  const parts: string[] = [];
  let pos = 0;
  for (const { from, to } of scanner.tags) {
    parts.push(text.slice(pos, from), '‹', text.slice(from + 1, to - 1), '›');
    pos = to;
  }
  parts.push(text.slice(pos));
  return parts.join('');
}
