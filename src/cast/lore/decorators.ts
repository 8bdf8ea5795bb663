import type { LoreEntry } from './lore.ts';

type Decorated = Partial<LoreEntry>;

/** Longer than any scene. */
export const FOR_GOOD = 1_000_000_000;

/**
 * Takes Character Card V3's decorators (leading lines such as `@@scan_depth 4`) off an entry's text and
 * tells what they change in it. One that is unknown, or that a prompt of ours has no place for, is passed
 * over; then the first of its fallbacks (`@@@…` right below it) that is known counts in its place. Of several
 * with one name the first counts.
 */
export function readDecorators(entry: LoreEntry): LoreEntry {
  const found = /^(?:\s*@@.*(?:\n|$))+/.exec(entry.text);
  if (!found) return entry;
  let read: LoreEntry = { ...entry, text: entry.text.slice(found[0].length).trim() };
  const seen = new Set<string>();
  let isSettled = true;
  for (const line of found[0].split('\n')) {
    const [, marks = '', name = '', value = ''] = /^\s*(@@@?)(\w+)(.*)$/.exec(line.trim()) ?? [];
    if (!name || (marks === '@@@' && isSettled)) continue;
    const changes = changesOf(name, value.trim(), read);
    isSettled = changes !== undefined;
    if (!changes || seen.has(name)) continue;
    seen.add(name);
    read = { ...read, ...changes };
  }
  // `@@activate` goes before all else that would keep an entry back.
  return seen.has('activate')
    ? { ...read, constant: true, enabled: entry.enabled, delay: 0, also: [] }
    : read;
}

/** What one decorator changes; undefined where it is passed over. */
function changesOf(name: string, value: string, entry: LoreEntry): Decorated | undefined {
  const number = /^\d{1,9}$/.test(value) ? Number(value) : undefined;
  const texts = value
    .split(',')
    .map((text) => text.trim())
    .filter(Boolean);
  const { also = [], keys, regex } = entry;
  switch (name) {
    case 'activate_only_after':
      return number === undefined ? undefined : { delay: number };
    case 'activate_only_every':
      return number ? { every: number } : undefined;
    case 'keep_activate_after_match':
      return { sticky: FOR_GOOD };
    case 'dont_activate_after_match':
      return { cooldown: FOR_GOOD };
    case 'scan_depth':
      return number === undefined ? undefined : { scanDepth: Math.min(number, 1000) };
    // Where keys are patterns, these are more of them (a quirk of the specification).
    case 'additional_keys':
      if (texts.length === 0) return undefined;
      return regex ? { keys: [...keys, ...texts] } : { also: [...also, { keys: texts, logic: 'any' }] };
    case 'exclude_keys':
      if (texts.length === 0) return undefined;
      return regex ? {} : { also: [...also, { keys: texts, logic: 'not-any' }] };
    case 'ignore_on_max_context':
      return { priority: -FOR_GOOD };
    case 'activate':
      return {};
    case 'dont_activate':
      return { enabled: false };
  }
  return undefined;
}
