import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { commands } from '../../../commands/index.ts';
import {
  type Command,
  type CommandAction,
  type CommandContext,
  type Rank,
  runAction,
} from '../../../src/engine/command/command.ts';
import { PlayerError } from '../../../src/errors.ts';
import type { Channel, Role, User } from '../../doubles/discord/world/entities.ts';
import { openTheatre, type Theatre } from './discord-theatre.ts';

/**
 * Who must at least be asking for each action of each command, written down apart from the commands. A
 * command that is not in here fails. What ends in `+dm` is also there in the bot's direct messages.
 */
const EXPECTED: Readonly<Record<string, Rank | `${Rank}+dm`>> = {
  'scene start': 'moderator',
  'scene demo': 'moderator',
  'scene info': 'anyone',
  'scene enter': 'anyone',
  'scene leave': 'everyone',
  'scene import': 'moderator',
  'scene export': 'player',
  'scene recap': 'player',
  'scene thoughts': 'owner',
  'scene replay': 'owner',
  'scene report': 'owner',
  'scene room': 'owner',
  'scene pause': 'owner',
  'scene continue': 'owner',
  'scene end': 'owner',
  enter: 'anyone',
  leave: 'everyone',
  cast: 'anyone',
  summon: 'anyone',
  dismiss: 'owner',
  say: 'anyone',
  whisper: 'anyone',
  ooc: 'anyone',
  'persona set': 'anyone',
  'persona show': 'anyone',
  'persona clear': 'anyone',
  'character create': 'creator',
  'character edit': 'creator',
  'character enrich': 'creator',
  'character import': 'creator',
  'character export': 'creator',
  'character list': 'anyone',
  'character show': 'anyone',
  'character delete': 'creator',
  'principles add': 'moderator',
  'principles list': 'anyone',
  'principles remove': 'moderator',
  'principles show': 'anyone',
  'lore list': 'anyone',
  'lore show': 'creator',
  'lore use': 'owner',
  'lore drop': 'owner',
  'lore import': 'creator',
  'lore export': 'creator',
  'lore delete': 'creator',
  next: 'player',
  continue: 'player',
  hold: 'player',
  stop: 'player',
  swipe: 'player',
  narrate: 'owner',
  steer: 'owner',
  'time skip': 'owner',
  'time set': 'owner',
  'time now': 'anyone',
  move: 'owner',
  map: 'anyone',
  presence: 'owner',
  knows: 'anyone',
  inform: 'owner',
  plant: 'owner',
  'secret give': 'owner',
  'secret show': 'anyone',
  peek: 'anyone',
  why: 'owner',
  edit: 'owner',
  rate: 'player',
  rewind: 'owner',
  undo: 'owner',
  branch: 'owner',
  'memory show': 'owner',
  'memory pin': 'owner',
  'memory unpin': 'owner',
  'memory forget': 'owner',
  'memory server': 'moderator',
  reset: 'owner',
  setup: 'manager',
  'config show': 'manager',
  'config set': 'manager',
  'config reset': 'manager',
  'config export': 'manager',
  'config import': 'manager',
  'model list': 'moderator',
  'model use': 'moderator',
  'model clear': 'moderator',
  'model key': 'moderator',
  'model forget-key': 'moderator',
  quota: 'anyone',
  usage: 'moderator',
  'privacy what': 'everyone+dm',
  'privacy export': 'everyone+dm',
  'privacy delete': 'everyone+dm',
  'privacy opt-out': 'everyone+dm',
  'privacy opt-in': 'everyone+dm',
  'bench quick': 'operator+dm',
  'bench show': 'operator+dm',
  'bench stop': 'operator+dm',
  'dramatis block': 'moderator',
  'dramatis unblock': 'moderator',
  'dramatis blocks': 'moderator',
  'dramatis log': 'moderator',
  'dramatis check': 'moderator',
  'dramatis halt': 'manager',
  'dramatis approve': 'operator',
};

/** Discord shows these to nobody without Manage Server, which the operator need not have. */
const HIDDEN: ReadonlySet<string> = new Set(['bench', 'config', 'setup']);

const PEOPLE = [
  'stranger',
  'blocked',
  'player',
  'owner',
  'creator',
  'moderator',
  'manager',
  'operator',
] as const;
type Person = (typeof PEOPLE)[number];

/** Each rank, and who has it; also written down apart from the code that decides. */
const HAVING: Readonly<Record<Rank, readonly Person[]>> = {
  everyone: PEOPLE,
  anyone: ['stranger', 'player', 'owner', 'creator', 'moderator', 'manager', 'operator'],
  player: ['player', 'owner', 'moderator', 'manager', 'operator'],
  owner: ['owner', 'moderator', 'manager', 'operator'],
  creator: ['creator', 'moderator', 'manager', 'operator'],
  moderator: ['moderator', 'manager', 'operator'],
  manager: ['manager', 'operator'],
  operator: ['operator'],
};

const PLACES = ['channel', 'thread', 'forum post', 'DM'] as const;
type PlaceKind = (typeof PLACES)[number];

type Cell = { readonly name: string; readonly place: PlaceKind; readonly person: Person };

const actions: ReadonlyMap<string, CommandAction> = new Map(
  commands.flatMap((command) =>
    command.action
      ? [[command.name, command.action] as const]
      : Object.entries(command.actions ?? {}).map(
          ([name, action]) => [`${command.name} ${name}`, action] as const,
        ),
  ),
);

let theatre: Theatre;
let people: Readonly<Record<Person, User>>;
let spots: Readonly<Record<Exclude<PlaceKind, 'DM'>, Channel>>;
/** What Discord and the bot say of each person in each place, as a command is handed it. */
const contexts = new Map<string, CommandContext>();

beforeAll(async () => {
  let asking = '';
  const probe: Command = {
    name: 'probe',
    description: 'Tells who asks',
    action: {
      description: 'Tells who asks',
      options: [],
      allowed: 'everyone',
      alone: true,
      async run(context) {
        contexts.set(asking, context);
        await context.reply('Seen.');
      },
    },
  };
  theatre = await openTheatre({ commands: [...commands, probe], operators: ['bob'] });
  const { double, server, channel, alice, bob } = theatre;
  const engine = theatre.engine();
  const roles = { creator: double.addRole(server), moderator: double.addRole(server) };
  const level = { level: 'server', id: server.id, server: server.id } as const;
  await engine.settings.setAll(level, {
    creatorRoles: [roles.creator.id],
    moderatorRoles: [roles.moderator.id],
  });
  const member = (username: string, ...has: Role[]) => {
    const user = double.addUser({ username });
    double.addMember(server, user, { roles: has });
    return user;
  };
  people = {
    stranger: member('stranger'),
    blocked: member('blocked'),
    player: member('player'),
    owner: member('owner'),
    creator: member('creator', roles.creator),
    moderator: member('moderator', roles.moderator),
    manager: alice,
    operator: bob,
  };
  await engine.access.block(server.id, people.blocked.id, { by: alice.id });

  const forum = double.addChannel(server, { type: 'forum', name: 'tales' });
  spots = {
    channel,
    thread: double.addThread(channel, { owner: alice }),
    'forum post': double.addThread(forum, { owner: alice }),
  };
  for (const { id, parentId } of Object.values(spots)) {
    await engine.start({
      id: `discord:${id}`,
      stage: 'discord',
      server: server.id,
      ...(parentId === null ? {} : { parent: parentId }),
      owner: { id: people.owner.id, name: 'owner' },
      cast: ['wenna'],
      preset: 'called-only',
    });
    await engine.join(`discord:${id}`, { id: people.player.id, name: 'player' });
  }
  for (const place of PLACES) {
    for (const person of PEOPLE) {
      asking = `${place}/${person}`;
      await double.replied(double.slash(spotOf(place, person), people[person], 'probe'));
    }
  }
});
afterAll(() => theatre.close());

function spotOf(place: PlaceKind, person: Person): Channel {
  return place === 'DM' ? theatre.double.dm(people[person]) : spots[place];
}

/** Whether Discord offers this person the command there, and the bot then runs it; its own work is left out. */
async function may({ name, place, person }: Cell): Promise<boolean> {
  const action = actions.get(name);
  const context = contexts.get(`${place}/${person}`);
  if (!action || !context) throw new Error(`There is no /${name}, or no ${person} in a ${place}.`);
  const [command = ''] = name.split(' ');
  if (!theatre.double.offers(spotOf(place, person), people[person], command)) return false;
  let ran = false;
  const idle = async () => {
    ran = true;
  };
  try {
    await runAction({ ...action, run: idle }, context, {});
  } catch (error) {
    if (!(error instanceof PlayerError)) throw error;
  }
  return ran;
}

function expectedIn({ name, place, person }: Cell): boolean {
  const [rank, alone] = (EXPECTED[name] ?? 'operator').split('+') as [Rank, string?];
  if (place !== 'DM' && person === 'operator' && HIDDEN.has(name.split(' ')[0] ?? '')) return false;
  if (place !== 'DM') return HAVING[rank].includes(person);
  // Alone with the bot nobody is anything but the operator.
  return alone !== undefined && (['everyone', 'anyone'].includes(rank) || person === 'operator');
}

describe('who may do what', () => {
  test('every command is in the table, and nothing else is', () => {
    expect([...actions.keys()].sort()).toEqual(Object.keys(EXPECTED).sort());
  });

  test('every action, every kind of person, in a channel, a thread, a forum post and alone with the bot', async () => {
    const wrong: string[] = [];
    const rows: string[][] = [];
    for (const name of actions.keys()) {
      const row = [`/${name}`];
      for (const person of PEOPLE) {
        let marks = '';
        for (const place of PLACES) {
          const cell = { name, place, person };
          const allowed = await may(cell);
          if (allowed !== expectedIn(cell)) wrong.push(`/${name} by ${person} in ${place}: ${allowed}`);
          marks += allowed ? place[0]?.toUpperCase() : '·';
        }
        row.push(marks);
      }
      rows.push(row);
    }
    console.log(table([['', ...PEOPLE], ...rows]));
    expect(wrong).toEqual([]);
  });
});

/** Columns side by side, under a line that says what the letters mean. */
function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)));
  const lines = rows.map((row) =>
    row
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return ['Who may do what, in a Channel, a Thread, a Forum post, a DM:', ...lines].join('\n');
}
