import { say } from '../../words/text.ts';
import type { EngineRoom } from '../engine-room.ts';
import type { Access, PersonFacts, Standing } from './access-api.ts';
import { blockWords, THE_BOT, timeOf } from './block-words.ts';
import { createBlocks } from './blocks.ts';
import { createFloodCount } from './flood-count.ts';
import { closedBy, refusalIn } from './refusal-in.ts';

/** The so-and-so-manieth thing in half a minute is warned of; who goes on after it is held off for so long. */
const WARNED_AT = 15;
const HELD_OFF_MS = 5 * 60_000;
/** In place of a server where a person is alone with the bot. */
const ALONE = 'alone';

export function createAccess(room: EngineRoom): Access {
  const now = () => room.clock.now();
  const blocks = createBlocks(room.options.store, now);
  const asked = createFloodCount(now);

  async function moderates(server: string | undefined, person: PersonFacts): Promise<boolean> {
    if (isTrusted(person)) return true;
    if (server === undefined) return false;
    // Who moderates is the same in all of a server, so any place of it will do.
    const { moderatorRoles } = await room.settings.rules({ stage: 'discord', server, scene: 'discord:' });
    return hasOneOf(person, moderatorRoles);
  }

  async function holdOff(server: string, person: PersonFacts): Promise<void> {
    const { until = now() } = await blocks.block(server, person.id, { by: THE_BOT, lasts: HELD_OFF_MS });
    room.audit.note(server === ALONE ? undefined : server, {
      kind: 'blocked',
      text: say('Someone asked for too much at once and is held off until {{when}}.', {
        when: timeOf(until, 'f'),
      }),
      by: person.id,
    });
  }

  return {
    ...blocks,
    async standing(place, person): Promise<Standing> {
      if (isTrusted(person)) return { moderator: true, creator: true };
      const { server } = place;
      // Where there is no server there are no lists: it is somebody's own machine, or the bot's direct messages.
      if (place.stage !== 'discord' || server === undefined) return { moderator: false, creator: false };
      const block = await blocks.blocked(server, person.id);
      if (block) return { moderator: false, creator: false, ...blockWords(block) };
      const rules = await room.settings.rules(place);
      if (hasOneOf(person, rules.moderatorRoles)) return { moderator: true, creator: true };
      const refusal = refusalIn(rules, place, person);
      return {
        moderator: false,
        creator: hasOneOf(person, rules.creatorRoles),
        ...(refusal === undefined ? {} : { refusal }),
      };
    },
    async closed(place) {
      if (place.stage !== 'discord' || place.server === undefined) return undefined;
      return closedBy(await room.settings.rules(place), place);
    },
    async act(server, person, at = now()) {
      if (isTrusted(person)) return 'fine';
      const where = server ?? ALONE;
      const block = await blocks.blocked(where, person.id);
      if (block?.by === THE_BOT) return 'held-off';
      const who = `${where}/${person.id}`;
      const times = asked.more(who, at);
      if (times < WARNED_AT || (!block && (await moderates(server, person)))) return 'fine';
      if (times === WARNED_AT) return 'warned';
      // A moderator's own block is not to end with this one.
      if (!block) {
        await holdOff(where, person);
        asked.forget(who);
      }
      return 'held-off';
    },
  };
}

/** They are never refused anything that lists or blocks say. */
function isTrusted({ manager = false, operator = false }: PersonFacts): boolean {
  return manager || operator;
}

function hasOneOf({ roles = [] }: PersonFacts, wanted: readonly string[]): boolean {
  return roles.some((role) => wanted.includes(role));
}
