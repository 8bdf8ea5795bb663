import { z } from 'zod';
import { readLabel } from '../../../format/labels.ts';
import type { RawItem } from './item.ts';

const messageSchema = z.looseObject({ role: z.enum(['system', 'user', 'assistant']), content: z.string() });
const answerSchema = z.union([
  z.string(),
  messageSchema.transform(({ content }) => content),
  z
    .array(messageSchema)
    .length(1)
    .transform(([message]) => message?.content ?? ''),
]);

/** Preference pairs as trainers read them (lab.md 1.5): a conversation, a better answer and a worse one. */
export const preferenceSchema = z
  .looseObject({
    id: z.union([z.string().min(1), z.number()]).optional(),
    trace_id: z.string().min(1).optional(),
    scene: z.string().min(1).optional(),
    speaker: z.string().min(1).optional(),
    character_name: z.string().min(1).optional(),
    messages: z.array(messageSchema).min(1).optional(),
    prompt: z.array(messageSchema).min(1).optional(),
    chosen: answerSchema,
    rejected: answerSchema,
  })
  .refine(({ messages, prompt }) => messages !== undefined || prompt !== undefined, {
    message: 'needs messages (or prompt): the conversation before the two answers',
  });

/** HER's own opening of a conversation; nobody says it. */
const OPENING = /^\s*={3}\s*conversation start\s*={3}\s*$/i;

/**
 * A preference pair as an item. The system prompt is the sheet; what the user said are the lines of
 * others, one message may hold several, parted by blank lines; what the assistant said is the speaker's.
 *
 * @param id where the record has none
 */
export function itemOfMessages(record: z.infer<typeof preferenceSchema>, id: string): RawItem {
  const messages = record.messages ?? record.prompt ?? [];
  const sheet = messages.flatMap(({ role, content }) => (role === 'system' ? [content] : [])).join('\n\n');
  const speaker = record.speaker ?? record.character_name ?? speakerIn(sheet) ?? 'The character';
  const lines = messages.flatMap(({ role, content }) => {
    if (role === 'system') return [];
    if (role === 'assistant') return [readLabel(content, 0) ? content : `${speaker}: ${content}`];
    return saidIn(content);
  });
  const own = record.id ?? record.trace_id;
  return {
    id: own === undefined ? id : String(own),
    ...(record.scene === undefined ? {} : { scene: record.scene }),
    context: { speaker, sheet, setting: '', others: [], lines, note: '' },
    candidates: [
      { model: 'chosen', text: record.chosen },
      { model: 'rejected', text: record.rejected },
    ],
    format: 'her',
  };
}

/** The lines in one message: a paragraph that begins with a name begins one. */
function saidIn(content: string): string[] {
  const lines: string[] = [];
  for (const part of content.split(/\n\s*\n/)) {
    if (part.trim() === '' || OPENING.test(part)) continue;
    const last = lines.at(-1);
    if (last === undefined || readLabel(part, 0)) lines.push(part.trim());
    else lines[lines.length - 1] = `${last}\n\n${part.trim()}`;
  }
  return lines;
}

/** `You are Ada Byron from …`, `You are role-playing Ada Byron.` */
function speakerIn(system: string): string | undefined {
  return /\byou are (?:now )?(?:role-?playing (?:as )?|playing )?(\p{Lu}[^\n.,;:()]{0,60}?)(?: from\b|[\n.,;:()]|$)/iu
    .exec(system)?.[1]
    ?.trim();
}
