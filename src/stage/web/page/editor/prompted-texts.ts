import { type CardDraft, isObject, textsOf } from './card-draft.ts';
import { EXAMPLES, FACTS, LINES, MIND, SEEN } from './fields.ts';
import type { Prompted } from './find-parts.ts';
import { ENTRIES, entriesOf, titleOf } from './lore-entries.ts';

/** How an entry is to be used; no model reads it. */
const DECORATORS = /^(?:\s*@@[^\n]*(?:\n|$))+/;

/** Every text of a card that may stand in a prompt, and whether it is private. */
export function promptedTexts(draft: Pick<CardDraft, 'get' | 'text'>): Prompted[] {
  const fields = [SEEN, MIND, LINES, FACTS]
    .flatMap((section) => section.fields)
    .filter(({ eye, kind }) => (eye === 'all' || eye === 'own') && (kind === 'text' || kind === 'her-list'));
  const texts = fields.flatMap(({ path, label, eye, kind }) =>
    (kind === 'text' ? [draft.text(path)] : textsOf(draft.get(path))).map((text) => ({
      path,
      label,
      text,
      isPrivate: eye === 'own',
    })),
  );
  const examples = Array.isArray(draft.get(EXAMPLES)) ? (draft.get(EXAMPLES) as unknown[]) : [];
  const turns = examples.map((example) => (isObject(example) ? example['turn'] : example));
  return [
    ...texts,
    ...textsOf(turns).map((text) => ({ path: EXAMPLES, label: 'Example turn', text, isPrivate: true })),
    ...entriesOf(draft).map((entry, at) => ({
      path: ENTRIES,
      label: `Lore: ${titleOf(entry, at)}`,
      text: String(entry['content'] ?? '').replace(DECORATORS, ''),
      isPrivate: true,
    })),
  ].filter(({ text }) => text.trim() !== '');
}
