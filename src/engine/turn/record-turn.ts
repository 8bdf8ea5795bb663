import { findAddressed } from '../../director/address.ts';
import { findVocatives } from '../../director/vocative.ts';
import type { PresenceChange } from '../../performer/environment-reply.ts';
import {
  type Actor,
  type ActorId,
  type BeatOf,
  ENVIRONMENT,
  isCharacterId,
  type NewBeat,
} from '../../scene/beat.ts';
import { charactersAwake, playersIn } from '../../scene/presence.ts';
import { placeOf, talkIn } from '../../scene/scene-state.ts';
import { StoreError } from '../../store/scene-store.ts';
import { noteWhisper } from '../audit/note-whisper.ts';
import { addresseeOf } from '../card-of.ts';
import { type EngineRoom, inPlace, nowBefore, openly, recordAndShow } from '../engine-room.ts';
import { append, type LiveScene, type Making } from '../live-scene.ts';
import { tellLoreLeft } from '../lore/tell-lore-left.ts';
import { putBeside, standInstead } from '../past/stand-instead.ts';
import { handOver } from './hand-over.ts';
import type { MadeTurn } from './made-turn.ts';

/**
 * Takes a finished turn into the log and shows it: a line, an answer to a whisper for one pair of
 * ears, another version of a line, or a narration with what it changed. Returns its beat, and those of
 * the candidates behind it, which are kept as versions of a line, as far as they could be.
 * @throws StoreError where it could not be recorded
 */
export async function recordTurn(
  room: EngineRoom,
  live: LiveScene,
  making: Making,
  actor: Actor,
  made: MadeTurn,
): Promise<readonly number[]> {
  await room.budgets.countTurn(live.record, making.payer);
  room.log.info('turn-finished', {
    scene: live.record.id,
    turn: making.turn,
    character: actor.id,
    model: made.made.by,
  });
  if (actor.id === ENVIRONMENT.id) return [await recordNarration(room, live, making, made)];
  // What stands in the log was told.
  const tellsLore = made.made.loreLeft !== undefined && !live.state.lackedLore.has(actor.id);
  if (making.instead !== undefined) {
    const addressed = addressedBy(room, live, making, actor, made);
    const n = await standInstead(room, live, making.instead, made, addressed);
    if (tellsLore) await tellLoreLeft(room, live, actor, making);
    return [n];
  }
  // A whisper that came while a line for everyone was being made is answered by the next.
  const whisperer = making.quiet ? talkIn(live.state, making.place).whispered.get(actor.id) : undefined;
  if (whisperer) return [await recordAnswer(room, live, making, actor, whisperer, made)];
  const addressed = addressedBy(room, live, making, actor, made);
  const beat = await recordAndShow(room, live, {
    ...openly(room, live, making.place, actor.id),
    ...common(made),
    kind: 'line',
    speaker: actor,
    turn: making.turn,
    segments: [...made.turn.segments],
    ...overtaken(live, making),
    ...(addressed.length > 0 ? { addressed } : {}),
  });
  const others = beat.kind === 'line' ? await keepOthers(room, live, making, actor, beat, made) : [];
  if (tellsLore) await tellLoreLeft(room, live, actor, making);
  return [beat.n, ...others];
}

/** The candidates that were not chosen are versions of the line that can be swiped to, the best first. */
async function keepOthers(
  room: EngineRoom,
  live: LiveScene,
  making: Making,
  actor: Actor,
  first: BeatOf<'line'>,
  { others = [] }: MadeTurn,
): Promise<readonly number[]> {
  const kept: number[] = [];
  try {
    for (const other of others) {
      const addressed = addressedBy(room, live, making, actor, other);
      const facts = { made: other.made, ...(addressed.length > 0 ? { addressed } : {}) };
      const beat = await putBeside(room, live, first, other.turn.segments, facts);
      kept.push(beat.n);
    }
  } catch (error) {
    // The line stands; it has fewer versions.
    if (!(error instanceof StoreError)) throw error;
    room.log.warn('versions-not-kept', { scene: live.record.id, turn: making.turn });
  }
  if (kept.length > 0) room.stage(live.record)?.changed(live.record);
  return kept;
}

/** Who was whispered to answers in a whisper: only the whisperer hears it. */
async function recordAnswer(
  room: EngineRoom,
  live: LiveScene,
  making: Making,
  actor: Actor,
  to: Actor,
  made: MadeTurn,
): Promise<number> {
  const beat = await append(live, room.options.store, {
    ...nowBefore(room, live, [actor.id, to.id]),
    ...inPlace(making.place),
    ...common(made),
    kind: 'whisper',
    speaker: actor,
    to: [to],
    turn: making.turn,
    segments: [...made.turn.segments],
    ...overtaken(live, making),
  });
  if (beat.kind === 'whisper') {
    noteWhisper(room, live.record, beat);
    await handOver(room, live, beat);
  }
  return beat.n;
}

async function recordNarration(
  room: EngineRoom,
  live: LiveScene,
  making: Making,
  made: MadeTurn,
): Promise<number> {
  const text = made.turn.segments
    .filter((segment) => segment.kind !== 'thought')
    .map((segment) => segment.text)
    .join(' ');
  const beat = await recordAndShow(room, live, {
    ...openly(room, live, making.place),
    ...common(made),
    kind: 'narration',
    speaker: ENVIRONMENT,
    text,
  });
  for (const change of made.changes ?? []) await recordChange(room, live, making, change);
  return beat.n;
}

/** What the Environment told of who comes and goes; a person can undo each. */
async function recordChange(
  room: EngineRoom,
  live: LiveScene,
  { place }: Making,
  { actor: id, what, how }: PresenceChange,
): Promise<void> {
  const person = live.state.people.get(id);
  // Players come and go as they please.
  if (!person || !isCharacterId(id)) return;
  const here = person.present && placeOf(live.state, id) === place;
  const { actor } = person;
  const told = how ? { text: how } : {};
  const common = {
    ...openly(room, live, place, what === 'enters' ? id : undefined),
    actor,
    inferred: true,
    ...told,
  };
  // What is so already does not change.
  let beat: NewBeat | undefined;
  if (what === 'enters') {
    if (!person.present) beat = { ...common, kind: 'entrance' };
  } else if (here && what === 'leaves') {
    beat = { ...common, kind: 'exit' };
  } else if (here && what !== 'leaves' && person.condition !== CONDITIONS[what]) {
    beat = { ...common, kind: 'change', condition: CONDITIONS[what] };
  }
  if (beat) await recordAndShow(room, live, beat);
}

const CONDITIONS = { sleeps: 'asleep', wakes: 'awake', apart: 'apart', near: 'awake' } as const;

/** Whom the line calls: by its own words, or because the draft began to speak for them. */
function addressedBy(
  room: EngineRoom,
  live: LiveScene,
  making: Making,
  actor: Actor,
  { turn, called }: Pick<MadeTurn, 'turn' | 'called'>,
): ActorId[] {
  const others = charactersAwake(live.state.people, making.place).filter(({ id }) => id !== actor.id);
  const addressees = others.map((other) => addresseeOf(room.libraryOf(live.record), other));
  const speech = turn.segments.filter(({ kind }) => kind === 'speech').map(({ text }) => text);
  const cut = called === undefined ? [] : findAddressed(called, addressees);
  return [...new Set([...cut, ...findVocatives(speech.join('\n'), addressees)])];
}

/** Whether a player spoke there while the turn was made, too late to break it off. */
function overtaken({ state }: LiveScene, { place, since }: Making): { overtaken?: boolean } {
  const spoke = playersIn(state.people, place).some(({ id }) => (state.lastSpoke.get(id) ?? 0) > since);
  return spoke ? { overtaken: true } : {};
}

function common({ made, cue }: MadeTurn) {
  return { made, ...(cue === undefined ? {} : { cue }) };
}
