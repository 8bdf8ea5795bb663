import { renderHer } from '../../../../format/render-her.ts';
import type { Segment } from '../../../../format/segments.ts';
import { ENVIRONMENT } from '../../../../scene/beat.ts';
import { isHtml } from '../discord-mark.ts';
import type { RawConversation, RawTurn } from '../raw-conversation.ts';
import { isWorldName } from './text-format.ts';

/**
 * A keepsake (`/keepsake`; HTML or Markdown) as a conversation: lines, what was told, and thoughts where the file
 * has them because everyone could read them. Whether it may be used is for its mark to say.
 *
 * @param name of the file
 */
export function fromKeepsake(text: string, name: string, origin: 'local' | 'lab'): RawConversation {
  const found = isHtml(text) ? fromHtml(text) : fromMarkdown(text);
  return {
    id: name,
    key: { book: found.title || name },
    source: 'scene',
    origin,
    topic: found.title,
    scenario: found.setting,
    characters: found.cast,
    turns: found.lines.map(({ speaker, segments }, at): RawTurn => {
      const isWorld = isWorldName(speaker);
      const text = renderHer(segments);
      return { speaker: isWorld ? ENVIRONMENT.name : speaker, text, format: 'her', from: [at] };
    }),
  };
}

type Line = { readonly speaker: string; readonly segments: readonly Segment[] };
type Found = {
  readonly title: string;
  readonly setting: string;
  readonly cast: readonly { readonly name: string; readonly description: string }[];
  readonly lines: readonly Line[];
};

// Both are our own writing, in which nothing that people wrote is markup: a few marks tell all of it.
const HTML_LINE =
  /<article class="line[^"]*">\s*<p class="who"[^>]*>([^<]*)<\/p>\s*<div>(.*?)<\/div>\s*<\/article>|<p class="told[^"]*"[^>]*>([^<]*)<\/p>/gsu;

function fromHtml(text: string): Found {
  const play = text.slice(Math.max(0, text.indexOf('<section class="play"')));
  return {
    title: plainHtml(/<h1[^>]*>([^<]*)<\/h1>/u.exec(text)?.[1] ?? ''),
    setting: plainHtml(/<p class="setting"[^>]*>([^<]*)<\/p>/u.exec(text)?.[1] ?? ''),
    cast: [...text.matchAll(/<b dir="auto">([^<]*)<\/b>\s*<span dir="auto">([^<]*)<\/span>/gu)].map(
      ([, name = '', description = '']) => ({ name: plainHtml(name), description: plainHtml(description) }),
    ),
    lines: [...play.matchAll(HTML_LINE)].map(([, who, inner = '', told = '']): Line => {
      if (who === undefined) return world(plainHtml(told));
      const thoughts = /<blockquote class="thought"[^>]*>(.*?)<\/blockquote>/su.exec(inner)?.[1] ?? '';
      const said = /<p class="said"[^>]*>(.*?)<\/p>/su.exec(inner)?.[1] ?? '';
      return {
        speaker: plainHtml(who),
        segments: [
          ...[...thoughts.matchAll(/<p>([^<]*)<\/p>/gu)].map(([, thought = '']) =>
            segment('thought', plainHtml(thought)),
          ),
          ...[...said.matchAll(/<i>([^<]*)<\/i>|([^<]+)/gu)].map(([, done, words = '']) =>
            done === undefined ? segment('speech', plainHtml(words)) : segment('action', plainHtml(done)),
          ),
        ].filter((one) => one.text.trim() !== ''),
      };
    }),
  };
}

function segment(kind: Segment['kind'], text: string): Segment {
  return { kind, text };
}

function world(text: string): Line {
  return { speaker: ENVIRONMENT.name, segments: [segment('speech', text)] };
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

function plainHtml(text: string): string {
  return text.replace(/&(amp|lt|gt|quot|#39);/gu, (_, name: string) => ENTITIES[name] ?? '');
}

function fromMarkdown(text: string): Found {
  const blocks = text.split(/\n{2,}/u);
  const begins = blocks.indexOf('## The scene');
  const head = blocks.slice(0, Math.max(0, begins));
  // Behind the last rule stands who made it.
  const scene = blocks.slice(begins + 1, blocks.lastIndexOf('---'));
  const lines: Line[] = [];
  let thoughts: Segment[] = [];
  for (const block of scene) {
    const named = /^\*\*((?:[^*\\]|\\.)+):\*\* ?(.*)$/su.exec(block);
    if (named) {
      const [, speaker = '', said = ''] = named;
      lines.push({ speaker: plainMarkdown(speaker), segments: [...thoughts, ...saidIn(said)] });
      thoughts = [];
    } else if (block.startsWith('> ')) thoughts = quotes(block).map((thought) => segment('thought', thought));
    else if (/^\*[^*]/u.test(block))
      lines.push(
        world(
          saidIn(block)
            .map((one) => one.text)
            .join(' '),
        ),
      );
  }
  return {
    title: plainMarkdown(head.find((block) => block.startsWith('# '))?.slice(2) ?? ''),
    setting: quotes(head.find((block) => block.startsWith('> ')) ?? '').join('\n'),
    cast: head.flatMap((block) =>
      [...block.matchAll(/^- \*\*((?:[^*\\]|\\.)+)\*\* ?(.*)$/gmu)].map(([, name = '', sheet = '']) => ({
        name: plainMarkdown(name),
        description: plainMarkdown(sheet),
      })),
    ),
    lines,
  };
}

/** `*done*`, else said; a back-slash at the end of a line is its break. */
function saidIn(text: string): Segment[] {
  const marked = text.replace(/\\\n/gu, '\n');
  return [...marked.matchAll(/\*((?:[^*\\]|\\.)+)\*|((?:[^*\\]|\\.)+)/gsu)]
    .map(([, done, words = '']) =>
      segment(done === undefined ? 'speech' : 'action', plainMarkdown(done ?? words).trim()),
    )
    .filter((one) => one.text !== '');
}

function quotes(block: string): string[] {
  return block
    .split(/\n>\n/u)
    .map((quote) => plainMarkdown(quote.replace(/\\\n/gu, '\n').replace(/^> ?/gmu, '')).trim())
    .filter(Boolean);
}

function plainMarkdown(text: string): string {
  return text.replace(/\\([\\`*_[\]<>#|~&$@+\-=.):])/gu, '$1');
}
