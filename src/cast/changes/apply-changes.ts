import type { CardData, CardExample } from '../cards/card-data.ts';
import { proseToHer } from '../cards/card-prose.ts';
import { exampleTurns } from '../cards/example-turns.ts';
import { fieldOf } from './field-of.ts';
import type { Change } from './proposal.ts';

/**
 * The card with these changes; whatever else it holds stays. Where a field was edited since, what was to
 * be added is added to what stands there now. Taking a change twice changes nothing more.
 */
export function applyChanges(card: CardData, changes: readonly Change[]): CardData {
  return changes.reduce(applied, card);
}

function applied(card: CardData, change: Change): CardData {
  const { dramatis } = card.extensions;
  const withOwn = (own: Partial<typeof dramatis>): CardData => ({
    ...card,
    extensions: { ...card.extensions, dramatis: { ...dramatis, ...own } },
  });
  const { field, after } = change;
  if (field === 'examples') {
    const examples = ownExamples(card);
    const known = examples.some((one) => (typeof one === 'string' ? one : one.turn) === after);
    return known ? card : withOwn({ examples: [...examples, exampleOf(change)] });
  }
  const text = mergedText(fieldOf(card, field), change);
  return field === 'description' ? { ...card, description: text } : withOwn({ [field]: text });
}

function exampleOf({ after, to = '' }: Change): CardExample {
  return to === '' ? after : { to, turn: after };
}

/** A card's own examples stand in for those that other tools read: they come along with the first one. */
function ownExamples(card: CardData): readonly CardExample[] {
  const own = card.extensions.dramatis.examples;
  if (own.length > 0) return own;
  return exampleTurns(card).flatMap(({ cue, turn }) => {
    const her = proseToHer(turn);
    return her === '' ? [] : [cue === '' ? her : { to: cue, turn: her }];
  });
}

function mergedText(now: string, { before, after }: Change): string {
  if (now === before || now === after) return after;
  const added = after.startsWith(before) ? after.slice(before.length).trim() : after;
  if (added === '' || now.includes(added)) return now;
  return now.trim() === '' ? added : `${now.trimEnd()}\n${added}`;
}
