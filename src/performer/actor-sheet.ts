import type { Character } from '../cast/character.ts';
import { expandMacros, type MacroNames } from '../cast/macros.ts';
import { weightOf } from '../scene/weight-of.ts';

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
  /** Stands for `{{user}}` in card text. */
  readonly user: string;
  /** What the scene gives this character alone to know. */
  readonly secret: string;
  /** For a latecomer: where the scene was when it came in, and who else is here. '' where the head says it. */
  readonly arrival: string;
  /** What it alone remembers of other scenes. */
  readonly earlier?: string;
};

/** The private part of a plain prompt, under headings; sections without text are left out. */
export function actorSheet({ character, user, secret, arrival, earlier = '' }: PrivateSheet): string {
  const names: MacroNames = { char: character.name, user };
  const fill = (text: string) => expandMacros(text, names).trim();
  const constantLore = character.lore.filter((entry) => entry.constant).map((entry) => fill(entry.text));
  const sections: readonly (readonly [string, string])[] = [
    [
      `## Your character: ${character.name}`,
      joined([fill(character.description), fill(character.personality)]),
    ],
    ['## What lies behind', fill(character.background)],
    [`## What ${character.name} wants, and would not say`, fill(character.motivation)],
    [`## How ${character.name} talks`, fill(character.manner)],
    [`## What ${character.name} knows`, joined(constantLore)],
    [`## What ${character.name} alone knows`, fill(secret)],
    [`## What ${character.name} remembers of earlier evenings`, earlier],
    ['## Coming in', arrival],
    [
      `## Turns of ${character.name}, for the voice (never repeat them)`,
      character.examples.slice(0, EXAMPLES_SHOWN).map(fill).join('\n\n'),
    ],
  ];
  return sections
    .filter(([, text]) => text)
    .map(([heading, text]) => `${heading}\n\n${text}`)
    .join('\n\n');
}

/**
 * Keyed lore that the last lines call up, for the tail of a prompt. At most `limit` in weight
 * (`weightOf`); whole entries only.
 */
export function calledUpLore(character: Character, user: string, lastLines: string, limit = 1200): string {
  const heard = lastLines.toLowerCase();
  const names: MacroNames = { char: character.name, user };
  const entries: string[] = [];
  let size = 0;
  for (const entry of character.lore) {
    if (entry.constant || !entry.keys.some((key) => key && heard.includes(key.toLowerCase()))) continue;
    const text = expandMacros(entry.text, names).trim();
    const weight = weightOf(text);
    if (size + weight > limit) continue;
    size += weight;
    entries.push(text);
  }
  return entries.join('\n');
}

function joined(texts: readonly string[]): string {
  return texts.filter(Boolean).join('\n\n');
}
