import { createHash } from 'node:crypto';
import type { CardData } from '../../cast/cards/card-data.ts';
import { writePngCard } from '../../cast/cards/png-card.ts';
import { writeCard } from '../../cast/cards/write-card.ts';
import { herGreetings, herGroupGreetings } from '../../cast/cards/write-lines.ts';
import { applyChanges } from '../../cast/changes/apply-changes.ts';
import type { KeptCard } from '../../cast/library/library-api.ts';
import type { Desk } from '../../engine/cards/cards-api.ts';
import type { Upload } from '../../engine/command/command.ts';
import { storyIn } from '../../engine/command/story-in.ts';
import { PlayerError } from '../../errors.ts';
import { render } from '../../words/render.ts';
import { say } from '../../words/text.ts';
import type { ClientMessage, ClientMessageOf } from './protocol.ts';
import { askerOf, type Seat } from './seat.ts';
import type { ServerMessageOf } from './server-message.ts';
import { ProtocolError } from './session-error.ts';
import { wireChange, wirePrompt, wireTriedTurn } from './wire-card.ts';
import { wireCharacter, wireLibrary } from './wire-scene.ts';
import type { WireFile } from './wire-shapes.ts';
import { wireWorlds } from './world-answers.ts';

/** What is asked about cards; all of it needs the scope `admin`. */
export type CardMessage = Extract<ClientMessage, { type: 'card' | `card-${string}` }>;

type Answer = ServerMessageOf<
  | 'card'
  | 'card-open'
  | 'card-saved'
  | 'card-preview'
  | 'card-tried'
  | 'proposal'
  | 'card-taken'
  | 'file'
  | 'done'
>;

/** Works on the operator's own cards. @throws PlayerError, CastFileError saying what to change */
export async function answerCard(message: CardMessage, seat: Seat): Promise<Answer> {
  const { house, signal } = seat;
  const { cards } = house.engine;
  const desk: Desk = { by: askerOf(seat) };
  switch (message.type) {
    case 'card':
      return bring(message, seat, desk);
    case 'card-part':
      seat.uploads.add(message.upload, message.data);
      return { type: 'done' };
    case 'card-open': {
      const { kept, character } = await opened(message.character, seat);
      seat.seenCards.set(character.id, digestOf(kept.card));
      return {
        type: 'card-open',
        character: wireCharacter(character, house.library),
        card: forAuthors(kept.card),
        picture: character.avatar !== undefined,
      };
    }
    case 'card-save':
      return save(message, seat, desk);
    case 'card-delete':
      await cards.remove(desk, message.character);
      announceLibrary(seat);
      return { type: 'done' };
    case 'card-export': {
      const { kept, character } = await opened(message.character, seat);
      return { type: 'file', file: exported(kept, character.id, message.as) };
    }
    case 'card-preview': {
      const { prompt } = await cards.rehearse(desk, message.card, '', signal);
      return { type: 'card-preview', prompt: wirePrompt(prompt) };
    }
    case 'card-try': {
      const { prompt, turn } = await cards.rehearse(desk, message.card, message.cue, signal);
      return {
        type: 'card-tried',
        prompt: wirePrompt(prompt),
        ...(turn ? { turn: wireTriedTurn(turn) } : {}),
      };
    }
    case 'card-take':
      return { type: 'card-taken', card: applyChanges(message.card, message.changes) };
    case 'card-enrich': {
      const { changes, dropped } = await cards.enrich(desk, message.card, message.text ?? '', signal);
      return {
        type: 'proposal',
        changes: changes.map(wireChange),
        dropped: dropped.map((line) => render(line, seat.locale)),
      };
    }
  }
}

async function bring(message: ClientMessageOf<'card'>, seat: Seat, desk: Desk): Promise<Answer> {
  const { house } = seat;
  const bytes = broughtBytes(message, seat);
  if (/\.jsonl$/iu.test(message.name)) return goOnWith({ name: message.name, bytes }, seat);
  const { characters, worlds, warnings } = await house.engine.cards.bring(desk, message.name, bytes);
  announceLibrary(seat);
  return {
    type: 'card',
    characters: characters.map((character) => wireCharacter(character, house.library)),
    worlds: await wireWorlds(worlds, seat),
    warnings: [...warnings],
  };
}

/** A chat of another program becomes a scene of its own. */
async function goOnWith(file: Upload, { house, player, locale }: Seat): Promise<Answer> {
  const { door, library, engine } = house;
  const story = storyIn(file, library.characters());
  const moved = await door.openNew(story.request, {
    ...player,
    ...(story.user ? { name: story.user } : {}),
  });
  house.announce({ type: 'playing', playing: await door.playing() });
  const info = await engine.info(moved);
  const told = info ? story.told(info.record).map((line) => render(line, locale)) : [];
  return { type: 'card', characters: [], worlds: [], warnings: told, moved };
}

function broughtBytes({ data, upload }: ClientMessageOf<'card'>, { uploads }: Seat): Uint8Array {
  if (upload !== undefined) return uploads.take(upload);
  if (data === undefined) throw new ProtocolError('malformed', 'card: send data, or name an upload.');
  return Buffer.from(data, 'base64');
}

/** What ships stays as it is: it is saved as a card of one's own. */
async function save(message: ClientMessageOf<'card-save'>, seat: Seat, desk: Desk): Promise<Answer> {
  const { house } = seat;
  const { picture } = message;
  const of = message.character === undefined ? undefined : house.library.character(message.character);
  const isCopy = of?.source === 'shipped';
  if (of && !isCopy) await checkUnchanged(of.id, seat);
  const copied = isCopy ? (await house.library.card(of.id))?.picture : undefined;
  const given = picture == null ? picture : new Uint8Array(Buffer.from(picture, 'base64'));
  const { character, warnings } = await house.engine.cards.save(desk, message.card, {
    ...(of && !isCopy ? { id: of.id } : {}),
    ...(given === undefined ? (copied ? { picture: copied } : {}) : { picture: given }),
  });
  const saved = await house.library.card(character.id);
  if (saved) seat.seenCards.set(character.id, digestOf(saved.card));
  announceLibrary(seat);
  return {
    type: 'card-saved',
    character: wireCharacter(character, house.library),
    warnings: [...warnings],
  };
}

/**
 * What another tab, a command or an editor of files wrote meanwhile is not written over unseen; the second
 * time it is what they want. @throws PlayerError
 */
async function checkUnchanged(id: string, { house, seenCards }: Seat): Promise<void> {
  const seen = seenCards.get(id);
  const kept = await house.library.card(id);
  if (seen === undefined || !kept) return;
  const stands = digestOf(kept.card);
  if (stands === seen) return;
  seenCards.set(id, stands);
  throw new PlayerError(
    'This card was changed elsewhere meanwhile. Save again to put yours in its place, or open it anew to see what stands.',
  );
}

function digestOf(card: CardData): string {
  return createHash('sha256').update(JSON.stringify(card)).digest('base64');
}

async function opened(id: string, { house: { library } }: Seat) {
  const character = library.character(id);
  const kept = await library.card(id);
  if (!character || !kept) {
    throw new PlayerError(say('There is no character “{{id}}” here.', { id }));
  }
  return { character, kept };
}

/** Greetings once, with what is thought in them; written for other tools they are two. */
function forAuthors(card: CardData): CardData {
  const [first = '', ...others] = herGreetings(card);
  const inGroups = herGroupGreetings(card);
  const { greetings: _first, group_greetings: _inGroups, ...own } = card.extensions.dramatis;
  return {
    ...card,
    first_mes: first,
    alternate_greetings: others,
    ...(inGroups ? { group_only_greetings: inGroups } : {}),
    extensions: { ...card.extensions, dramatis: own },
  };
}

function exported(
  { card, picture }: KeptCard,
  id: string,
  as: ClientMessageOf<'card-export'>['as'],
): WireFile {
  if (as === 'png') {
    const content = Buffer.from(writePngCard(card, picture)).toString('base64');
    return { name: `${id}.png`, content, base64: true };
  }
  const ending = { v2: 'v2.json', v3: 'json', yaml: 'yaml' }[as];
  return { name: `${id}.${ending}`, content: writeCard(card, as) };
}

function announceLibrary({ house, scene }: Seat): void {
  house.announce({ type: 'library', library: wireLibrary(house.library) });
  // Whoever plays there may look otherwise now.
  house.room.tell(scene, { type: 'changed' });
}
