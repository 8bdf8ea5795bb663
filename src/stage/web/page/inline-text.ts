import { type Child, el } from './dom.ts';

/**
 * Text as chat shows it: emphasis, code and mentions, as nodes. Everything else stays text, so
 * that nothing that is typed or generated can become markup.
 *
 * @param names of the cast, for `@Name`
 */
export function inlineText(text: string, names: readonly string[] = []): Child[] {
  return split(text.slice(0, LONGEST), patternFor(names), 0);
}

const LONGEST = 20_000;
const DEEPEST = 4;

const EMPHASIS = String.raw`\*\*(?<strong>[^*\n]+)\*\*|(?<![\w*])\*(?<em>[^*\n]+)\*(?!\w)|(?<!\w)_(?<under>[^_\n]+)_(?!\w)|~~(?<gone>[^~\n]+)~~|${'`'}(?<code>[^${'`'}\n]+)${'`'}`;

function patternFor(names: readonly string[]): RegExp {
  const escaped = [...names]
    .sort((a, b) => b.length - a.length)
    .map((name) => name.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  const mention = escaped.length > 0 ? `@(?<name>${escaped.join('|')})(?![\\p{L}\\p{N}])|` : '';
  return new RegExp(mention + EMPHASIS, 'giu');
}

function split(text: string, pattern: RegExp, depth: number): Child[] {
  if (depth > DEEPEST) return [text];
  const parts: Child[] = [];
  let at = 0;
  for (const match of text.matchAll(pattern)) {
    parts.push(text.slice(at, match.index));
    parts.push(styled(match.groups ?? {}, pattern, depth));
    at = match.index + match[0].length;
  }
  parts.push(text.slice(at));
  return parts.filter((part) => part !== '');
}

function styled(groups: Record<string, string | undefined>, pattern: RegExp, depth: number): Child {
  const { name, strong, em, under, gone, code } = groups;
  const inside = (text: string) => split(text, pattern, depth + 1);
  if (name !== undefined) return el('span', { class: 'mention' }, `@${name}`);
  if (code !== undefined) return el('code', {}, code);
  if (strong !== undefined) return el('strong', {}, ...inside(strong));
  if (gone !== undefined) return el('s', {}, ...inside(gone));
  return el('em', {}, ...inside(em ?? under ?? ''));
}
