import { textOfBytes } from '../cards/text-of-bytes.ts';
import { isRecord, tidyText, tidyTexts, type Warn } from '../cards/tidy-value.ts';
import { CastFileError } from '../cast-file-error.ts';

/** A talk that was held in another program, as its file tells it. */
export type Chat = {
  /** What the person was called there; '' where the file does not say. */
  readonly user: string;
  readonly lines: readonly ChatLine[];
  readonly warnings: readonly string[];
};

export type ChatLine = {
  readonly by: 'user' | 'character' | 'narrator';
  readonly name: string;
  /** What counts. */
  readonly text: string;
  /** Other versions of it, in their order; `text` is not among them. */
  readonly others: readonly string[];
};

const MB = 1024 * 1024;
const MAX_FILE = 10 * MB;
const MAX_LINES = 20_000;
const MAX_TEXT = 20_000;
const MAX_OTHERS = 20;

// What a reasoning model wrote before its answer, where the program did not take it apart; its end may have
// been cut off, its beginning may have stood in the prompt.
const REASONING = /<(think|thinking|reasoning)>[\s\S]*?(?:<\/\1>\s*|$)/giu;
const END_OF_REASONING = /^[\s\S]*<\/(?:think|thinking|reasoning)>/iu;

/**
 * Reads a chat of SillyTavern: JSON Lines, the first a header, each other one message. Lenient about
 * form; lines that are no message, and those that were hidden there, are passed over and told. A model's
 * reasoning beside a message is left behind: whoever planned it, its plan is over.
 * @param fileName for messages only
 * @throws CastFileError where it is no chat, or too large
 */
export function readChat(bytes: Uint8Array, fileName: string): Chat {
  if (bytes.length > MAX_FILE) {
    throw new CastFileError(
      fileName,
      `is ${(bytes.length / MB).toFixed(1)} MB; a chat may have 10 MB at most`,
    );
  }
  const found = new Map<string, number>();
  const passOver = (why: string) => found.set(why, (found.get(why) ?? 0) + 1);
  const warnings: string[] = [];
  const warn: Warn = (warning) => void (warnings.length < 20 && warnings.push(warning));
  const rows = textOfBytes(bytes, warn).split('\n').flatMap(apart);
  const lines: ChatLine[] = [];
  let user = '';
  for (const row of rows) {
    if (row.trim() === '') continue;
    const message = parseRow(row);
    if (!message) {
      passOver('is no JSON object');
      continue;
    }
    if (message['mes'] === undefined) {
      // The header; one may stand again where files were joined.
      user ||= tidyText(message['user_name'], 'user_name', warn).trim();
      continue;
    }
    const line = lineOf(message, warn);
    if (typeof line === 'string') passOver(line);
    else if (lines.length >= MAX_LINES)
      passOver(`came after the first ${MAX_LINES.toLocaleString('en')} lines`);
    else lines.push(line);
  }
  if (lines.length === 0) {
    throw new CastFileError(fileName, 'holds no chat: bring a .jsonl file as SillyTavern saves it');
  }
  for (const [why, count] of found)
    warnings.push(`${count} ${count === 1 ? 'line' : 'lines'} left out: ${why}`);
  user ||= lines.find(({ by }) => by === 'user')?.name ?? '';
  // SillyTavern writes this where nobody had given a name.
  if (user === 'unused') user = lines.find(({ by }) => by === 'user')?.name ?? '';
  return { user, lines, warnings };
}

/** Two rows where files were joined of which the first had no line end. */
function apart(row: string): string[] {
  const at = row.indexOf('}{"user_name"') + 1 || row.indexOf('}{"chat_metadata"') + 1;
  if (at === 0 || parseRow(row)) return [row];
  return [row.slice(0, at), row.slice(at)];
}

function parseRow(row: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(row.replace(/^\uFEFF/, ''));
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** One message, or why it is left out. */
function lineOf(message: Record<string, unknown>, warn: Warn): ChatLine | string {
  const extra = isRecord(message['extra']) ? message['extra'] : {};
  const narrated = extra['type'] === 'narrator';
  const hidden = message['is_system'] === true || message['is_system'] === 'true';
  if (hidden && !narrated) return 'was hidden from the characters';
  const text = textOf(message['mes'], warn);
  if (!text.trim()) return 'says nothing';
  const name = cut(tidyText(message['name'], 'name', warn).replace(/\s+/g, ' ').trim(), 80);
  const by = narrated ? 'narrator' : message['is_user'] === true ? 'user' : 'character';
  if (by === 'character' && !name) return 'does not say who speaks';
  return { by, name, text, others: othersOf(message, text, warn) };
}

function othersOf(message: Record<string, unknown>, text: string, warn: Warn): string[] {
  if (!Array.isArray(message['swipes'])) return [];
  const versions = tidyTexts(message['swipes'], 'swipes', warn).map((version) =>
    cut(withoutReasoning(version), MAX_TEXT),
  );
  return [...new Set(versions)].filter((version) => version.trim() && version !== text).slice(0, MAX_OTHERS);
}

function textOf(value: unknown, warn: Warn): string {
  const text = withoutReasoning(tidyText(value, 'mes', warn));
  if (text.length > MAX_TEXT) warn(`a line is cut to ${MAX_TEXT.toLocaleString('en')} characters`);
  return cut(text, MAX_TEXT);
}

function withoutReasoning(text: string): string {
  const plain = text.replace(REASONING, '').replace(END_OF_REASONING, '');
  return plain === text ? text : plain.trim();
}

/** So many places at most, and no letter in half. */
function cut(text: string, most: number): string {
  return text.slice(0, most).replace(/\p{Cs}$/u, '');
}
