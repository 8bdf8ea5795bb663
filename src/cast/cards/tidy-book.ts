import { isRecord, tidyFlag, tidyObject, tidyText, tidyTexts, type Warn } from './tidy-value.ts';

/**
 * A card's lorebook, or nothing where the card has none. Its entries are a list in cards, an object by
 * number in lorebook files, and at times the book itself; fields we do not know are kept in each.
 */
export function tidyBook(value: unknown, warn: Warn): Record<string, unknown> | undefined {
  if (Array.isArray(value) && value.length > 0) return { entries: tidyEntries(value, warn) };
  const book = tidyObject(value, 'character_book', warn);
  if (Object.keys(book).length === 0) return undefined;
  const found = book['entries'];
  const entries: unknown[] = isRecord(found) ? Object.values(found) : Array.isArray(found) ? found : [];
  return { ...book, entries: tidyEntries(entries, warn) };
}

function tidyEntries(entries: readonly unknown[], warn: Warn): unknown[] {
  return entries.flatMap((entry, index) => {
    const field = `character_book.entries[${index}]`;
    if (!isRecord(entry)) {
      warn(`field \`${field}\` is no lore entry and was left out`);
      return [];
    }
    return [
      {
        ...entry,
        keys: tidyKeys(entry['keys'] ?? entry['key'] ?? entry['keywords'], `${field}.keys`, warn),
        content: tidyText(entry['content'] ?? entry['entry'], `${field}.content`, warn),
        enabled: tidyFlag(entry['enabled'], true) && !tidyFlag(entry['disable'], false),
        constant: tidyFlag(entry['constant'] ?? entry['alwaysActive'], false),
      },
    ];
  });
}

/** Several keys in one text are set apart by commas; a pattern (`/…/`) may hold commas of its own. */
function tidyKeys(value: unknown, field: string, warn: Warn): string[] {
  const isList = typeof value === 'string' && !value.trim().startsWith('/');
  const keys = tidyTexts(isList ? value.split(',') : value, field, warn);
  return isList ? keys.map((key) => key.trim()) : keys;
}
