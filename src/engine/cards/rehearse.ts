import type { CardData } from '../../cast/cards/card-data.ts';
import { characterFromCard } from '../../cast/cards/character-from-card.ts';
import type { Character } from '../../cast/character.ts';
import { PlayerError } from '../../errors.ts';
import type { ChatMessage, ChatModel } from '../../model/chat-model.ts';
import { characterActorId } from '../../scene/beat.ts';
import { say } from '../../words/text.ts';
import { meteredModels } from '../budget/metered-models.ts';
import type { DraftReport } from '../engine-api.ts';
import type { EngineRoom } from '../engine-room.ts';
import { heldWords } from '../guard/held-words.ts';
import type { LiveScene } from '../live-scene.ts';
import type { TurnOptions } from '../turn/made-turn.ts';
import { makeTurn } from '../turn/make-turn.ts';
import { actorRequest } from '../turn/turn-request.ts';
import type { Desk, Rehearsal } from './cards-api.ts';
import { makingOf, openRehearsal, recordOfRehearsal } from './rehearsal-scene.ts';

/** Lays a prompt out where no model plays: as any chat model of the shipped settings would be asked. */
const LAYS_OUT: ChatModel = {
  name: '',
  profile: 'plain',
  contextSize: 8192,
  maxTokens: 1024,
  temperature: 0.7,
  planning: 'full',
  // biome-ignore lint/correctness/useYield: nobody is asked
  async *stream() {
    throw new Error('nobody plays here');
  },
};

/**
 * An id that no file and no server's card has: whoever is tried out remembers no evening and has no
 * settings of its own.
 */
const TRIED_OUT = '-rehearsed';

/** One turn of a card in no scene: see `Cards.rehearse`. What is thought of, nobody keeps. */
export async function rehearse(
  room: EngineRoom,
  desk: Desk,
  card: CardData,
  cue: string,
  signal: AbortSignal,
): Promise<Rehearsal> {
  const stop = AbortSignal.any([signal, room.closing]);
  stop.throwIfAborted();
  await room.cards.library(desk.server);
  const record = recordOfRehearsal(room, desk);
  await room.readAround(record);
  const character = { ...characterFromCard(card, 'own', () => {}), id: TRIED_OUT };
  const known = room.libraryOf(record);
  const library: TurnOptions['library'] = {
    ...known,
    character: (id) => (id === TRIED_OUT ? character : known.character(id)),
  };
  const live = openRehearsal(room, record, library, character, desk.by, cue);
  const making = makingOf(live, desk.by, stop);
  live.making = making;
  const reports: Omit<DraftReport, 'beat'>[] = [];
  const models = meteredModels(room, live);
  const options: TurnOptions = {
    library: {
      ...library,
      // Lore for somebody called so is for who may edit that card.
      characters: () => known.characters().filter(({ by }) => !desk.by.moderator && by !== desk.by.id),
    },
    models,
    script: undefined,
    clock: room.clock,
    log: room.log,
    store: room.options.store,
    audience: room.guard.audienceRule(record),
    rules: room.rulesFor(record),
    tracing: false,
    onRelease: () => {},
    onDraft: (report) => reports.push(report),
  };
  if (!cue.trim() || !models.actor) {
    const laidOut = await actorRequest(live, making, character, models.actor ?? LAYS_OUT, options);
    const prompt = laidOut.request(false).messages;
    if (!cue.trim()) return { prompt };
    return { prompt, ...(await play(room, live, character, desk, cue, options, reports)) };
  }
  const listened = listenTo(models.actor);
  const turn = await play(
    room,
    live,
    character,
    desk,
    cue,
    { ...options, models: { ...models, actor: listened.model } },
    reports,
  );
  return { prompt: listened.prompt(), ...turn };
}

/** @throws PlayerError where it may not be played, or what it comes to may not be shown */
async function play(
  room: EngineRoom,
  live: LiveScene,
  character: Character,
  { by }: Desk,
  cue: string,
  options: TurnOptions,
  reports: readonly Omit<DraftReport, 'beat'>[],
): Promise<Pick<Rehearsal, 'turn'>> {
  const { record, making } = live;
  if (!making) return {};
  const { signal } = making.controller;
  const barred = await room.guard.refusalOf({ ...record, scene: record.id }, character);
  if (barred !== undefined) throw new PlayerError(barred);
  await room.guard.admit(record, [cue, wordsOf(character)], by);
  const { actor: model } = options.models;
  const stop = model && (await room.budgets.stopOf(record, by.id));
  if (stop) throw new PlayerError(stop.text);
  signal.throwIfAborted();

  const id = characterActorId(character.id);
  const actor = { id, name: character.name };
  const { turns } = await makeTurn(live, making, actor, { type: 'speak', actor: id, why: '' }, options);
  const [made] = turns;
  const last = reports.at(-1);
  if (model) await room.budgets.countTurn(record, by.id);
  if (!made || !last) return {};
  const held = await room.guard.output(record, made.turn.segments, signal, last.scripted);
  if (held) {
    throw new PlayerError(say('What came of it was held back: {{why}}.', { why: heldWords(held) }));
  }
  return {
    turn: {
      segments: room.guard.tidy(record, [...made.turn.segments]),
      faults: last.faults,
      by: made.made.by,
      ...(last.usage ? { usage: last.usage } : {}),
    },
  };
}

/** The same model, and what it was asked first: what is shown is what was sent. */
function listenTo(model: ChatModel): { readonly model: ChatModel; prompt(): readonly ChatMessage[] } {
  let first: readonly ChatMessage[] = [];
  return {
    model: {
      ...model,
      stream(request, signal) {
        if (first.length === 0) first = request.messages;
        return model.stream(request, signal);
      },
    },
    prompt: () => first,
  };
}

/** What of a card reaches a model. */
function wordsOf(character: Character): string {
  const { description, personality, motivation, background, relations, manner } = character;
  const { name, nickname = '', publicSheet, scenario, note, examples, declines, book } = character;
  const texts = [
    name,
    nickname,
    description,
    personality,
    motivation,
    background,
    relations,
    manner,
    publicSheet,
  ];
  const lore = book.entries.map(({ text }) => text);
  return [...texts, scenario, note, ...examples, ...declines, ...lore].filter(Boolean).join('\n');
}
