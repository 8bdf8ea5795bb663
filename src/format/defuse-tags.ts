import { createTagScanner } from './tag-scanner.ts';

const MAY_HOLD_TAGS = /[<＜﹤>＞﹥&[{(［｛（【〔⟨〈《◁▷]/;
const ENTITY = /&(?:amp;)*(lt|gt|#0*6[02]|#x0*3[ce]);/gi;

/**
 * Text in which nothing is a tag any more, and which reads the same: the brackets of whatever the
 * parser would take for a tag, whole or broken, become `‹` and `›`.
 */
export function defuseTags(text: string): string {
  if (!MAY_HOLD_TAGS.test(text)) return text;
  const angled = text
    .replace(ENTITY, (_, name: string) => (/^(?:lt|#0*60|#x0*3c)$/i.test(name) ? '‹' : '›'))
    // A bracket that opens on a letter or a slash may be a tag, `<3` and `a < b` are not.
    .replace(/[<＜﹤◁](?=[\s\p{Cf}\\/|!?_]*[\p{L}/!?|_<＜﹤‹])/gu, '‹')
    .replace(/(?<=[\p{L}\p{N}"'\s/|!?_)\]›-])[>＞﹥▷]/gu, (glyph, at: number, all: string) =>
      isArrow(all, at) ? glyph : '›',
    );
  return withoutBracketTags(angled);
}

/** `->`, `=>`, `a > b`: no tag ends there. */
function isArrow(text: string, at: number): boolean {
  const before = text[at - 1] ?? '';
  if (before === ' ') return !text.slice(Math.max(0, at - 300), at).includes('‹');
  return before === '-' && !text.slice(Math.max(0, at - 3), at).endsWith('--');
}

/** `[role_thinking]`, `{/think}`, `[INST]`: names that make other brackets tags. */
function withoutBracketTags(text: string): string {
  const scanner = createTagScanner();
  scanner.scan(text);
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
