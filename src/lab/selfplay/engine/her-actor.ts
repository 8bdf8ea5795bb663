import { blankCharacter } from '../../../cast/blank-character.ts';
import type { Character } from '../../../cast/character.ts';
import { readPlayerLine } from '../../../format/player-line.ts';
import { renderHer } from '../../../format/render-her.ts';
import { renderPlain } from '../../../format/render-plain.ts';
import { type Segment, visibleSegments } from '../../../format/segments.ts';
import { parseTurn, type TurnParserOptions } from '../../../format/turn-parser.ts';
import type { ChatModel } from '../../../model/chat-model.ts';
import { type ActorPrompt, createActorPrompt } from '../../../performer/actor-prompt.ts';
import { ATTEMPTS } from '../../../performer/perform.ts';
import { type Actor, characterActorId, ENVIRONMENT, playerActorId } from '../../../scene/beat.ts';
import { createView, type View } from '../../../scene/view.ts';
import type { Ask } from '../../calls/ask.ts';
import type { LabModel } from '../../calls/call.ts';
import type { ActorSheet } from './actor.ts';
import { readAnswerTurn } from './answer-turn.ts';
import type { Dice } from './dice.ts';
import type { Message } from './message.ts';
import type { Part } from './play-dialogue.ts';

const ID = characterActorId('tested');
const USER = playerActorId('user');

/**
 * The tested model as it plays in Discord: the performer’s prompt from the character’s own view, the same
 * parser, one fresh attempt after a draft that cannot be played, and then silence. The plan is forgotten
 * before anything is written down; what the character thought stands in its own later prompts alone.
 */
export function createHerActor(
  lab: LabModel,
  sheet: ActorSheet,
  { ask, dice, priority }: { readonly ask: Ask; readonly dice: Dice; readonly priority: number },
): Part {
  const { model } = lab;
  const self: Actor = { id: ID, name: sheet.name };
  const user: Actor = { id: USER, name: sheet.user.name };
  const view = createView({ type: 'character', id: ID });
  const common = { at: 0, origin: 'lab' as const, witnesses: [ID, USER] };
  view.add({ ...common, n: 1, kind: 'entrance', actor: self, quiet: true });
  view.add({ ...common, n: 2, kind: 'entrance', actor: user, quiet: true });
  const others = [user.name, ENVIRONMENT.name, 'Narrator'].filter((name) => name !== self.name);
  const planOpened = model.profile === 'her' && model.planning !== 'off';
  const parser: TurnParserOptions = { speaker: { name: self.name }, others };
  const drafted: TurnParserOptions = planOpened ? { ...parser, startInside: 'plan' } : parser;
  const prompt = layOut(model, sheet, view);
  let heard = 0;

  /** The view grows by what was said since the last turn. */
  function hear(said: readonly Message[]): void {
    for (const message of said.slice(heard)) {
      heard += 1;
      const segments = perceived(message);
      if (segments.length === 0) continue;
      const speaker = message.by === 'actor' ? self : user;
      view.add({
        ...common,
        n: heard + 2,
        kind: 'line',
        speaker,
        turn: String(heard),
        segments: [...segments],
      });
    }
  }

  function perceived(message: Message): readonly Segment[] {
    if (message.by === 'user') return readPlayerLine(message.text, [self.name]);
    if (!message.given) return message.segments;
    const read = parseTurn(message.text, parser);
    return read.usable ? read.segments : [{ kind: 'speech', text: message.text }];
  }

  return async (said, turn, signal) => {
    hear(said);
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      const request = {
        ...prompt.build({ others: [user.name, ENVIRONMENT.name], secondTry: attempt > 1 }),
        seed: dice.seed('actor', turn, attempt),
      };
      const call = await ask(
        lab,
        request,
        {
          take: dice.take(attempt),
          priority,
          keep(answer) {
            const read = readAnswerTurn(answer, drafted);
            const echoes = prompt.echoes(renderPlain(visibleSegments(read.segments)));
            const usable = read.usable && !echoes;
            const faults = echoes ? [...read.faults, 'prompt-echo'] : [...read.faults];
            return {
              text: usable ? renderHer(read.segments) : '',
              format: { usable, faults, planned: read.systemThinking.length },
            };
          },
        },
        signal,
      );
      if (!call.format?.usable) continue;
      // Read again from what was kept, so that a resumed run goes on exactly as one that never stopped.
      const { segments } = parseTurn(call.text, { ...parser, maxChars: Number.POSITIVE_INFINITY });
      return { by: 'actor', text: renderPlain(visibleSegments(segments)), segments, given: false };
    }
    return { by: 'actor', text: '', segments: [], given: false };
  };
}

/** What such a model is told beside who it is, in a text: for the hash of a run’s prompts. */
export function herWords(model: ChatModel): string {
  const blank: ActorSheet = { name: 'A', setting: '', user: { name: 'U', sheet: '' } };
  const prompt = layOut(model, blank, createView({ type: 'character', id: ID }));
  const { messages } = prompt.build({ others: ['U'], secondTry: true });
  return messages.map(({ content }) => content).join('\n\n');
}

function layOut(model: ChatModel, sheet: ActorSheet, view: View): ActorPrompt {
  return createActorPrompt({
    model,
    planning: model.planning,
    maxTokens: model.maxTokens,
    temperature: model.temperature,
    view,
    head: { setting: '', people: [{ name: sheet.user.name, publicSheet: sheet.user.sheet }] },
    sheet: {
      character: characterOf(sheet),
      macros: { char: sheet.name, user: sheet.user.name },
      secret: '',
      arrival: '',
    },
    people: { publicSheet: (id) => (id === USER ? sheet.user.sheet : ''), inOpening: () => true },
    loreRoom: 0,
  });
}

function characterOf({ name, setting, examples = [] }: ActorSheet): Character {
  return { ...blankCharacter('tested', name), description: setting, examples };
}
