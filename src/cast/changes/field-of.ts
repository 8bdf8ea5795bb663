import type { CardData } from '../cards/card-data.ts';
import type { ProseField } from './proposal.ts';

/** The text of a prose field as the card has it. */
export function fieldOf(card: CardData, field: ProseField): string {
  if (field === 'description') return card.description;
  return card.extensions.dramatis[field] ?? '';
}
