import { renderHer } from '../../src/format/render-her.ts';
import { visibleSegments } from '../../src/format/segments.ts';
import { parseTurn } from '../../src/format/turn-parser.ts';
import type { ChatMessage } from '../../src/model/chat-model.ts';
import { CHARS_PER_TOKEN } from '../../src/performer/actor-prompt.ts';
import { ENVIRONMENT } from '../../src/scene/beat.ts';
import { linesOf } from './naive-layout.ts';
import { DIRECTOR, MAX_TOKENS, type Prompt } from './recorded-scene.ts';

/** A line as all who witnessed it read it, and what whoever reads it thought by it. */
type SharedLine = { readonly seen: string; readonly thought: string };

// As the engine leaves room for what stands behind the last line.
const ROOM_FOR_THE_REST = 2100;

/**
 * Another layout of the same scene: characters who have witnessed the same read the same first, rules,
 * setting, public sheets and one transcript; then what is the reader’s own, its card, its thoughts so far and
 * whose turn it is. As kind to it as can be: its window needs no memory note, and the director and the
 * Environment keep prompts of their own, since their instructions behind a transcript would be read anew each turn.
 *
 * @param whole the prompts of one scene with a window that never shrinks, in their order
 * @param contextSize tokens that the model can read
 */
export function sharedFirst(whole: readonly Prompt[], contextSize: number): Prompt[] {
  const systems = whole.filter(isActor).map(({ messages }) => messages[0]?.content ?? '');
  const shared = commonParagraphs(systems);
  const longest = Math.max(...systems.map(({ length }) => length));
  const room = (contextSize - MAX_TOKENS) * CHARS_PER_TOKEN - longest - ROOM_FOR_THE_REST;
  return whole.map((prompt) => {
    if (!isActor(prompt)) return prompt;
    const { who, present, messages } = prompt;
    const own = (messages[0]?.content ?? '').slice(shared.length).trim();
    const lines = windowOf(transcriptOf(prompt), room);
    const thoughts = lines.map(({ thought }) => thought).filter(Boolean);
    const behind = [own, thoughts.length > 0 && `[Thought so far:\n${thoughts.join('\n')}]`, tailOf(prompt)];
    const content = [...lines.map(({ seen }) => seen), ...behind].filter(Boolean).join('\n\n');
    return {
      who,
      present,
      messages: [
        { role: 'system', content: shared },
        { role: 'user', content },
      ],
    };
  });
}

function isActor({ who }: Prompt): boolean {
  return who !== DIRECTOR && who !== ENVIRONMENT.name;
}

function transcriptOf({ who, messages }: Prompt): SharedLine[] {
  const lines = messages.slice(1).flatMap(linesOf);
  const said = lines.slice(0, lines.length - tailLength(lines));
  return said.map(({ role, content }) => {
    if (role === 'user') return { seen: content, thought: '' };
    const { segments } = parseTurn(content, { speaker: { name: who } });
    return {
      seen: renderHer(visibleSegments(segments), { name: who }),
      thought: segments
        .filter(({ kind }) => kind === 'thought')
        .map(({ text }) => text)
        .join(' '),
    };
  });
}

function tailOf({ messages }: Prompt): string {
  const lines = messages.slice(1).flatMap(linesOf);
  return lines
    .slice(lines.length - tailLength(lines))
    .map(({ content }) => content)
    .join('\n\n');
}

/** What stands in brackets behind the last line. */
function tailLength(lines: readonly ChatMessage[]): number {
  return lines.length - 1 - lines.findLastIndex(({ content }) => !content.startsWith('['));
}

/** It shrinks by half at once, as ours does. */
function windowOf(lines: readonly SharedLine[], room: number): readonly SharedLine[] {
  let from = 0;
  let size = 0;
  for (const { seen } of lines) {
    size += seen.length;
    if (size <= room) continue;
    while (size > room / 2) {
      size -= lines[from]?.seen.length ?? size;
      from += 1;
    }
  }
  return lines.slice(from);
}

function commonParagraphs(texts: readonly string[]): string {
  const [first = '', ...others] = [...new Set(texts)];
  const paragraphs = first.split('\n\n');
  const differs = paragraphs.findIndex((_, at) => {
    const begin = paragraphs.slice(0, at + 1).join('\n\n');
    return others.some((other) => !other.startsWith(begin));
  });
  return paragraphs.slice(0, differs < 0 ? paragraphs.length : differs).join('\n\n');
}
