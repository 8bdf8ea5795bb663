import { blankCharacter } from '../../../cast/blank-character.ts';
import type { Character } from '../../../cast/character.ts';
import type { ChatMessage, ChatRequest } from '../../../model/chat-model.ts';
import { CHARS_PER_TOKEN, merged } from '../../../performer/actor-prompt.ts';
import { HER_START, herSystemPrompt } from '../../../performer/her-layout.ts';
import { weightOf } from '../../../scene/weight-of.ts';
import { castOf } from '../../export/samples/cast-of.ts';
import type { Conversation } from '../record/conversation.ts';
import { type ViewLine, viewOf } from '../record/views.ts';

/** Of each part of its own sheet, and of each other’s. Characters. */
const CUTS = { own: 3000, others: 600 };
const LEAST_LINES = 3000;

export type DraftModel = {
  readonly contextSize: number;
  readonly maxTokens: number;
  readonly temperature: number;
};

/**
 * Makes requests for the turns of one character, each of them forward: in HER’s layout and from its own view before
 * that turn, as the bot would ask, and without a word about system thinking (her-spec 6.3, 3_2). What the model
 * reasons before it answers is what is wanted.
 */
export function createDraftRequests(
  conversation: Conversation,
  name: string,
  { contextSize, maxTokens, temperature }: DraftModel,
): (turn: number) => ChatRequest {
  const system = `${layoutOf(conversation, name)}\n\n${draftRules(name)}`;
  const view = viewOf(conversation, name);
  const room = Math.max(LEAST_LINES, (contextSize - maxTokens) * CHARS_PER_TOKEN - weightOf(system));
  return (turn) => ({
    messages: merged([
      { role: 'system', content: system },
      { role: 'user', content: HER_START },
      ...newestBefore(view, turn, room).map(messageOf),
      { role: 'user', content: `(It is ${name}'s turn.)` },
    ]),
    maxTokens,
    temperature,
  });
}

/** The sheet of a character in HER’s layout, no part of it longer than there is room for. */
function layoutOf(conversation: Conversation, name: string): string {
  const { setting, people } = castOf(conversation);
  const own = people.find((person) => person.name === name);
  const head = {
    setting: cut(setting, CUTS.own),
    people: people.map((person) => ({
      name: person.name,
      publicSheet: cut(person.publicSheet, CUTS.others),
    })),
  };
  const character = cutSheet(own?.character ?? blankCharacter(own?.id ?? '', name));
  return herSystemPrompt(
    head,
    { character, macros: { char: name, user: '' }, secret: '', arrival: '' },
    'off',
  );
}

function cutSheet(character: Character): Character {
  return {
    ...character,
    description: cut(character.description, CUTS.own),
    background: cut(character.background, CUTS.own),
    motivation: cut(character.motivation, CUTS.own),
  };
}

function cut(text: string, most: number): string {
  return text.length > most
    ? `${text
        .slice(0, most - 1)
        .toWellFormed()
        .trimEnd()}…`
    : text;
}

function draftRules(name: string): string {
  return `The character: ${name}
Think about the moment first: what just happened, what ${name} wants, what ${name} would show and what ${name} would hide. Then write the next turn of ${name} and nothing after it. It begins with “${name}: ” and has a few sentences.`;
}

function messageOf({ own, speaker, text }: ViewLine): ChatMessage {
  return { role: own ? 'assistant' : 'user', content: `${speaker}: ${text}` };
}

/** As many of the newest lines before a turn as there is room for. */
function newestBefore(view: readonly ViewLine[], turn: number, room: number): readonly ViewLine[] {
  const later = view.findIndex((line) => line.turn >= turn);
  const end = later < 0 ? view.length : later;
  let [from, left] = [end, room];
  while (from > 0) {
    const line = view[from - 1];
    left -= line ? weightOf(line.text) + weightOf(line.speaker) + 4 : 0;
    if (left < 0) break;
    from -= 1;
  }
  return view.slice(from, end);
}
