import { weightOf } from '../../../scene/weight-of.ts';
import type { CheckedRow } from '../checked-row.ts';
import { eachRow, isRlFile, isSft, type Rule, stringsIn, told } from './rule.ts';

/** As prompts are measured everywhere in the house. */
const CHARS_PER_TOKEN = 3;

const ROLES: ReadonlySet<string> = new Set(['system', 'user', 'assistant']);

/** Tokens of messages, estimated. */
export function tokensIn(messages: CheckedRow['messages'] = []): number {
  return Math.ceil(messages.reduce((sum, { content }) => sum + weightOf(content), 0) / CHARS_PER_TOKEN);
}

/** What no engine bears, or all of them bear badly. */
export const COMMON_RULES: readonly Rule[] = [
  eachRow(
    { id: 'no-messages', level: 'error', effect: 'the row cannot be read: loading stops there' },
    ({ messages }) =>
      messages === undefined
        ? 'it has no list of messages with role and content where they belong'
        : undefined,
  ),
  eachRow(
    { id: 'unknown-role', level: 'error', effect: 'the chat template raises an error' },
    ({ messages = [] }) => {
      const odd = messages.find(({ role }) => !ROLES.has(role));
      return odd && `a message has the role ${told(odd.role, 20)}`;
    },
  ),
  eachRow(
    {
      id: 'late-system',
      level: 'error',
      effect: 'chat templates refuse a system message that is not the first',
    },
    ({ messages = [] }) =>
      messages.slice(1).some(({ role }) => role === 'system') ? 'a system message stands later' : undefined,
  ),
  eachRow(
    { id: 'empty-text', level: 'error', effect: 'a turn of nothing is learnt, or the row is dropped' },
    ({ messages = [] }) => {
      const at = messages.findIndex(({ content }) => content.trim() === '');
      return at < 0 ? undefined : `message ${at + 1} (${messages[at]?.role}) is empty`;
    },
  ),
  eachRow(
    { id: 'no-answer', level: 'error', effect: 'there is nothing to learn: the row is dropped or fails' },
    ({ messages }) =>
      messages && messages.at(-1)?.role !== 'assistant'
        ? 'the last message is not the assistant’s'
        : undefined,
    isSft,
  ),
  eachRow(
    {
      id: 'ends-answered',
      level: 'error',
      effect: 'the answer is generated behind an answer, or that one is cut off',
    },
    ({ messages }) =>
      messages && messages.at(-1)?.role !== 'user'
        ? 'the prompt does not end with the user’s message'
        : undefined,
    isRlFile,
  ),
  eachRow(
    {
      id: 'lone-surrogate',
      level: 'error',
      effect: 'Python cannot encode it: tokenizing or saving stops there',
    },
    ({ value }) => {
      for (const { path, text } of stringsIn(value))
        if (!text.isWellFormed()) return `half a character in ${path}`;
      return undefined;
    },
  ),
  eachRow(
    { id: 'nul', level: 'error', effect: 'tokens of nothing are learnt; some readers end the text there' },
    ({ value }) => {
      for (const { path, text } of stringsIn(value))
        if (text.includes('\0')) return `a NUL character in ${path}`;
      return undefined;
    },
  ),
  eachRow(
    {
      id: 'past-think',
      level: 'warning',
      effect: 'Qwen3’s chat template strips it from earlier turns: what is trained is not what is written',
    },
    (row) => (row.engine === 'verl' && isSft(row) ? undefined : pastThink(row)),
  ),
  eachRow(
    { id: 'too-long', level: 'error', effect: 'the row is cut or dropped' },
    ({ messages, maxTokens }) => {
      const tokens = maxTokens === undefined ? 0 : tokensIn(messages);
      return maxTokens !== undefined && tokens > maxTokens
        ? `about ${tokens} tokens, ${maxTokens} are allowed`
        : undefined;
    },
  ),
];

/** A `<think>` block in a turn of the assistant that is not the last message. */
export function pastThink({ messages = [] }: CheckedRow): string | undefined {
  const at = messages.findIndex(
    ({ role, content }, place) =>
      role === 'assistant' && place < messages.length - 1 && /<\/?think>/u.test(content),
  );
  return at < 0 ? undefined : `message ${at + 1} holds <think>, and it is not the last`;
}
