import { findAddressed } from '../director/address.ts';
import { PlayerError } from '../errors.ts';
import { perceptible } from '../format/perceptible.ts';
import { isOutOfCharacter, readPlayerLine } from '../format/player-line.ts';
import type { VisibleSegment } from '../format/segments.ts';
import { leadLine } from '../performer/understudy/lead-line.ts';
import {
  type ActorId,
  characterActorId,
  isCharacterId,
  MAIN_PLACE,
  type NewBeat,
  type PlaceId,
  playerActorId,
} from '../scene/beat.ts';
import { charactersAwake } from '../scene/presence.ts';
import { say } from '../words/text.ts';
import { refusedHere } from './access/refused-here.ts';
import { personInLog } from './audit/called-in-log.ts';
import { noteWhisper } from './audit/note-whisper.ts';
import { beatOfMessage } from './beat-of-message.ts';
import { addresseeOf } from './card-of.ts';
import type { Heard, PlayerLine, Whisper } from './engine-api.ts';
import { type EngineRoom, inPlace, nowBefore, openly, recordAndShow, tell } from './engine-room.ts';
import { answerSoon, doneTyping } from './gather.ts';
import { heldWords, unheardAs, unheardWords } from './guard/held-words.ts';
import { joinScene } from './join-scene.ts';
import { append, type LiveScene } from './live-scene.ts';
import type { Player } from './player.ts';
import { reservedIn } from './reserved-names.ts';
import { scriptOf } from './script-of.ts';
import { breakIn } from './turn/turn-loop.ts';

/**
 * A player's line, in the scene's mailbox: heard once, from those who take part, made harmless,
 * recorded, answered.
 */
export async function hearLine(
  room: EngineRoom,
  live: LiveScene,
  line: PlayerLine,
  place: PlaceId,
): Promise<Heard> {
  doneTyping(live, line.player.id);
  const refused = refuse(room, live, line);
  if (refused) return refused;
  if (isOutOfCharacter(line.text)) return { heard: false, because: 'out-of-character' };
  const addressed = await addressedBy(room, live, line, place);
  const here = live.state.people.get(playerActorId(line.player.id))?.present ?? false;
  if (!here && addressed.length === 0 && live.record.stage === 'discord') {
    return { heard: false, because: 'bystander' };
  }
  const segments = readSegments(room, live, line);
  if (segments.length === 0) return { heard: false, because: 'empty' };
  const away = await turnedAway(room, live, line, place);
  if (away) return away;
  if (!(await mayStillSpeak(room, live, line.player))) return { heard: false, because: 'limit' };

  const speaker = await joinScene(room, live, line.player, place);
  const cue = place === MAIN_PLACE ? scriptCue(room, live, { text: perceptible(line.text) }) : undefined;
  return take(room, live, !here, {
    ...openly(room, live, place, speaker.id),
    kind: 'line',
    speaker,
    turn: `p${live.state.beats + 1}`,
    segments,
    ...sourceOf(line),
    // What the script answers is answered by the script.
    ...(cue === undefined ? { addressed } : { cue }),
  });
}

/** A whisper, in the scene's mailbox: its addressees and the whisperer witness it and nobody else. */
export async function hearWhisper(
  room: EngineRoom,
  live: LiveScene,
  whisper: Whisper,
  place: PlaceId,
): Promise<Heard> {
  doneTyping(live, whisper.player.id);
  const refused = refuse(room, live, whisper);
  if (refused) return refused;
  const to = [...new Set(whisper.to)].map((cardId) => {
    const person = live.state.people.get(characterActorId(cardId));
    const name = room.libraryOf(live.record).character(cardId)?.name ?? cardId;
    if (!person?.present)
      throw new PlayerError(say('{{name}} is not in the scene. /cast shows who is.', { name }));
    if (person.place !== place)
      throw new PlayerError(say('{{name}} is not here. /map shows who is where.', { name }));
    if (person.condition === 'asleep')
      throw new PlayerError(say('{{name}} is asleep and would not hear it.', { name }));
    return person.actor;
  });
  if (to.length === 0) throw new PlayerError('A whisper needs someone to hear it.');
  const segments = readSegments(room, live, whisper);
  if (segments.length === 0) return { heard: false, because: 'empty' };
  const away = await turnedAway(room, live, whisper, place);
  if (away) return away;
  if (!(await mayStillSpeak(room, live, whisper.player))) return { heard: false, because: 'limit' };

  const here = live.state.people.get(playerActorId(whisper.player.id))?.present ?? false;
  const speaker = await joinScene(room, live, whisper.player, place);
  const cue =
    place === MAIN_PLACE
      ? scriptCue(room, live, { text: perceptible(whisper.text), whisperedTo: whisper.to })
      : undefined;
  const addressed = to.map((hearer) => hearer.id);
  return take(room, live, !here, {
    ...nowBefore(room, live, [speaker.id, ...addressed]),
    ...inPlace(place),
    kind: 'whisper',
    speaker,
    to,
    turn: `p${live.state.beats + 1}`,
    segments,
    ...sourceOf(whisper),
    ...(cue === undefined ? { addressed } : { cue }),
  });
}

function refuse(
  room: EngineRoom,
  live: LiveScene,
  { text, source }: { readonly text: string; readonly source?: string },
): Heard | undefined {
  if (source !== undefined && live.state.sources.has(source)) return { heard: false, because: 'repeat' };
  if (live.record.status === 'ended') return { heard: false, because: 'ended' };
  if (live.record.status === 'paused') return { heard: false, because: 'paused' };
  if (!text.trim()) return { heard: false, because: 'empty' };
  room.closing.throwIfAborted();
  return undefined;
}

/** Whom a line calls: by mention or menu, by reply, by name; first called first. */
async function addressedBy(
  room: EngineRoom,
  live: LiveScene,
  line: PlayerLine,
  place: PlaceId,
): Promise<ActorId[]> {
  const { store } = room.options;
  const library = room.libraryOf(live.record);
  const present = charactersAwake(live.state.people, place);
  const called: ActorId[] = (line.addressed ?? []).map(characterActorId);
  if (line.replyTo !== undefined) {
    const n = await beatOfMessage(live, store, line.replyTo);
    const entry = n === undefined ? undefined : live.minds.openly(n);
    if (entry?.speaker && isCharacterId(entry.speaker.id)) called.push(entry.speaker.id);
  }
  const addressees = present.map((actor) => addresseeOf(library, actor));
  called.push(...findAddressed(perceptible(line.text).slice(0, 4000), addressees));
  const there = new Set(present.map((actor) => actor.id));
  return [...new Set(called)].filter((id) => there.has(id));
}

function readSegments(
  room: EngineRoom,
  live: LiveScene,
  { text, manner }: { readonly text: string; readonly manner?: 'say' | 'act' },
): VisibleSegment[] {
  const segments = readPlayerLine(text, reservedIn(room.libraryOf(live.record), live));
  if (manner !== 'act') return segments;
  const whole = segments.map((segment) => segment.text).join(' ');
  return whole ? [{ kind: 'action', text: whole }] : [];
}

function scriptCue(
  room: EngineRoom,
  live: LiveScene,
  move: Parameters<typeof leadLine>[2],
): string | undefined {
  const script = room.modelsFor(live.record).actor
    ? undefined
    : scriptOf(room.libraryOf(live.record), live.record);
  return script && leadLine(script, live.state.cue, move, live.state.cues);
}

function sourceOf({ source }: { readonly source?: string }): { source?: string } {
  return source === undefined ? {} : { source };
}

/** Records what was said, and lets the cast answer it. What came from the surface stands there already. */
async function take(room: EngineRoom, live: LiveScene, joined: boolean, beat: NewBeat): Promise<Heard> {
  const recorded =
    beat.source === undefined
      ? await recordAndShow(room, live, beat)
      : await append(live, room.options.store, beat);
  const { n } = recorded;
  if (recorded.kind === 'whisper') noteWhisper(room, live.record, recorded);
  // By the message's id it is found again, also when another scene plays here.
  if (beat.source !== undefined) {
    const { id, log } = live.record;
    await room.options.store.put('heard', beat.source, { scene: id, log, n });
  }
  // Where no other turn may begin, the one in the making comes to its end; after the next start this is answered.
  if (!room.finishing) {
    breakIn(room, live);
    answerSoon(room, live);
  }
  return { heard: true, beat: n, joined };
}

/**
 * Whether the cast may hear this person at all, and these words: their own wish, the room's rules of
 * who plays, its rules of words. What is not heard is recorded nowhere.
 */
async function turnedAway(
  room: EngineRoom,
  live: LiveScene,
  { player, text }: { readonly player: Player; readonly text: string },
  place: PlaceId,
): Promise<Heard | undefined> {
  const { record } = live;
  if (await room.privacy.optedOut(player.id)) return { heard: false, because: 'opted-out' };
  if (await refusedHere(room, live, player, place)) return { heard: false, because: 'not-allowed' };
  const held = await room.guard.input(record, text, room.closing, player);
  if (!held) return undefined;
  room.log.info('input-held-back', { scene: record.id, because: held.because });
  room.audit.note(record.server, {
    kind: 'held-back',
    text: say('What {{who}} wrote was held back: {{why}}.', {
      who: personInLog(player.id),
      why: heldWords(held),
    }),
    scene: record.id,
    by: player.id,
  });
  await tell(room, live, {
    kind: 'limit',
    text: unheardWords(held),
    only: player.id,
  });
  return { heard: false, because: unheardAs(held) };
}

async function mayStillSpeak(room: EngineRoom, live: LiveScene, player: Player): Promise<boolean> {
  const stop = await room.budgets.takeLine(live.record, player.id);
  if (!stop) return true;
  room.log.info('budget-stop', { scene: live.record.id, meter: stop.meter.name });
  // Moderators read it once. The player is answered each time; a surface where that is many lines tells it now and then.
  stop.first();
  await tell(room, live, { kind: 'limit', text: stop.text, only: player.id });
  return false;
}
