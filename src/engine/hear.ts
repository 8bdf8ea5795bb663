import { z } from 'zod';
import { namesOf } from '../cast/name-parts.ts';
import { findAddressed } from '../director/address.ts';
import { PlayerError } from '../errors.ts';
import { readPlayerLine } from '../format/player-line.ts';
import type { VisibleSegment } from '../format/segments.ts';
import { leadLine } from '../performer/understudy/lead-line.ts';
import { type Actor, type ActorId, characterActorId, isCharacterId, type NewBeat } from '../scene/beat.ts';
import { presentCharacters, witnessesNow } from '../scene/scene-state.ts';
import { takePlayerLine } from './caps.ts';
import { cardOf } from './card-of.ts';
import type { Heard, Player, PlayerLine, Whisper } from './engine-api.ts';
import { type EngineRoom, nowBefore, recordAndShow } from './engine-room.ts';
import { append, type LiveScene } from './live-scene.ts';
import { playerActor } from './player-actor.ts';
import { reservedNames } from './reserved-names.ts';
import { advance, cancel } from './turn/turn-loop.ts';

// A player may break in, but a lively table must not keep the cast from ever answering.
const INTERRUPTIONS = 2;

/**
 * A player's line, in the scene's mailbox: heard once, from those who take part, made harmless,
 * recorded, answered.
 */
export async function hearLine(room: EngineRoom, live: LiveScene, line: PlayerLine): Promise<Heard> {
  const refused = await refuse(room, live, line);
  if (refused) return refused;
  const addressed = await addressedBy(room, live, line);
  const known = live.state.people.get(playerId(line.player));
  if (!known?.present && addressed.length === 0 && live.record.stage === 'discord') {
    return { heard: false, because: 'bystander' };
  }
  if (!(await takePlayerLine(room, live.record, line.player.id))) {
    await tellLimit(room, live, line.player);
    return { heard: false, because: 'limit' };
  }
  const reserved = reservedNames(live, room.options.library);
  const segments = readSegments(line, reserved);
  if (segments.length === 0) return { heard: false, because: 'empty' };

  const joined = !known?.present;
  const actor = joined ? await joinScene(room, live, line.player) : known.actor;
  breakIn(room, live);
  const cue = scriptCue(room, live, { text: line.text });
  const beat = await take(room, live, {
    ...nowBefore(room, live, witnessesNow(live.state)),
    kind: 'line',
    speaker: actor,
    turn: `p${live.state.beats + 1}`,
    segments,
    ...(line.source === undefined ? {} : { source: line.source }),
    // What the script answers is answered by the script.
    ...(cue === undefined ? { addressed } : { cue }),
  });
  advance(room, live);
  return { heard: true, beat, joined };
}

/** A whisper, in the scene's mailbox: its addressees and the whisperer witness it and nobody else. */
export async function hearWhisper(room: EngineRoom, live: LiveScene, whisper: Whisper): Promise<Heard> {
  const refused = await refuse(room, live, whisper);
  if (refused) return refused;
  const to = whisper.to.map((cardId) => {
    const person = live.state.people.get(characterActorId(cardId));
    if (!person?.present) {
      const name = room.options.library.character(cardId)?.name ?? cardId;
      throw new PlayerError(`${name} is not in the scene. /cast shows who is.`);
    }
    return person.actor;
  });
  if (to.length === 0) throw new PlayerError('A whisper needs someone to hear it.');
  if (!(await takePlayerLine(room, live.record, whisper.player.id))) {
    await tellLimit(room, live, whisper.player);
    return { heard: false, because: 'limit' };
  }
  const segments = readSegments(whisper, reservedNames(live, room.options.library));
  if (segments.length === 0) return { heard: false, because: 'empty' };
  const known = live.state.people.get(playerId(whisper.player));
  const joined = !known?.present;
  const actor = joined ? await joinScene(room, live, whisper.player) : known.actor;
  breakIn(room, live);
  const cue = scriptCue(room, live, { text: whisper.text, whisperedTo: whisper.to });
  const addressed = to.map((hearer) => hearer.id);
  const beat = await take(room, live, {
    ...nowBefore(room, live, [actor.id, ...addressed]),
    kind: 'whisper',
    speaker: actor,
    to,
    turn: `p${live.state.beats + 1}`,
    segments,
    ...(whisper.source === undefined ? {} : { source: whisper.source }),
    ...(cue === undefined ? { addressed } : { cue }),
  });
  advance(room, live);
  return { heard: true, beat, joined };
}

/** Brings a player into the scene; from now on they are heard. Idempotent. */
export async function joinScene(room: EngineRoom, live: LiveScene, player: Player): Promise<Actor> {
  const known = live.state.people.get(playerId(player));
  if (known?.present) return known.actor;
  const taken = [...live.state.people.values()].map((person) => person.actor.name);
  const reserved = [
    ...reservedNames(live, room.options.library),
    ...taken.filter((name) => name !== known?.actor.name),
  ];
  const actor = playerActor(player, reserved);
  await recordAndShow(room, live, {
    ...nowBefore(room, live, [...witnessesNow(live.state), actor.id]),
    kind: 'entrance',
    actor,
    quiet: true,
  });
  const stage = room.stage(live.record);
  if (live.record.stage === 'discord') {
    await stage?.notice(live.record, {
      kind: 'heard',
      text: `${actor.name} has joined the scene: what they write here is now heard by the cast. (/scene leave ends that.)`,
    });
  }
  stage?.changed(live.record);
  return actor;
}

async function refuse(
  room: EngineRoom,
  live: LiveScene,
  { text, source }: { readonly text: string; readonly source?: string },
): Promise<Heard | undefined> {
  if (source !== undefined && live.state.sources.has(source)) return { heard: false, because: 'repeat' };
  if (live.record.status === 'ended') return { heard: false, because: 'ended' };
  if (live.record.status === 'paused') return { heard: false, because: 'paused' };
  if (!text.trim()) return { heard: false, because: 'empty' };
  room.closing.throwIfAborted();
  return undefined;
}

const messageSchema = z.object({ log: z.string(), n: z.int() });

/** Whom a line calls: by mention or menu, by reply, by name; first called first. */
async function addressedBy(room: EngineRoom, live: LiveScene, line: PlayerLine): Promise<ActorId[]> {
  const { library, store } = room.options;
  const present = presentCharacters(live.state);
  const called: ActorId[] = (line.addressed ?? []).map(characterActorId);
  if (line.replyTo !== undefined) {
    const message = messageSchema.safeParse(await store.get('message', line.replyTo));
    const here = message.success && message.data.log === live.record.log ? message.data.n : undefined;
    const n = live.state.sources.get(line.replyTo) ?? here;
    const entry = live.views.director.entries.findLast((candidate) => candidate.n === n);
    if (entry?.speaker && isCharacterId(entry.speaker.id)) called.push(entry.speaker.id);
  }
  const addressees = present.map((actor) => {
    const card = cardOf(library, actor.id);
    return { id: actor.id, names: card ? namesOf(card) : [actor.name] };
  });
  called.push(...findAddressed(line.text.slice(0, 4000), addressees));
  const there = new Set(present.map((actor) => actor.id));
  return [...new Set(called)].filter((id) => there.has(id));
}

function readSegments(
  { text, manner }: { readonly text: string; readonly manner?: 'say' | 'act' },
  reserved: readonly string[],
): VisibleSegment[] {
  const segments = readPlayerLine(text, reserved);
  if (manner !== 'act') return segments;
  const whole = segments.map((segment) => segment.text).join(' ');
  return whole ? [{ kind: 'action', text: whole }] : [];
}

/** What is being made is made anew with this line in view, unless some of it stands already. */
function breakIn(room: EngineRoom, live: LiveScene): void {
  if (!live.making || live.making.visible || live.interruptions >= INTERRUPTIONS) return;
  if (cancel(room, live)) live.interruptions += 1;
}

function scriptCue(
  room: EngineRoom,
  live: LiveScene,
  move: Parameters<typeof leadLine>[2],
): string | undefined {
  if (room.models().actor || live.record.script === undefined) return undefined;
  const script = room.options.library.scene(live.record.script);
  return script && leadLine(script, live.state.cue, move, live.state.cues);
}

/** A line that came from the surface stands there already; one that did not is shown. */
async function take(room: EngineRoom, live: LiveScene, beat: NewBeat): Promise<number> {
  const recorded =
    beat.source === undefined
      ? await recordAndShow(room, live, beat)
      : await append(live, room.options.store, beat);
  return recorded.n;
}

async function tellLimit(room: EngineRoom, live: LiveScene, player: Player): Promise<void> {
  await room.stage(live.record)?.notice(live.record, {
    kind: 'limit',
    text: `You have said ${room.limits.linesPerPlayerHour} lines in this hour; the cast hears you again in the next.`,
    only: player.id,
  });
}

function playerId(player: Player): ActorId {
  return `player:${player.id}`;
}
