import { expandMacros } from '../cast/macros.ts';
import { defuseTags } from '../format/defuse-tags.ts';
import type { ChatMessage, ChatModel, ChatRequest } from '../model/chat-model.ts';
import type { Planning } from '../model/model-settings.ts';
import type { View, ViewEntry } from '../scene/view.ts';
import { weightOf } from '../scene/weight-of.ts';
import { createWindow, type WindowContent, type WindowLine } from '../scene/window.ts';
import { actorSheet, type PrivateSheet, type PromptHead } from './actor-sheet.ts';
import { answerForm, jsonReminder } from './answer-form.ts';
import { HER_START, herRequirements, herSystemPrompt } from './her-layout.ts';
import { languageReminder } from './language.ts';
import { createEchoGuard, type EchoGuard } from './prompt-echo.ts';
import { memoryLine, type PromptPeople, promptLine } from './prompt-line.ts';
import { bracketed, bracketOpenings, holdsAny, promptTail } from './prompt-tail.ts';
import { type TurnForm, WHOLE_FORM } from './turn-form.ts';
import { SECOND_TRIES, turnReminder, turnRules } from './turn-rules.ts';

export type ActorPromptOptions = {
  readonly model: ChatModel;
  readonly planning: Planning;
  readonly head: PromptHead;
  readonly sheet: PrivateSheet;
  readonly view: View;
  readonly people: PromptPeople;
  /** Weight of the lore that a turn may add at the prompt's end. */
  readonly loreRoom: number;
  /** Beats that are to stay in mind. */
  readonly pins?: () => Iterable<number>;
  readonly maxTokens: number;
  readonly temperature: number;
  /** Left out: as in play. */
  readonly form?: TurnForm;
};

/** The prompt of one character with one model, growing at its end. */
export type ActorPrompt = {
  build(turn: TurnPrompt): ChatRequest;
  /** The newest beat that stands in the prompt only as a note; 0 where all stand whole. */
  foldedUpTo(): number;
  /** Beats that the note tells of, in log order; of the other folded ones nothing is left in the prompt. */
  noted(): readonly number[];
  /** What it must not read aloud. */
  readonly echoes: EchoGuard;
};

/** What holds for one turn alone; all of it stands at the prompt's end. */
export type TurnPrompt = {
  /** Names of everyone else in the scene, for stop sequences. */
  readonly others: readonly string[];
  /** Adds the fixed reminder of the form. */
  readonly secondTry: boolean;
  /** Of a swipe: only what was perceived before this beat, as when the first one was drafted. */
  readonly before?: number;
  /** Lore that was called up, in order. */
  readonly lore?: readonly string[];
  /** Older entries of its view that come back to it now, those first that fit best. */
  readonly recalled?: readonly ViewEntry[];
  /** Names of actions that the game can show. */
  readonly cues?: readonly string[];
  /** Lines as they are to stand. */
  readonly notes?: readonly string[];
};

const LAST_LINES = 3;
// OpenAI takes four stop sequences, and other servers follow it.
const STOP_LIMIT = 4;
// English text in common tokenizers is over four characters a token; three is on the safe side.
export const CHARS_PER_TOKEN = 3;
const SMALLEST_WINDOW = 2000;
// A memory note, what is pinned and recalled, whose turn it is; beside lore and the card's note.
const ROOM_FOR_THE_REST = 2100;

/**
 * Lays a prompt out append-only, so that a model server's prefix cache keeps hitting: what the cast
 * shares, what is the character's own, its view, and last whose turn it is. For the profile `her`
 * the released weights' training layout (her-spec 3).
 */
export function createActorPrompt(options: ActorPromptOptions): ActorPrompt {
  const {
    model,
    planning,
    sheet,
    view,
    people,
    loreRoom,
    maxTokens,
    temperature,
    form = WHOLE_FORM,
  } = options;
  const { character } = sheet;
  const her = model.profile === 'her';
  const system = her
    ? herSystemPrompt(options.head, sheet, planning, form)
    : plainSystemPrompt(options.head, sheet, planning, form);
  const note = bracketed(defuseTags(expandMacros(character.note, sheet.macros)));
  const taken = weightOf(system) + weightOf(note) + loreRoom + ROOM_FOR_THE_REST;
  const budget = Math.max((model.contextSize - maxTokens) * CHARS_PER_TOKEN - taken, SMALLEST_WINDOW);
  const window = createWindow(
    view,
    budget,
    (entry) =>
      isArrival(entry, view) ? '' : promptLine(entry, people, her ? character.name : undefined, form),
    (entry) => bracketed(memoryLine(entry, people)),
    options.pins,
  );

  const reminder = (inBrief: boolean, language = '') =>
    turnReminder(character.name, planning, form, inBrief, language);
  const instructions = her
    ? [herRequirements(character.name, planning, form)]
    : [turnRules(planning, form), ...[false, true].map((inBrief) => reminder(inBrief))];
  const again = SECOND_TRIES[form.dialect];
  const unsaid = [character.motivation, sheet.secret].map((text) => expandMacros(text, sheet.macros));
  const repeats = createEchoGuard([...instructions, again, jsonReminder(planning, form), ...unsaid]);
  const brackets = bracketOpenings(character.name);
  return {
    echoes: (visible) => repeats(visible) || holdsAny(visible, brackets),
    foldedUpTo: () => window.read().foldedUpTo,
    noted: () => window.read().noted,
    build({
      others,
      secondTry,
      before = Number.POSITIVE_INFINITY,
      lore = [],
      recalled = [],
      notes = [],
      cues = [],
    }) {
      const { lines, pinned, note: memory } = upTo(before, window.read());
      const said = lastSaid(lines);
      const tail = promptTail({
        name: character.name,
        people,
        lore: lore.map((text) => bracketed(defuseTags(text))).join('\n'),
        loreRoom,
        note,
        pinned: pinned.map(({ entry }) => entry),
        recalled: recalled.filter(({ n }) => n < before),
        said,
        notes,
        reminder: her
          ? herReminder(character.name, lines)
          : reminder(!secondTry && showsForm(lines, form), languageReminder(said)),
        secondTry: secondTry ? again : '',
      });
      const held = answerForm({
        planning,
        maxTokens,
        startInside: her && planning !== 'off',
        form,
        said: `${character.name}\n${options.head.setting}\n${said}`,
        cues,
        again: secondTry,
      });
      return {
        messages: merged([
          { role: 'system', content: system },
          { role: 'user', content: her ? HER_START : 'The scene begins.' },
          ...(memory ? [remembered(memory, character.name)] : []),
          ...lines.map(messageOf),
          ...(tail ? [{ role: 'user' as const, content: tail }] : []),
        ]),
        stop: others.slice(0, STOP_LIMIT).map((name) => `\n${name}:`),
        maxTokens,
        temperature,
        ...(her && planning !== 'off' ? { prefill: '<system_thinking>' } : {}),
        ...(held ? { form: held } : {}),
      };
    },
  };
}

/** What stands in the window of what was perceived before a beat. */
function upTo(before: number, { lines, pinned, note }: WindowContent) {
  const isBefore = ({ entry }: WindowLine) => entry.n < before;
  return { lines: lines.filter(isBefore), pinned: pinned.filter(isBefore), note };
}

/** The first entrance; the head of the prompt tells of it. */
function isArrival(entry: ViewEntry, view: View): boolean {
  return entry.own && entry.kind === 'entrance' && entry === view.entries[0];
}

function plainSystemPrompt(
  head: PromptHead,
  sheet: PrivateSheet,
  planning: Planning,
  form: TurnForm,
): string {
  const people = head.people.filter((person) => person.publicSheet);
  const shared = [
    turnRules(planning, form),
    head.setting && `## The scene\n\n${head.setting}`,
    people.length > 0 &&
      `## The people, as anyone could see them\n\n${people.map((person) => `${person.name}: ${person.publicSheet}`).join('\n\n')}`,
  ];
  return [...shared, actorSheet(sheet)].filter(Boolean).join('\n\n');
}

function remembered(note: string, name: string): ChatMessage {
  return { role: 'user', content: `[Long before this, as ${name} remembers it:\n${note}]` };
}

function messageOf({ entry, text }: WindowLine): ChatMessage {
  const own = entry.own && (entry.kind === 'line' || entry.kind === 'whisper');
  return { role: own ? 'assistant' : 'user', content: text };
}

/**
 * The released weights were trained on histories that end with the others' lines, so nothing is
 * said to them but where their own line was the last (two turns in a row, an empty room).
 */
function herReminder(name: string, lines: readonly WindowLine[]): string {
  const last = lines.at(-1)?.entry;
  return !last || last.own ? `(It is ${name}'s turn.)` : '';
}

/** Whether its own last line shows the layer that is forgotten most easily. */
function showsForm(lines: readonly WindowLine[], { thoughts }: TurnForm): boolean {
  const last = lines.findLast(({ entry }) => entry.own && entry.kind === 'line')?.entry;
  return last?.segments.some(({ kind }) => kind === (thoughts ? 'thought' : 'action')) ?? false;
}

/** What is spoken of, and by whom: what is recalled is cut by it. */
function lastSaid(lines: readonly WindowLine[]): string {
  return lines
    .slice(-LAST_LINES)
    .flatMap(({ entry }) => [entry.speaker?.name ?? '', ...entry.segments.map((segment) => segment.text)])
    .join('\n');
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
