import { findAddressed } from '../director/address.ts';
import { PlayerError } from '../errors.ts';
import { readPlayerLine } from '../format/player-line.ts';
import type { VisibleSegment } from '../format/segments.ts';
import { leadLine } from '../performer/understudy/lead-line.ts';
import { type ActorId, characterActorId, isCharacterId, type NewBeat, playerActorId } from '../scene/beat.ts';
import { presentCharacters, witnessesNow } from '../scene/scene-state.ts';
import { beatOfMessage } from './beat-of-message.ts';
import { takePlayerLine } from './caps.ts';
import { addresseeOf } from './card-of.ts';
import type { Heard, Player, PlayerLine, Whisper } from './engine-api.ts';
import { type EngineRoom, nowBefore, recordAndShow, tell } from './engine-room.ts';
import { joinScene } from './join-scene.ts';
import { append, type LiveScene } from './live-scene.ts';
import { everyoneIn, reservedNames } from './reserved-names.ts';
import { scriptOf } from './script-of.ts';
import { advance, breakIn } from './turn/turn-loop.ts';

/**
 * A player's line, in the scene's mailbox: heard once, from those who take part, made harmless,
 * recorded, answered.
 */
export async function hearLine(room: EngineRoom, live: LiveScene, line: PlayerLine): Promise<Heard> {
  const refused = refuse(room, live, line);
  if (refused) return refused;
  const addressed = await addressedBy(room, live, line);
  const here = live.state.people.get(playerActorId(line.player.id))?.present ?? false;
  if (!here && addressed.length === 0 && live.record.stage === 'discord') {
    return { heard: false, because: 'bystander' };
  }
  const segments = readSegments(room, live, line);
  if (segments.length === 0) return { heard: false, because: 'empty' };
  if (!(await mayStillSpeak(room, live, line.player))) return { heard: false, because: 'limit' };

  const speaker = await joinScene(room, live, line.player);
  const cue = scriptCue(room, live, { text: line.text });
  return take(room, live, !here, {
    ...nowBefore(room, live, witnessesNow(live.state)),
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
export async function hearWhisper(room: EngineRoom, live: LiveScene, whisper: Whisper): Promise<Heard> {
  const refused = refuse(room, live, whisper);
  if (refused) return refused;
  const to = [...new Set(whisper.to)].map((cardId) => {
    const person = live.state.people.get(characterActorId(cardId));
    if (person?.present) return person.actor;
    const name = room.options.library.character(cardId)?.name ?? cardId;
    throw new PlayerError(`${name} is not in the scene. /cast shows who is.`);
  });
  if (to.length === 0) throw new PlayerError('A whisper needs someone to hear it.');
  const segments = readSegments(room, live, whisper);
  if (segments.length === 0) return { heard: false, because: 'empty' };
  if (!(await mayStillSpeak(room, live, whisper.player))) return { heard: false, because: 'limit' };

  const here = live.state.people.get(playerActorId(whisper.player.id))?.present ?? false;
  const speaker = await joinScene(room, live, whisper.player);
  const cue = scriptCue(room, live, { text: whisper.text, whisperedTo: whisper.to });
  const addressed = to.map((hearer) => hearer.id);
  return take(room, live, !here, {
    ...nowBefore(room, live, [speaker.id, ...addressed]),
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
async function addressedBy(room: EngineRoom, live: LiveScene, line: PlayerLine): Promise<ActorId[]> {
  const { library, store } = room.options;
  const present = presentCharacters(live.state);
  const called: ActorId[] = (line.addressed ?? []).map(characterActorId);
  if (line.replyTo !== undefined) {
    const n = await beatOfMessage(live, store, line.replyTo);
    const entry = n === undefined ? undefined : live.views.director.at(n);
    if (entry?.speaker && isCharacterId(entry.speaker.id)) called.push(entry.speaker.id);
  }
  const addressees = present.map((actor) => addresseeOf(library, actor));
  called.push(...findAddressed(line.text.slice(0, 4000), addressees));
  const there = new Set(present.map((actor) => actor.id));
  return [...new Set(called)].filter((id) => there.has(id));
}

function readSegments(
  { options }: EngineRoom,
  live: LiveScene,
  { text, manner }: { readonly text: string; readonly manner?: 'say' | 'act' },
): VisibleSegment[] {
  const segments = readPlayerLine(text, reservedNames(options.library, everyoneIn(live)));
  if (manner !== 'act') return segments;
  const whole = segments.map((segment) => segment.text).join(' ');
  return whole ? [{ kind: 'action', text: whole }] : [];
}

function scriptCue(
  room: EngineRoom,
  live: LiveScene,
  move: Parameters<typeof leadLine>[2],
): string | undefined {
  const script = room.models().actor ? undefined : scriptOf(room.options.library, live.record);
  return script && leadLine(script, live.state.cue, move, live.state.cues);
}

function sourceOf({ source }: { readonly source?: string }): { source?: string } {
  return source === undefined ? {} : { source };
}

/** Records what was said, and lets the cast answer it. What came from the surface stands there already. */
async function take(room: EngineRoom, live: LiveScene, joined: boolean, beat: NewBeat): Promise<Heard> {
  const { n } =
    beat.source === undefined
      ? await recordAndShow(room, live, beat)
      : await append(live, room.options.store, beat);
  breakIn(room, live);
  advance(room, live);
  return { heard: true, beat: n, joined };
}

async function mayStillSpeak(room: EngineRoom, live: LiveScene, player: Player): Promise<boolean> {
  if (await takePlayerLine(room, live.record, player.id)) return true;
  await tell(room, live, {
    kind: 'limit',
    text: `You have said ${room.limits.linesPerPlayerHour} lines in this hour; the cast hears you again in the next.`,
    only: player.id,
  });
  return false;
}
