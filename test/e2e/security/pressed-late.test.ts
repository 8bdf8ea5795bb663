import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Rank } from '../../../src/engine/command/command.ts';
import { BUTTONS } from '../../../src/stage/discord/card/buttons.ts';
import type { Interaction } from '../../doubles/discord/interactions/interaction.ts';
import type { SeenMessage } from '../../doubles/discord/messages/see-message.ts';
import type { Role, User } from '../../doubles/discord/world/entities.ts';
import { openTheatre, type Theatre } from '../discord/discord-theatre.ts';

/**
 * Who must at least press each button and menu there is, written down apart from the code that decides; one that
 * is not in here fails. What is shown says nothing: a message stays on a screen, and its reader may be somebody
 * else by the time they press.
 */
const EXPECTED: Readonly<Record<keyof typeof BUTTONS, Rank | 'whose it is'>> = {
  join: 'anyone',
  pause: 'owner',
  goOn: 'owner',
  cast: 'anyone',
  end: 'owner',
  endForGood: 'owner',
  retry: 'player',
  previous: 'player',
  following: 'player',
  again: 'player',
  next: 'player',
  more: 'anyone',
  stop: 'player',
  letThem: 'player',
  someoneElse: 'player',
  narrator: 'player',
  hold: 'player',
  moreMenu: 'owner',
  someoneMenu: 'player',
  undo: 'owner',
  hearWhisper: 'whose it is',
  confirm: 'owner',
};

let theatre: Theatre;
let line: SeenMessage;
let guards: Role;
let count = 0;

beforeAll(async () => {
  theatre = await openTheatre();
  const { double, server } = theatre;
  guards = double.addRole(server);
  const level = { level: 'server', id: server.id, server: server.id } as const;
  await theatre.engine().settings.set(level, 'moderatorRoles', [guards.id]);
  await theatre.start({ cast: 'Old Wenna, Tom Reddick', preset: 'called-only' });
  line = await theatre.line('at your service');
});
afterAll(() => theatre.close());

/** Somebody new each time: who presses a lot is held off for that alone. */
function stranger(): User {
  const user = theatre.double.addUser({ username: `person-${++count}` });
  theatre.double.addMember(theatre.server, user);
  return user;
}

/** Looked at it while they were a moderator: what is on their screen is as it was then. */
async function formerModerator(): Promise<User> {
  const { double, server } = theatre;
  const user = stranger();
  double.changeMember(server, user, { roles: [guards] });
  const shown = await double.replied(double.forgeClick(line, BUTTONS.more, user));
  expect(shown.content).toContain('Who is next');
  double.changeMember(server, user, { roles: [] });
  return user;
}

async function blockedSince(): Promise<User> {
  const user = await formerModerator();
  const block = { by: theatre.alice.id, reason: 'REASON', lasts: 3_600_000 };
  await theatre.engine().access.block(theatre.server.id, user.id, block);
  return user;
}

/** The scene word for word, and what is known of it. */
async function scene(): Promise<string> {
  const id = `discord:${theatre.channel.id}`;
  return JSON.stringify([await theatre.engine().replay(id), await theatre.engine().info(id)]);
}

function use(name: keyof typeof BUTTONS, user: User): Interaction {
  const { double } = theatre;
  const id = BUTTONS[name];
  switch (name) {
    case 'moreMenu':
      return double.forgeSelect(line, `${id}:${line.id}`, user, ['edit']);
    case 'someoneMenu':
      return double.forgeSelect(line, id, user, ['wenna']);
    case 'undo':
      return double.forgeClick(line, `${id}1`, user);
    case 'hearWhisper':
      return double.forgeClick(line, id + theatre.alice.id, user);
    case 'confirm':
      return double.forgeClick(line, `${id}rewind:${line.id}`, user);
    default:
      return double.forgeClick(line, id, user);
  }
}

/** What whoever used it was told, alone; of a screen that stays as it is, what came beside it. */
async function told(asked: Interaction): Promise<string> {
  const { double } = theatre;
  const reply = await double.replied(asked);
  if (reply.kind !== 'update') return reply.content;
  await expect.poll(() => double.replies(asked).length).toBeGreaterThan(0);
  return double.replies(asked).at(-1)?.content ?? '';
}

const REFUSED = /Only |blocked you|somebody else’s ear|answers somebody else/;

describe('what was on the screen before', () => {
  const used = Object.keys(EXPECTED) as (keyof typeof EXPECTED)[];

  test('is all that there is', () => {
    expect([...used].sort()).toEqual(Object.keys(BUTTONS).sort());
  });

  test.each(used.filter((name) => EXPECTED[name] !== 'anyone'))(
    '%s does nothing for who lost the right, and for who never had it',
    async (name) => {
      const before = await scene();
      for (const user of [stranger(), await formerModerator()])
        expect(await told(use(name, user))).toMatch(REFUSED);
      expect(await scene()).toBe(before);
    },
  );

  test.each(used)('%s does nothing for who was blocked since', async (name) => {
    const before = await scene();
    expect(await told(use(name, await blockedSince()))).toMatch(REFUSED);
    expect(await scene()).toBe(before);
  });

  test('a key is not taken from who lost the right while they typed it', async () => {
    const { double, server, channel, store } = theatre;
    const asked = double.messageCommand(channel, await formerModerator(), 'Answer this character', line);
    expect((await double.replied(asked)).kind).toBe('modal');
    const sent = double.submitModal(asked, { text: 'sk-CANARY-0123456789' }, 'dramatis:model-key:fine');
    expect(await told(sent)).toContain('Only moderators');
    expect(await store.get('server', `model-keys/${server.id}`)).toBeUndefined();
  });
});

test('“End it”, asked of a scene that has ended since, does not end the one that plays now', async () => {
  const { double, channel, alice } = theatre;
  const question = await double.replied(double.click(theatre.card(), BUTTONS.end, alice));
  expect(question.content).toContain('for good');
  if (!question.message) throw new Error('Nothing was asked.');
  const id = `discord:${channel.id}`;
  await theatre.engine().end(id);
  await theatre.start({ cast: 'Ines', preset: 'called-only' });
  const answer = double.click(question.message, BUTTONS.endForGood, alice);
  expect(await told(answer)).toContain('an earlier scene');
  expect((await theatre.engine().info(id))?.record.status).toBe('playing');
});
