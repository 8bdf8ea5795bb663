import type { Character } from '../cast/character.ts';
import type { MacroNames } from '../cast/macros/macro-names.ts';
import { filledText, filledTurn, harmlessProse } from './filled-text.ts';

const EXAMPLES_SHOWN = 4;

/** What is the same for the whole cast, from the first turn to the last. */
export type PromptHead = {
  /** The setting at the opening. */
  readonly setting: string;
  /** Public sheets of those who were there from the start. */
  readonly people: readonly { readonly name: string; readonly publicSheet: string }[];
};

/** What is private to one character: its own prompt holds this and no other does. */
export type PrivateSheet = {
  readonly character: Character;
  /** What macros in card text stand for. */
  readonly macros: MacroNames;
  /** What the scene gives this character alone to know. */
  readonly secret: string;
  /** For a latecomer: where the scene was when it came in, and who else is here. '' where the head says it. */
  readonly arrival: string;
  /** What it alone remembers of other scenes. */
  readonly earlier?: string;
  /** Lore that it knows at any time, in order. */
  readonly lore?: readonly string[];
};

/** The private part of a plain prompt, under headings; sections without text are left out. */
export function actorSheet({
  character,
  macros,
  secret,
  arrival,
  earlier = '',
  lore = [],
}: PrivateSheet): string {
  const fill = (text: string) => filledText(text, macros);
  const sections: readonly (readonly [string, string])[] = [
    [
      `## Your character: ${character.name}`,
      joined([fill(character.description), fill(character.personality)]),
    ],
    ['## What lies behind', fill(character.background)],
    [`## What ${character.name} wants, and would not say`, fill(character.motivation)],
    [`## How ${character.name} talks`, fill(character.manner)],
    [`## Whom ${character.name} knows`, fill(character.relations)],
    [`## What ${character.name} knows`, joined(lore.map(harmlessProse))],
    [`## What ${character.name} alone knows`, fill(secret)],
    [`## What ${character.name} remembers of earlier evenings`, earlier],
    ['## Coming in', arrival],
    [
      `## Turns of ${character.name}, for the voice (never repeat them)`,
      character.examples
        .slice(0, EXAMPLES_SHOWN)
        .map((example) => filledTurn(example, character, macros))
        .filter(Boolean)
        .join('\n\n'),
    ],
  ];
  return sections
    .filter(([, text]) => text)
    .map(([heading, text]) => `${heading}\n\n${text}`)
    .join('\n\n');
}

function joined(texts: readonly string[]): string {
  return texts.filter(Boolean).join('\n\n');
}
