import type { Character } from '../../cast/character.ts';

/** A card in one line: who it is and how much there is of it. */
export function cardSummary(character: Character): string {
  const { name, id, examples, declines, lore, alternateGreetings, greeting } = character;
  const greetings = alternateGreetings.length + (greeting ? 1 : 0);
  return [
    `${name} (${id})`,
    count(greetings, 'greeting'),
    count(examples.length, 'example'),
    count(declines.length, 'decline'),
    count(lore.length, 'lore entry', 'lore entries'),
  ].join(', ');
}

/** A card as a person reads it, private parts included; ends with an empty line. */
export function cardSheet(character: Character): string {
  const parts = [
    ['', `${character.name}  (${character.id})`],
    ['Also called', character.aliases.join(', ')],
    ['What anyone can know', character.publicSheet],
    ['Description', character.description],
    ['Personality', character.personality],
    ['Wants, and would not say', character.motivation],
    ['Background', character.background],
    ['Manner of speech', character.manner],
    ['Scenario', character.scenario],
    ['Greets with', [character.greeting, ...character.alternateGreetings].filter(Boolean).join('\n\n')],
    ['Lore', character.lore.map((entry) => `${entry.keys.join(', ')}: ${entry.text}`).join('\n')],
    ['Example lines', character.examples.join('\n\n')],
    ['Declines with', character.declines.join('\n')],
  ];
  const filled = parts.filter(([, text]) => text);
  return `${filled.map(([title, text]) => (title ? `${title}\n${indent(text ?? '')}` : text)).join('\n\n')}\n\n`;
}

function indent(text: string): string {
  return text.replace(/^(?=.)/gm, '  ');
}

function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}
