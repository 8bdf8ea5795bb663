/** Told of each thing that was found wrong and could be passed over. */
export type Warn = (warning: string) => void;

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

// Control characters, which could drive a terminal, but for line ends and tabs.
const CONTROL = /[^\P{Cc}\n\t]/gu;

/** Text without control characters; nothing for null; numbers and flags as text; lists of texts as lines. */
export function tidyText(value: unknown, field: string, warn: Warn): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') return plain(value);
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) {
    return plain(value.join('\n'));
  }
  warn(`field \`${field}\` is not text and was left out`);
  return '';
}

/** One kind of line end, and no half letters, which no other program takes. */
function plain(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(CONTROL, '').toWellFormed();
}

/**
 * A list of texts; a lone text counts as a list of one, an object by number (`{"0": …}`) as a list, empty
 * texts as nothing.
 */
export function tidyTexts(value: unknown, field: string, warn: Warn): string[] {
  if (value === undefined || value === null) return [];
  if (isRecord(value) && !isByNumber(value)) {
    warn(`field \`${field}\` is not a list and was left out`);
    return [];
  }
  const items: unknown[] = isRecord(value) ? Object.values(value) : Array.isArray(value) ? value : [value];
  return items.map((item, index) => tidyText(item, `${field}[${index}]`, warn)).filter((item) => item.trim());
}

function isByNumber(value: Record<string, unknown>): boolean {
  return Object.keys(value).every((key) => /^\d+$/.test(key));
}

export function tidyObject(value: unknown, field: string, warn: Warn): Record<string, unknown> {
  if (value === undefined || value === null || (Array.isArray(value) && value.length === 0)) return {};
  if (isRecord(value)) return value;
  warn(`field \`${field}\` is not an object and was left out`);
  return {};
}

export function tidyFlag(value: unknown, otherwise: boolean): boolean {
  if (typeof value === 'boolean') return value;
  if (value === 'true' || value === 1) return true;
  if (value === 'false' || value === 0) return false;
  return otherwise;
}
