import type { PersonFacts } from '../../src/engine/access/access-api.ts';
import { THE_BOT, timeOf } from '../../src/engine/access/block-words.ts';
import type { CommandAction, CommandContext, CommandOption } from '../../src/engine/command/command.ts';
import { readDuration } from '../../src/engine/command/duration.ts';
import { textOf, wordsOf } from '../../src/engine/command/read-values.ts';
import { PlayerError } from '../../src/errors.ts';
import { playerActorId } from '../../src/scene/beat.ts';
import { type Message, say, type Text } from '../../src/words/text.ts';

/** So many are listed; who moderates more than that looks for one by name. */
const MOST_LISTED = 25;
const YEAR_MINUTES = 365 * 24 * 60;

/** `/dramatis block`. */
export const block: CommandAction = {
  description: 'Let somebody play no longer in this server: nobody hears what they write',
  options: [
    person('Whom'),
    {
      name: 'reason',
      description: 'Why; they and the moderators read it',
      type: 'text',
      placed: true,
      max: 200,
    },
    {
      name: 'for',
      description: 'How long: 2 hours, 3 days, a week; left out, until you unblock them',
      type: 'text',
      max: 40,
    },
  ],
  allowed: 'moderator',
  async run(context, values) {
    const { engine, who, reply } = context;
    const server = serverOf(context);
    const id = idOf(wordsOf(values, 'person'));
    await checkMayBlock(context, id);
    const lasts = lastingOf(textOf(values, 'for'));
    const reason = textOf(values, 'reason');
    const { until } = await engine.access.block(server, id, {
      by: who.id,
      ...(lasts === undefined ? {} : { lasts }),
      ...(reason === undefined ? {} : { reason }),
    });
    await takeOut(context, server, id);
    const blocked =
      until === undefined
        ? say('{{person}} may not play here any more.', { person: mention(id) })
        : say('{{person}} may not play here until {{when}}.', {
            person: mention(id),
            when: timeOf(until, 'f'),
          });
    engine.audit.note(server, {
      kind: 'blocked',
      text: blocked,
      by: who.id,
      ...(reason === undefined ? {} : { quote: reason, about: [who.id, id] }),
    });
    await reply([blocked, 'What they write is neither heard nor kept. /dramatis unblock ends that.']);
  },
};

/** `/dramatis unblock`. */
export const unblock: CommandAction = {
  description: 'Let somebody play again whom a moderator or the bot holds off',
  options: [person('Whom')],
  allowed: 'moderator',
  async run(context, values) {
    const { engine, who, reply } = context;
    const server = serverOf(context);
    const id = idOf(wordsOf(values, 'person'));
    if (!(await engine.access.unblock(server, id))) {
      throw new PlayerError(say('{{person}} is not blocked here.', { person: mention(id) }));
    }
    const text = say('{{person}} may play here again.', { person: mention(id) });
    engine.audit.note(server, { kind: 'blocked', text, by: who.id });
    await reply(text);
  },
};

/** `/dramatis blocks`. */
export const blocks: CommandAction = {
  description: 'Who may not play in this server, since when, and why',
  options: [],
  allowed: 'moderator',
  async run(context) {
    const found = await context.engine.access.blocks(serverOf(context));
    if (found.length === 0) {
      await context.reply('Nobody is blocked in this server.');
      return;
    }
    const listed = found.slice(0, MOST_LISTED).map(({ person: id, block: { by, at, until, reason } }) => {
      const values = {
        person: mention(id),
        since: timeOf(at, 'f'),
        by: by === THE_BOT ? say('the bot, for asking too much at once') : mention(by),
      };
      const line: Message =
        until === undefined
          ? say('{{person}} since {{since}}, by {{by}}', values)
          : say('{{person}} since {{since}} until {{until}}, by {{by}}', {
              ...values,
              until: timeOf(until, 'f'),
            });
      return reason === undefined ? line : say('{{line}}: {{reason}}', { line, reason });
    });
    const more = found.length - listed.length;
    const rest: Text[] = more > 0 ? [say('And {{more}} more.', { more })] : [];
    await context.reply([...listed, ...rest]);
  },
};

function person(description: string): CommandOption {
  return { name: 'person', description, type: 'person', required: true, max: 100 };
}

/** @throws PlayerError where there are no servers */
function serverOf({ place }: CommandContext): string {
  if (place.server !== undefined) return place.server;
  throw new PlayerError('There is no server here: this is for Discord.');
}

/** @throws PlayerError where that names nobody */
function idOf(typed: string): string {
  const id = /^(?:<@!?)?(\d{15,21})>?$/u.exec(typed)?.[1];
  if (id !== undefined) return id;
  throw new PlayerError('Choose a member, or write their @mention or id.');
}

/**
 * Nobody blocks themselves, nor anyone who stands as high: whom a block would not hold, or who could
 * take it back.
 * @throws PlayerError saying why not
 */
async function checkMayBlock(context: CommandContext, id: string): Promise<void> {
  const { engine, place, who } = context;
  if (id === who.id) throw new PlayerError('You cannot block yourself. /leave takes you out of a scene.');
  // Who is not here may be blocked all the same: they might come.
  const theirs: PersonFacts = (await context.personFacts?.(id)) ?? { id };
  if (theirs.operator) throw new PlayerError('That is the operator of this bot, who cannot be blocked.');
  if (theirs.manager) throw new PlayerError('Members with Manage Server cannot be blocked.');
  const { moderator } = await engine.access.standing(place, theirs);
  if (moderator && !who.manager && !who.operator) {
    throw new PlayerError('That is a moderator: only members with Manage Server may block one.');
  }
}

/** Who is blocked takes part in no scene of that server any more. */
async function takeOut({ engine }: CommandContext, server: string, id: string): Promise<void> {
  for await (const record of engine.scenes()) {
    if (record.server !== server || record.status === 'ended') continue;
    const players = (await engine.info(record.id))?.players ?? [];
    const isThere = players.some(({ actor, present }) => present && actor.id === playerActorId(id));
    if (isThere) await engine.leave(record.id, id);
  }
}

/** Milliseconds. @throws PlayerError where that is no stretch of time, or none that a block is for */
function lastingOf(typed: string | undefined): number | undefined {
  if (typed === undefined) return undefined;
  const minutes = readDuration(typed);
  if (minutes > YEAR_MINUTES) {
    throw new PlayerError('A year is the most. Leave it out to block somebody until you unblock them.');
  }
  return minutes * 60_000;
}

function mention(id: string): string {
  return `<@${id}>`;
}
