import type { Tag } from './tag-scanner.ts';

/** A tag after the first look: `void` is text that is taken out and means nothing. */
export type Mark = Omit<Tag, 'kind'> & { readonly kind: Tag['kind'] | 'void' };

/**
 * Rewrites the channels of `gpt-oss` as a plan:
 * `<|channel|>analysis<|message|>…<|end|><|start|>assistant<|channel|>final<|message|>…`.
 * Every channel but `final` is a plan; the headers are taken out.
 */
export function readChannels(text: string, tags: readonly Tag[]): readonly Mark[] {
  const stripped = readStrippedChannels(text, tags);
  if (stripped) return stripped;
  if (!tags.some(({ kind, name }) => kind === 'token' && (name === 'channel' || name === 'message')))
    return tags;
  const marks: Mark[] = [];
  let inPlan = false;
  let pos = 0;
  for (const [index, tag] of tags.entries()) {
    if (tag.from < pos) continue;
    const header = tag.kind === 'token' ? readHeader(text, tags, index, pos) : undefined;
    if (header) {
      if (inPlan) marks.push({ ...tag, to: tag.from, kind: 'plan', name: 'channel', close: true });
      inPlan = header.kind === 'plan';
      marks.push({ ...tag, ...header, name: 'channel', close: false });
      pos = header.to;
    } else if (inPlan && tag.kind === 'token') {
      marks.push({ ...tag, kind: 'plan', name: 'channel', close: true });
      inPlan = false;
      pos = tag.to;
    } else {
      marks.push(tag);
      pos = tag.to;
    }
  }
  return marks;
}

const ANALYSIS = 'analysis';
const FINAL = 'assistantfinal';

/** Some servers take the tokens away and leave the words: `analysisWe need to … assistantfinalGood day.` */
function readStrippedChannels(text: string, tags: readonly Tag[]): readonly Mark[] | undefined {
  const from = text.length - text.trimStart().length;
  const final = text.startsWith(ANALYSIS, from) ? text.indexOf(FINAL, from) : -1;
  if (final < 0) return undefined;
  const to = final + FINAL.length;
  const mark = { name: 'channel', kind: 'plan', selfClosing: false, soft: false, canonical: false } as const;
  return [
    { ...mark, from, to: from + ANALYSIS.length, close: false },
    { ...mark, from: final, to, close: true },
    ...tags.filter((tag) => tag.from >= to),
  ];
}

type Header = { readonly kind: 'plan' | 'void'; readonly from: number; readonly to: number };

function readHeader(text: string, tags: readonly Tag[], index: number, pos: number): Header | undefined {
  const tag = tags[index];
  if (!tag) return undefined;
  const next = tags[index + 1];
  if (tag.name === 'start' && next?.kind === 'token') return { kind: 'void', from: tag.from, to: next.from };
  // `<channel|>` closes what `<|channel>thought` opened.
  if (tag.name === 'channel' && text[tag.from + 1] !== '|')
    return { kind: 'void', from: tag.from, to: tag.to };
  if (tag.name === 'channel') {
    const to = next?.name === 'message' ? next.to : tag.to;
    const name = text.slice(tag.to, next?.name === 'message' ? next.from : tag.to + 16);
    return { kind: isFinal(name) ? 'void' : 'plan', from: tag.from, to };
  }
  // The server took the token before the channel's name away.
  if (tag.name === 'message') {
    return { kind: isFinal(text.slice(pos, tag.from)) ? 'void' : 'plan', from: pos, to: tag.to };
  }
  return undefined;
}

function isFinal(channel: string): boolean {
  return /^\s*(?:assistant\s*)?(?:final|response)?\s*$|^\s*final\b/i.test(channel);
}
