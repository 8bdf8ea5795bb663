import type { CardData, CardExample } from './card-data.ts';
import { herToProse } from './card-prose.ts';

const HER_TAG = /<\s*\/?\s*(?:role|system)[_\s-]?(?:think|thought|action|speech)/i;

/**
 * A line as other tools show it. Prose stays as it is, to the letter; so does what would leave nothing to
 * show, such as a line that is all thought.
 */
export function lineForOtherTools(line: string): string {
  if (!HER_TAG.test(line)) return line;
  return herToProse(line) || line;
}

/**
 * The greetings of a card, first and alternate, in HER format where the card has them so. In a card that
 * was written for other tools `first_mes` and `alternate_greetings` are prose and the originals lie under
 * `extensions.dramatis.greetings`; a line that was edited since is as it was edited.
 */
export function herGreetings(card: CardData): string[] {
  return restored([card.first_mes, ...card.alternate_greetings], card.extensions.dramatis.greetings);
}

/** Likewise those for scenes with several characters; undefined where the card does not speak of them. */
export function herGroupGreetings(card: CardData): string[] | undefined {
  const lines = card.group_only_greetings;
  return lines && restored(lines, card.extensions.dramatis.group_greetings);
}

/** Two lines may look the same to other tools: of each original one line is made. */
function restored(lines: readonly string[], originals: readonly string[] = []): string[] {
  const left = [...originals];
  return lines.map((line) => {
    const at = left.findIndex((original) => lineForOtherTools(original) === line);
    return at < 0 ? line : (left.splice(at, 1)[0] ?? line);
  });
}

/** Example turns as a `mes_example`, one block each. */
export function dialogueOf(examples: readonly CardExample[]): string {
  return examples
    .map((example) => (typeof example === 'string' ? { to: '', turn: example } : example))
    .map(({ to, turn }) => {
      const cue = to ? `{{user}}: ${to}\n` : '';
      return `<START>\n${cue}{{char}}: ${lineForOtherTools(turn)}`;
    })
    .join('\n');
}
