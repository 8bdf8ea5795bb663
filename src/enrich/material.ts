import type { CardData } from '../cast/cards/card-data.ts';
import { characterFromCard } from '../cast/cards/character-from-card.ts';
import type { Character } from '../cast/character.ts';
import { createNames } from '../format/labels.ts';
import { neutraliseLines, withoutTricks } from '../format/neutralise.ts';
import { parseTurn } from '../format/turn-parser.ts';
import { bySecrecy } from './secrecy.ts';

/** Something that is known of the person, as the model reads it and as quotations are looked for in it. */
export type Passage = {
  readonly title: string;
  readonly text: string;
  /**
   * `open`: anyone could know of it; `hidden`: nobody but the person; `private`: neither is sure. What is
   * hidden is in no prompt for the public sheet.
   */
  readonly known: 'open' | 'private' | 'hidden';
  /**
   * `sheet`: of the person; `world`: of where it lives; `line`: what it says or does on stage; `text`: what
   * was given beside the card.
   */
  readonly from: 'sheet' | 'world' | 'line' | 'text';
};

export type Material = {
  readonly card: CardData;
  readonly character: Character;
  readonly passages: readonly Passage[];
};

/** Whoever the person plays with; cards call them `{{user}}`. */
export const PARTNER = 'the visitor';

/**
 * All that a card and a text say of a person, made plain: nothing in it is a tag, a label of a prompt or
 * a macro. What calls itself a secret is set apart as hidden, wherever it stands.
 */
export function materialOf(card: CardData, text: string): Material {
  const character = characterFromCard(card, 'own', () => undefined);
  const { name } = character;
  const plain = (words: string) => plainly(words, name);
  const part = (title: string, words: string, known: Passage['known'], from: 'sheet' | 'world') =>
    apart({ title, text: plain(words), known, from });
  const sheet = (title: string, words: string, known: Passage['known']) => part(title, words, known, 'sheet');
  const line = (turn: string, title: string, known: Passage['known']): Passage[] => {
    const { segments } = parseTurn(turn, { speaker: character });
    const seen = segments.filter(({ kind }) => kind !== 'thought');
    const thoughts = segments.filter(({ kind }) => kind === 'thought');
    const said = seen.map((one) => (one.kind === 'action' ? `(${one.text})` : one.text)).join(' ');
    return [
      { title, text: plain(said), known, from: 'line' },
      {
        title: `What ${name} thinks`,
        text: plain(thoughts.map((one) => one.text).join(' ')),
        known: 'hidden',
        from: 'line',
      },
    ];
  };
  const greetings = [character.greeting, ...character.alternateGreetings, ...character.groupGreetings];
  const passages: Passage[] = [
    ...sheet('Description', character.description, 'open'),
    ...sheet('Personality', character.personality, 'private'),
    ...sheet('What anyone can know', character.publicSheet, 'open'),
    ...sheet(`What ${name} wants and would not say`, character.motivation, 'hidden'),
    ...sheet('Background', character.background, 'hidden'),
    ...sheet('Manner of speech', character.manner, 'private'),
    ...sheet(`Relations, as ${name} sees them`, character.relations, 'hidden'),
    ...part('Scenario', character.scenario, 'open', 'world'),
    ...greetings.flatMap((turn) => line(turn, `How ${name} opens`, 'open')),
    ...character.examples.flatMap((turn, at) => [
      {
        title: `Said to ${name}`,
        text: plain(character.exampleCues?.[at] ?? ''),
        known: 'private',
        from: 'line',
      } as const,
      ...line(turn, `What ${name} says`, 'private'),
    ]),
    ...character.book.entries
      .filter(({ enabled }) => enabled)
      .flatMap((entry) => part('Lore', entry.text, 'private', 'world')),
    ...apart({ title: 'The text', text: plain(text), known: 'open', from: 'text' }),
  ];
  return { card, character, passages: passages.filter((passage) => passage.text !== '') };
}

/** What an author wrote, as a prompt may quote it. */
export function plainly(words: string, name: string): string {
  const named = words
    .replace(/\{\{\s*char\s*\}\}|<(?:bot|char)>/giu, name)
    .replace(/\{\{\s*user\s*\}\}|<user>/giu, PARTNER)
    .replace(/\{\{[^{}]{0,400}\}\}/gu, ' ');
  return neutraliseLines(withoutTricks(named), createNames(undefined, [name]))
    .replace(/~{3,}/gu, '—')
    .trim();
}

/** A passage, and what it calls a secret apart from it. */
function apart(passage: Passage): Passage[] {
  if (passage.known === 'hidden') return [passage];
  const { open, secret } = bySecrecy(passage.text);
  if (secret === '') return [passage];
  return [
    { ...passage, text: open },
    { ...passage, text: secret, known: 'hidden' },
  ];
}
