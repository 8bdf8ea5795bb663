import { PlayerError } from '../../errors.ts';
import { type Actor, type ActorId, isCharacterId, isPlayerId, playerActorId } from '../../scene/beat.ts';
import { say } from '../../words/text.ts';
import { type EngineRoom, kindOf } from '../engine-room.ts';
import type { LiveScene } from '../live-scene.ts';
import type { Within } from '../within.ts';
import type { Choice } from './choice.ts';
import { choiceKey, isOfLog, isOfPerson } from './choice-key.ts';
import { createChoiceShelf } from './choice-shelf.ts';
import type { Choices, Chosen } from './choices-api.ts';
import { joinedWith, makeChoice } from './make-choice.ts';

export function createChoices(room: EngineRoom, { within }: Within): Choices {
  const shelf = createChoiceShelf(room.options.store);

  /** In turn with what is erased: who takes their wish back meanwhile is not written down. */
  function write(live: LiveScene, chosen: Chosen, person: string): Promise<boolean> {
    return shelf.inTurn(async () => {
      if (!wasThere(live, chosen.n, person) || !(await room.privacy.countsChoices(person))) return false;
      const made = await makeChoice(room, live, chosen, person);
      if (!made) return false;
      const key = choiceKey(live.record.log, person, aboutOf(live, chosen));
      const before = isBetweenVersions(chosen) ? await shelf.read(key) : undefined;
      await shelf.put(key, before ? joinedWith(before, made) : made);
      room.log.info('choice-counted', { scene: live.record.id, beat: chosen.n, what: chosen.what });
      return true;
    });
  }

  return {
    vote: (id, n, thumb, by) =>
      within(id, async (live) => {
        const { first, speaker, standing } = lineOf(live, n, by.id);
        if (!(await room.privacy.countsChoices(by.id))) return 'uncounted';
        if (thumb === undefined) {
          await shelf.inTurn(() => shelf.remove(choiceKey(live.record.log, by.id, thumbOf(standing))));
          return 'counted';
        }
        const versions = thumb === 'up' ? { better: standing, worse: [] } : { worse: [standing] };
        const chosen = { what: thumb, n: first, speaker, ...versions };
        return (await write(live, chosen, by.id)) ? 'counted' : 'uncounted';
      }),
    takeBack: (id, n, thumb, { id: person }) =>
      within(id, ({ record: { log } }) =>
        shelf.inTurn(async () => {
          const mine = isOfPerson(person);
          const ofLog = isOfLog(log);
          for (const key of await shelf.keys((one) => ofLog(one) && mine(one))) {
            const found = await shelf.read(key);
            if (found?.n === n && found.what === thumb) await shelf.remove(key);
          }
        }),
      ),
    async note(live, chosen, by) {
      try {
        await write(live, chosen, by.id);
      } catch (error) {
        room.log.warn('choice-not-counted', { scene: live.record.id, error: kindOf(error) });
      }
    },
    async countedOf(people) {
      const counted: ActorId[] = [];
      for (const id of people) if (await isCounted(id)) counted.push(id);
      return counted;
    },
    async of(person) {
      const found: Choice[] = [];
      for (const key of await shelf.keys(isOfPerson(person))) {
        const choice = await shelf.read(key);
        if (choice) found.push(choice);
      }
      return found.sort((one, other) => one.at - other.at);
    },
    erase: shelf.erase,
  };

  async function isCounted(id: ActorId): Promise<boolean> {
    if (!isPlayerId(id)) return false;
    try {
      return await room.privacy.countsChoices(id.slice(playerActorId('').length));
    } catch (error) {
      // Of whom it cannot be read, nothing is written either.
      room.log.warn('consent-not-read', { error: kindOf(error) });
      return false;
    }
  }
}

/** A scene's card names those of its players whose choices are counted: of who only looks on, none are. */
function wasThere({ minds }: LiveScene, n: number, person: string): boolean {
  return minds.people.get(playerActorId(person))?.place(n) !== undefined;
}

type Line = { readonly first: number; readonly speaker: Actor; readonly standing: number };

/** The line that a beat is a version of, as somebody witnessed it. @throws PlayerError where they did not */
function lineOf(live: LiveScene, n: number, person: string): Line {
  const view = live.minds.people.get(playerActorId(person));
  const place = view?.place(n);
  const entry = place && view?.at(place.n);
  if (!place || entry?.kind !== 'line' || !entry.speaker || !isCharacterId(entry.speaker.id) || entry.unheard)
    throw new PlayerError(
      say('#{{n}} is no line of a character that you were there for. /enter takes you into the scene.', {
        n,
      }),
    );
  return { first: place.n, speaker: entry.speaker, standing: live.state.standing.get(place.n) ?? place.n };
}

function isBetweenVersions({ what }: Chosen): boolean {
  return what === 'swipe' || what === 'pick';
}

function aboutOf(live: LiveScene, { what, n, better, worse }: Chosen): string {
  if (what === 'up' || what === 'down') return thumbOf(better ?? worse[0] ?? n);
  // Each edit is one, of what stood then.
  return what === 'edit' ? `${better ?? n}/edit/${live.state.beats}` : `${n}/versions`;
}

function thumbOf(version: number): string {
  return `${version}/thumb`;
}
