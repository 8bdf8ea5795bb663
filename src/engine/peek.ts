import { PlayerError } from '../errors.ts';
import type { ThoughtSegment } from '../format/segments.ts';
import { cardIdOf, MAIN_PLACE, type PlaceId, playerActorId } from '../scene/beat.ts';
import { type Message, say } from '../words/text.ts';
import { whispersLogged } from './audit/note-whisper.ts';
import { thoughtsIn } from './backstage.ts';
import type { EngineRoom } from './engine-room.ts';
import type { LiveScene } from './live-scene.ts';
import type { Asker } from './player.ts';
import type { PeekPolicy } from './scene-record.ts';
import { levelsOfScene } from './settings/levels-of-place.ts';

/** Who may read what a character thought, in words that everyone in the room reads. */
export const PEEK_WORDS: Readonly<Record<PeekPolicy, Message>> = {
  nobody: say('nobody reads them'),
  owner: say('the scene’s owner and moderators may read them'),
  role: say('moderators and people with certain roles may read them'),
  everyone: say('everyone may read them'),
  after: say('everyone may read them when the scene has ended'),
};

/**
 * What the speaker of beat `n` thought in it, for those whom the policy for this character lets read
 * it. What was thought in a room tells of the room: it is for those who could see what happened there.
 * That they read it is noted for the moderators.
 * @param here the place where they ask
 * @throws PlayerError who may
 */
export function peek(
  room: EngineRoom,
  live: LiveScene,
  n: number,
  by: Asker,
  here: PlaceId,
): ThoughtSegment[] {
  if (!mayReadThoughts(room, live, n, by)) {
    const who = PEEK_WORDS[policyAt(room, live, n)];
    throw new PlayerError(say('Thoughts in this scene: {{who}}.', { who }));
  }
  const thoughts = thoughtsIn(live, n);
  if (thoughts.length > 0 && !couldSee(live, n, by, here)) {
    throw new PlayerError('That was in another place of this scene, and you were not there.');
  }
  const speaker = live.minds.openly(n)?.speaker;
  if (speaker && thoughts.length > 0) {
    room.audit.note(live.record.server, {
      kind: 'peeked',
      text: say('Read what {{who}} thought at #{{n}}.', { who: speaker.name, n }),
      scene: live.record.id,
      log: live.record.log,
      beat: n,
      by: by.id,
    });
  }
  return thoughts;
}

/**
 * Thoughts that everyone may read now, by beat: for what is handed around. Undefined where nobody's
 * in this scene are open to everyone.
 */
export function openThoughts(
  room: EngineRoom,
  live: LiveScene,
): ReadonlyMap<number, readonly string[]> | undefined {
  const cast = [...live.state.people.keys()].map(cardIdOf);
  if (!cast.some((cardId) => isOpen(room.rulesFor(live.record, cardId).peek, live))) return undefined;
  const found = new Map<number, readonly string[]>();
  for (let n = 1; n <= live.state.beats; n += 1) {
    const thoughts = thoughtsIn(live, n).map(({ text }) => text);
    if (thoughts.length > 0 && isOpen(policyAt(room, live, n), live)) found.set(n, thoughts);
  }
  return found;
}

/** Holds for the scene from now on, also when it has ended. */
export async function setPeek(room: EngineRoom, live: LiveScene, policy: PeekPolicy): Promise<void> {
  const level = levelsOfScene(live.record).find((one) => one.level === 'scene');
  if (level) await room.settings.set(level, 'peek', policy);
}

/** Whether somebody may read what was thought in beat `n`, as the scene's policy has it. */
export function mayReadThoughts(room: EngineRoom, live: LiveScene, n: number, by: Asker): boolean {
  return isOpen(policyAt(room, live, n), live) || isGranted(room, live, n, by);
}

/**
 * The plans behind the version that stands of beat `n`, one a draft: only where the operator turned
 * tracing on, only for moderators, and only for as long as this process remembers them. Of an answer to a
 * whisper only where moderators read those.
 */
export function plansOf(room: EngineRoom, live: LiveScene, n: number, by: Asker): readonly string[] {
  if (!room.options.tracing || !by.moderator) return [];
  const { record, state } = live;
  // The plan of an answer to a whisper says what was whispered.
  if (!live.minds.openly(n) && !whispersLogged(room, record)) return [];
  const drafts = room.traces.of(record.log, state.standing.get(n) ?? n);
  const plans = drafts.flatMap(({ systemThinking = '' }) => (systemThinking.trim() ? [systemThinking] : []));
  if (plans.length > 0) {
    room.audit.note(record.server, {
      kind: 'peeked',
      text: say('Read the plan behind #{{n}}.', { n }),
      scene: record.id,
      log: record.log,
      beat: n,
      by: by.id,
    });
  }
  return plans;
}

function policyAt(room: EngineRoom, live: LiveScene, n: number): PeekPolicy {
  const speaker = live.minds.openly(n)?.speaker;
  return room.rulesFor(live.record, speaker && cardIdOf(speaker.id)).peek;
}

function isOpen(policy: PeekPolicy, { record }: LiveScene): boolean {
  return policy === 'everyone' || (policy === 'after' && record.status === 'ended');
}

/** Who holds one of the roles, and moderators: not the owner, whom the server did not choose. */
function isGranted(room: EngineRoom, live: LiveScene, n: number, by: Asker): boolean {
  switch (policyAt(room, live, n)) {
    case 'owner':
      return rules(live, by);
    case 'role': {
      const { peekRoles } = room.rulesFor(live.record);
      return by.moderator || (by.roles ?? []).some((role) => peekRoles.includes(role));
    }
    default:
      return false;
  }
}

/** The main place is open to all; a room to who is in its thread, or was in it. */
function couldSee(live: LiveScene, n: number, by: Asker, here: PlaceId): boolean {
  if (rules(live, by) || live.minds.people.get(playerActorId(by.id))?.at(n)) return true;
  return [MAIN_PLACE, here].some((place) => live.minds.place(place).director.at(n) !== undefined);
}

/** Whether somebody rules the scene: its owner, and who moderates. */
export function rules({ record }: LiveScene, by: Asker): boolean {
  return by.moderator || by.id === record.owner;
}
