import { completeTypedCommand } from '../../engine/command/typed-completion.ts';
import type { Heard } from '../../engine/engine-api.ts';
import { gatherKeepsake } from '../../engine/keepsake/gather-keepsake.ts';
import { keepsakeName } from '../../engine/keepsake/keepsake.ts';
import { renderKeepsakeHtml } from '../../engine/keepsake/render-keepsake-html.ts';
import { PlayerError } from '../../errors.ts';
import { answerBehind } from './behind-answers.ts';
import { answerCard } from './card-answers.ts';
import { answerGame, isGameMessage } from './game-answers.ts';
import { heardAnswer } from './heard-answer.ts';
import { answerModels } from './model-answers.ts';
import type { ClientMessage, ClientMessageOf } from './protocol.ts';
import { commandContext, runCommand } from './run-command.ts';
import { askerOf, type Seat } from './seat.ts';
import type { ServerMessage, ServerMessageOf } from './server-message.ts';
import { ProtocolError } from './session-error.ts';
import { answerSettings } from './settings-answer.ts';
import type { StageHouse } from './stage-house.ts';
import { answerStory } from './story-answers.ts';
import { BEATS_AT_ONCE, wireBeats } from './watched-scene.ts';
import { wireViewEntry } from './wire-scene.ts';
import { answerWorld } from './world-answers.ts';

/** What `answer` may come to; `re` is added by the session. */
type Answer = Extract<ServerMessage, { re?: string }>;

const DONE: ServerMessageOf<'done'> = { type: 'done' };

/** Does what was asked and says what came of it. Errors are the session's to explain. */
export async function answer(
  message: Exclude<ClientMessage, { type: 'open' | 'load' }>,
  seat: Seat,
): Promise<Answer> {
  if (isGameMessage(message)) return answerGame(message, seat);
  const { house, scene, place, scopes } = seat;
  const { engine, library } = house;
  switch (message.type) {
    case 'cast':
      await (message.present
        ? engine.summon(place, message.character)
        : engine.dismiss(scene, message.character));
      return DONE;
    case 'say':
    case 'act':
    case 'whisper':
      return heardAnswer(await house.lineKeys.once(message.key, () => hear(message, seat)));
    case 'next':
      await engine.next(place, message.who);
      return DONE;
    case 'stop':
      await engine.stop(scene);
      return DONE;
    case 'retry':
      await engine.retry(scene);
      return DONE;
    case 'swipe':
      await engine.past.swipe(
        await placeOfNewest(message.beat, seat),
        message.step,
        askerOf(seat),
        message.beat,
      );
      return DONE;
    case 'rate': {
      const thumb = message.thumb ?? undefined;
      const outcome = await engine.choices.vote(scene, message.beat, thumb, askerOf(seat));
      return { type: 'rated', beat: message.beat, counted: outcome === 'counted' };
    }
    case 'rewind':
      await engine.past.rewind(scene, message.beat);
      return DONE;
    case 'reword':
      await engine.past.reword(scene, message.beat, message.text, askerOf(seat));
      return DONE;
    case 'undo':
      await engine.past.undo(scene, message.beat);
      return DONE;
    case 'command':
      return runCommand(message.text, seat);
    case 'complete': {
      const found = await completeTypedCommand(message.text, house.commands, commandContext(seat));
      return { type: 'completions', completions: found.map((one) => ({ ...one })) };
    }
    case 'history': {
      const before = (await engine.replay(scene)).filter(({ n }) => n < message.before);
      const earlier = await seat.sight.perceived(before);
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
    case 'share': {
      const keepsake = await gatherKeepsake(engine, library, scene, askerOf(seat));
      const name = `${keepsakeName(keepsake)}.html`;
      const html = renderKeepsakeHtml(keepsake);
      return { type: 'share', name, html, thoughts: keepsake.thoughts !== undefined };
    }
    case 'xray':
      return DONE;
    case 'offers':
      return { type: 'offers', offers: [...(await house.offers())] };
    case 'connect':
      return connect(message, seat);
    case 'models':
    case 'model-fetch':
    case 'model-stop':
      return answerModels(message, seat);
    case 'world-list':
    case 'world-open':
    case 'world-export':
    case 'world-delete':
      return answerWorld(message, seat);
    case 'story':
    case 'story-look':
    case 'branch':
      return answerStory(message, seat);
    case 'why':
    case 'memory':
      return answerBehind(message, seat);
    case 'settings':
      return answerSettings(message, seat);
    default:
      return answerCard(message, seat);
  }
}

async function hear(
  message: ClientMessageOf<'say'> | ClientMessageOf<'act'> | ClientMessageOf<'whisper'>,
  { house, scene, place, player }: Seat,
): Promise<Heard> {
  const { engine, room } = house;
  const { text } = message;
  if (message.type === 'whisper') {
    const result = await engine.whisper(place, { player, text, to: message.to });
    // Those who look at this scene see the whisper in the minds that heard it.
    room.tell(scene, { type: 'changed' });
    return result;
  }
  const addressed = message.type === 'say' ? (message.addressed ?? []) : [];
  return engine.hear(place, { player, text, manner: message.type, addressed });
}

/** A swipe is asked for in the place where its line is the newest. */
async function placeOfNewest(beat: number, { house, scene }: Seat): Promise<string> {
  const { engine } = house;
  const rooms = (await engine.info(scene))?.rooms ?? [];
  for (const { id } of rooms) {
    if ((await engine.past.swipes(id))?.n === beat) return id;
  }
  return scene;
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
