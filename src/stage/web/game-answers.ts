import type { Save, Who } from '../../engine/game/game-api.ts';
import { MAIN_PLACE } from '../../scene/beat.ts';
import { heardAnswer } from './heard-answer.ts';
import type { ClientMessage, ClientMessageOf } from './protocol.ts';
import type { gameMessages } from './protocol-game.ts';
import type { Seat } from './seat.ts';
import type { ServerMessage, ServerMessageOf } from './server-message.ts';
import { ProtocolError } from './session-error.ts';
import type { WireSave } from './wire-shapes.ts';

/** This session's player, where a message names somebody. */
const PLAYER = 'player';
const EVERYONE = 'everyone';

type GameType = (typeof gameMessages)[number]['shape']['type']['value'];
/** What a game asks of the scene that it looks at; `load` opens another and is the session's. */
export type GameMessage = ClientMessageOf<Exclude<GameType, 'load'>>;

const GAME_TYPES: ReadonlySet<string> = new Set<GameMessage['type']>([
  'perceive',
  'cues',
  'pace',
  'interrupt',
  'save',
  'saves',
  'move',
]);

export function isGameMessage(message: ClientMessage): message is GameMessage {
  return GAME_TYPES.has(message.type);
}

/** Does what a game asks. Errors are the session's to explain. */
export async function answerGame(
  message: GameMessage,
  seat: Seat,
): Promise<Extract<ServerMessage, { re?: string }>> {
  const { house, scene, place } = seat;
  const { game } = house.engine;
  switch (message.type) {
    case 'perceive': {
      const event = { text: message.text, witnesses: witnessesOf(message, seat) };
      const heard = await house.lineKeys.once(message.key, async () => ({
        heard: true,
        joined: false,
        beat: await game.perceive(place, event),
      }));
      return heardAnswer(heard);
    }
    case 'cues':
      await game.setCues(scene, message.actions, message.character);
      return DONE;
    case 'pace':
      await game.setDeadline(scene, message.deadline_ms ?? undefined);
      return DONE;
    case 'interrupt':
      await game.interrupt(scene);
      return DONE;
    case 'save':
      return { type: 'saved', save: wireSave(await game.save(scene, message.name)) };
    case 'saves':
      return { type: 'saves', saves: (await game.saves(scene)).map(wireSave) };
    case 'move': {
      const who = message.who === PLAYER ? seat.player : { card: message.who };
      const at = await game.move(scene, who, message.to, house.door.newPlace());
      return { type: 'moved', who: message.who, ...(at === MAIN_PLACE ? {} : { place: at }) };
    }
  }
}

const DONE: ServerMessageOf<'done'> = { type: 'done' };

function witnessesOf(
  { witnesses }: ClientMessageOf<'perceive'>,
  { player }: Seat,
): readonly Who[] | 'everyone' {
  if (!witnesses.includes(EVERYONE))
    return witnesses.map((id) => (id === PLAYER ? { player: player.id } : { card: id }));
  if (witnesses.length > 1)
    throw new ProtocolError(
      'malformed',
      'perceive: witnesses are either everyone or the ones that are named.',
    );
  return EVERYONE;
}

function wireSave({ id, name, n, at }: Save): WireSave {
  return { id, name, beat: n, at };
}
