import { type Message, say } from '../../words/text.ts';
import { ENRICHED_FIELDS, type EnrichedField } from './proposal.ts';

/** How a field is called to people. */
export function fieldWords(field: EnrichedField): Message {
  switch (field) {
    case 'description':
      return say('Description');
    case 'background':
      return say('Background');
    case 'motivation':
      return say('What it wants, and would not say');
    case 'manner':
      return say('Manner of speech');
    case 'relations':
      return say('Relations');
    case 'public_sheet':
      return say('What anyone can know');
    case 'examples':
      return say('Example line');
  }
}

/** The field of that name, as it stands in a card; undefined where there is none. */
export function fieldCalled(name: string): EnrichedField | undefined {
  return ENRICHED_FIELDS.find(
    (field) =>
      field ===
      name
        .trim()
        .toLowerCase()
        .replace(/[\s-]+/gu, '_'),
  );
}
