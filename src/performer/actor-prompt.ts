import type { Character } from '../cast/character.ts';
import { expandMacros } from '../cast/macros.ts';
import type { ChatMessage, ChatModel, ChatRequest } from '../model/chat-model.ts';
import type { Planning } from '../model/model-settings.ts';
import type { View, ViewEntry } from '../scene/view.ts';
import { createWindow, type Window, weightOf } from '../scene/window.ts';
import { actorSheet, calledUpLore, type PrivateSheet, type PromptHead } from './actor-sheet.ts';
import { HER_START, herRequirements, herSystemPrompt } from './her-layout.ts';
import { createEchoGuard, type EchoGuard } from './prompt-echo.ts';
import { memoryLine, type PromptPeople, promptLine } from './prompt-line.ts';
import { SECOND_TRY, turnReminder, turnRules } from './turn-rules.ts';

export type ActorPromptOptions = {
  readonly model: ChatModel;
  readonly planning: Planning;
  readonly head: PromptHead;
  readonly sheet: PrivateSheet;
  readonly view: View;
  readonly people: PromptPeople;
  readonly maxTokens: number;
  readonly temperature: number;
};

/** The prompt of one character with one model, growing at its end. */
export type ActorPrompt = {
  /**
   * @param others names of everyone else in the scene, for stop sequences
   * @param secondTry adds the fixed reminder of the form
   */
  build(others: readonly string[], secondTry: boolean): ChatRequest;
  /** What it must not read aloud. */
  readonly echoes: EchoGuard;
};

// OpenAI takes four stop sequences, and other servers follow it.
const STOP_LIMIT = 4;
// English text in common tokenizers is over four characters a token; three is on the safe side.
const CHARS_PER_TOKEN = 3;
const SMALLEST_WINDOW = 2000;
// A memory note, lore that was called up, whose turn it is.
const ROOM_FOR_THE_REST = 3500;

/**
 * Lays a prompt out append-only, so that a model server's prefix cache keeps hitting: what the cast
 * shares, what is the character's own, its view, and last whose turn it is. For the profile `her`
 * the released weights' training layout (her-spec 3).
 */
export function createActorPrompt(options: ActorPromptOptions): ActorPrompt {
  const { model, planning, sheet, view, people, maxTokens, temperature } = options;
  const { character } = sheet;
  const her = model.profile === 'her';
  const system = her
    ? herSystemPrompt(options.head, sheet, planning)
    : plainSystemPrompt(options.head, sheet, planning);
  const budget = Math.max(
    (model.contextSize - maxTokens) * CHARS_PER_TOKEN - weightOf(system) - ROOM_FOR_THE_REST,
    SMALLEST_WINDOW,
  );
  const window = createWindow(
    view,
    budget,
    (entry) => (isArrival(entry, view) ? '' : promptLine(entry, people, her ? character.name : undefined)),
    (entry) => memoryLine(entry, people),
  );

  const instructions = her
    ? [herRequirements(character.name, planning)]
    : [turnRules(planning), turnReminder(character.name, planning)];
  const unsaid = [character.motivation, sheet.secret].map((text) =>
    expandMacros(text, { char: character.name, user: sheet.user }),
  );
  return {
    echoes: createEchoGuard([...instructions, SECOND_TRY, ...unsaid]),
    build(others, secondTry) {
      const reminder = her ? herReminder(character.name, window) : turnReminder(character.name, planning);
      const tail = [loreFor(character, sheet.user, window), reminder, secondTry ? SECOND_TRY : ''];
      return {
        messages: merged([
          { role: 'system', content: system },
          { role: 'user', content: her ? HER_START : 'The scene begins.' },
          ...remembered(window, character.name),
          ...window.read().lines.map(({ entry, text }): ChatMessage => {
            const own = entry.own && (entry.kind === 'line' || entry.kind === 'whisper');
            return { role: own ? 'assistant' : 'user', content: text };
          }),
          ...(tail.some(Boolean)
            ? [{ role: 'user' as const, content: tail.filter(Boolean).join('\n\n') }]
            : []),
        ]),
        stop: others.slice(0, STOP_LIMIT).map((name) => `\n${name}:`),
        maxTokens,
        temperature,
        ...(her && planning !== 'off' ? { prefill: '<system_thinking>' } : {}),
      };
    },
  };
}

/** The first entrance; the head of the prompt tells of it. */
function isArrival(entry: ViewEntry, view: View): boolean {
  return entry.own && entry.kind === 'entrance' && entry === view.entries[0];
}

function plainSystemPrompt(head: PromptHead, sheet: PrivateSheet, planning: Planning): string {
  const people = head.people.filter((person) => person.publicSheet);
  const shared = [
    turnRules(planning),
    head.setting && `## The scene\n\n${head.setting}`,
    people.length > 0 &&
      `## The people, as anyone could see them\n\n${people.map((person) => `${person.name}: ${person.publicSheet}`).join('\n\n')}`,
  ];
  return [...shared, actorSheet(sheet)].filter(Boolean).join('\n\n');
}

function remembered(window: Window, name: string): ChatMessage[] {
  const { note, folded } = window.read();
  if (folded === 0) return [];
  return [{ role: 'user', content: `[Long before this, as ${name} remembers it:\n${note}]` }];
}

/**
 * The released weights were trained on histories that end with the others' lines, so nothing is
 * said to them but where their own line was the last (two turns in a row, an empty room).
 */
function herReminder(name: string, window: Window): string {
  const last = window.read().lines.at(-1)?.entry;
  return !last || last.own ? `(It is ${name}'s turn.)` : '';
}

function loreFor(character: Character, user: string, window: Window): string {
  const last = window
    .read()
    .lines.slice(-3)
    .flatMap(({ entry }) => [entry.speaker?.name ?? '', ...entry.segments.map((segment) => segment.text)]);
  const lore = calledUpLore(character, user, last.join('\n'));
  return lore && `[What ${character.name} knows of this: ${lore}]`;
}

/** Several chat templates and Anthropic's API want the roles to alternate; the training data did. */
export function merged(messages: readonly ChatMessage[]): ChatMessage[] {
  const result: { role: ChatMessage['role']; parts: string[] }[] = [];
  for (const { role, content } of messages) {
    const last = result.at(-1);
    if (last?.role === role) last.parts.push(content);
    else result.push({ role, parts: [content] });
  }
  return result.map(({ role, parts }) => ({ role, content: parts.join('\n\n') }));
}
