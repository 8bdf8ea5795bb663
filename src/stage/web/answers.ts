import type { CommandContext, Place } from '../../engine/command/command.ts';
import { runAction } from '../../engine/command/command.ts';
import { readTypedCommand } from '../../engine/command/typed-command.ts';
import { completeTypedCommand } from '../../engine/command/typed-completion.ts';
import { unheard } from '../../engine/command/unheard.ts';
import type { Heard, Player } from '../../engine/engine-api.ts';
import { PlayerError } from '../../errors.ts';
import type { ClientMessage, ClientMessageOf, Scope } from './protocol.ts';
import type { ServerMessage, ServerMessageOf } from './server-message.ts';
import { ProtocolError } from './session-error.ts';
import { shareScene } from './share.ts';
import type { StageHouse } from './stage-house.ts';
import { BEATS_AT_ONCE, wireBeats } from './watched-scene.ts';
import { wireCharacter, wireLibrary, wireViewEntry } from './wire-scene.ts';

/** Who asks, and in which scene. */
export type Seat = {
  readonly house: StageHouse;
  readonly scopes: ReadonlySet<Scope>;
  readonly scene: string;
  readonly player: Player;
};

/** What `answer` may come to; `re` is added by the session. */
type Answer = Extract<ServerMessage, { re?: string }>;

const DONE: ServerMessageOf<'done'> = { type: 'done' };

/** Does what was asked and says what came of it. Errors are the session's to explain. */
export async function answer(message: Exclude<ClientMessage, { type: 'open' }>, seat: Seat): Promise<Answer> {
  const { house, scene, scopes } = seat;
  const { engine, library } = house;
  switch (message.type) {
    case 'cast':
      await (message.present
        ? engine.summon(scene, message.character)
        : engine.dismiss(scene, message.character));
      return DONE;
    case 'say':
    case 'act':
    case 'whisper':
      return heard(await house.lineKeys.once(message.key, () => hear(message, seat)));
    case 'next':
      await engine.next(scene, message.who);
      return DONE;
    case 'stop':
      await engine.stop(scene);
      return DONE;
    case 'retry':
      await engine.retry(scene);
      return DONE;
    case 'command':
      return runCommand(message.text, seat);
    case 'complete': {
      const found = await completeTypedCommand(message.text, house.commands, commandContext(seat));
      return { type: 'completions', completions: found.map((one) => ({ ...one })) };
    }
    case 'history': {
      const earlier = (await engine.replay(scene)).filter(({ n }) => n < message.before);
      const sent = earlier.slice(-BEATS_AT_ONCE);
      const beats = await wireBeats(house, scopes, scene, sent);
      return { type: 'history', beats, earlier: earlier.length > sent.length };
    }
    case 'peek': {
      const thoughts = await engine.backstage.thoughts(scene, message.beat);
      return {
        type: 'thoughts',
        beat: message.beat,
        thoughts: thoughts.map(({ kind, text }) => ({ kind, text })),
      };
    }
    case 'mind': {
      const entries = await engine.backstage.mind(scene, message.character);
      return { type: 'mind', character: message.character, entries: entries.map(wireViewEntry) };
    }
    case 'share':
      return { type: 'share', ...(await shareScene(house, scene)) };
    case 'xray':
      return DONE;
    case 'offers':
      return { type: 'offers', offers: [...(await house.offers())] };
    case 'connect':
      return connect(message, seat);
    case 'card': {
      const { character, warnings } = await library.add(message.name, Buffer.from(message.data, 'base64'));
      house.announce({ type: 'library', library: wireLibrary(library) });
      return { type: 'card', character: wireCharacter(character, library), warnings: [...warnings] };
    }
  }
}

async function hear(
  message: ClientMessageOf<'say'> | ClientMessageOf<'act'> | ClientMessageOf<'whisper'>,
  { house, scene, player }: Seat,
): Promise<Heard> {
  const { engine, room } = house;
  const { text } = message;
  if (message.type === 'whisper') {
    const result = await engine.whisper(scene, { player, text, to: message.to });
    // Those who look at this scene see the whisper in the minds that heard it.
    room.tell(scene, { type: 'changed' });
    return result;
  }
  const addressed = message.type === 'say' ? (message.addressed ?? []) : [];
  return engine.hear(scene, { player, text, manner: message.type, addressed });
}

function heard(result: Heard): Answer {
  if (result.heard) return { type: 'heard', beat: result.beat };
  throw new PlayerError(unheard[result.because]);
}

const HELP = 'A line is what you say, *asterisks* are what you do, @ completes a name. And these commands:';

async function runCommand(text: string, seat: Seat): Promise<Answer> {
  if (/^\s*\/help\b/iu.test(text)) {
    const known = seat.house.commands.map(({ name, description }) => `/${name}: ${description}`);
    return { type: 'reply', text: [HELP, ...known].join('\n') };
  }
  const typed = readTypedCommand(text, seat.house.commands);
  if ('problem' in typed) throw new PlayerError(typed.problem);
  let reply = '';
  let moved: string | undefined;
  const context: CommandContext = {
    ...commandContext(seat),
    signal: seat.house.signal,
    async reply(said) {
      reply = said;
    },
    async openThread() {
      moved = seat.house.door.newPlace();
      return placeOf(moved);
    },
  };
  await runAction(typed.action, context, typed.values);
  seat.house.room.tell(seat.scene, { type: 'changed' });
  seat.house.announce({ type: 'playing', playing: await seat.house.door.playing() });
  return { type: 'reply', text: reply, ...(moved === undefined ? {} : { moved }) };
}

function commandContext({ house, scene, player, scopes }: Seat): Omit<CommandContext, 'reply' | 'signal'> {
  const owns = scopes.has('admin');
  return {
    engine: house.engine,
    library: house.library,
    place: placeOf(scene),
    who: { ...player, manager: owns, operator: owns },
  };
}

function placeOf(scene: string): Place {
  return { scene, stage: 'web', quiet: true };
}

async function connect(message: ClientMessageOf<'connect'>, { house }: Seat): Promise<Answer> {
  const { model } = await house.connect(await choiceOf(message, house));
  house.announce({ type: 'house', house: [...house.facts()] });
  return { type: 'connected', model };
}

async function choiceOf({ offer, typed }: ClientMessageOf<'connect'>, house: StageHouse) {
  if (offer !== undefined) {
    const found = (await house.offers()).find(({ id }) => id === offer);
    if (!found) throw new PlayerError('That model is not there any more. Look again for what is.');
    return { offer: found };
  }
  const filled = Object.entries(typed ?? {}).filter(([, value]) => value !== undefined && value !== '');
  if (filled.length === 0)
    throw new ProtocolError('malformed', 'connect: name an offer, or type an address or key.');
  return Object.fromEntries(filled) as { url?: string; key?: string; model?: string };
}
