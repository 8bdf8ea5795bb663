import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Channel, User } from '../../doubles/discord/world/entities.ts';
import { openTheatre, type Theatre } from './discord-theatre.ts';
import { mentionsAllowed } from './mentions-allowed.ts';
import { publicWords } from './press.ts';

const FOUL = 'KRAKENBLOOD';
const WISH = 'never let WISH-CANARY the butler swear';

let theatre: Theatre;
let office: Channel;
beforeAll(async () => {
  theatre = await openTheatre({
    before: ({ double, server }) =>
      double.setBotPermissions(server, [
        'ViewChannel',
        'SendMessages',
        'SendMessagesInThreads',
        'ManageWebhooks',
        'ManageGuild',
      ]),
  });
  const { double, server } = theatre;
  office = double.addChannel(server, { name: 'office' });
  double.setOverwrite(office, double.botUserId, { allow: ['ViewChannel', 'SendMessages'] });
  double.setOverwrite(office, server, { deny: ['ViewChannel'] });
  const here = { level: 'server', id: server.id, server: server.id } as const;
  await theatre.engine().settings.set(here, 'logChannel', office.id);
});
afterAll(async () => {
  const { double, logged } = theatre;
  expect(double.unexpected).toEqual([]);
  expect(mentionsAllowed(double).careless).toEqual([]);
  expect(JSON.stringify(logged)).not.toContain('CANARY');
  await theatre.close();
});

async function typed(user: User, action: string, values: Record<string, string> = {}): Promise<string> {
  const { double, channel } = theatre;
  const { content, message } = await double.replied(
    double.slash(channel, user, `principles ${action}`, values),
  );
  return content || (message?.text ?? '');
}

async function told(): Promise<string> {
  await theatre.engine().audit.settled();
  return theatre.double
    .messages(office)
    .map(({ content }) => content)
    .join('\n');
}

test('anyone reads what lines are judged by, in one message', async () => {
  const { bob } = theatre;
  const shown = await typed(bob, 'list');
  expect(shown).toContain('**Character Development**: Persona Consistency, Authentic Voice');
  expect(shown).toContain('✗ Anachronism');
  expect(await typed(bob, 'list', { dimension: 'world' })).toMatch(/^• World Rules: .*\n• Era & Register: /);
  expect(await typed(bob, 'show', { which: 'Anachronism' })).toContain('It is broken where: ');
});

test('a moderator adds one in plain words; it is offered, shown and told to the moderators', async () => {
  const { alice, bob, channel, double } = theatre;
  expect(await typed(bob, 'add', { words: WISH })).toBe('Only moderators may do that here.');
  expect(await typed(alice, 'add', { words: WISH })).toContain('a version of a line that breaks it loses.');
  expect(await typed(alice, 'list')).toContain(
    '✗ Never let WISH-CANARY the butler swear (this server’s own)',
  );
  const offered = await double.autocomplete(
    channel,
    alice,
    'principles remove',
    { which: 'canary' },
    'which',
  );
  expect(offered).toEqual([
    { name: 'Never let WISH-CANARY the butler swear', value: 'Never let WISH-CANARY the butler swear' },
  ]);
  expect(await told()).toMatch(new RegExp(`A principle was added\\.\\n> ${WISH}\\n.*<@${alice.id}>`));
  // Whoever uses a command alone reads what it answers.
  expect(publicWords(theatre).split('\n').join(' ')).not.toContain('holds here now');
});

test('AutoMod’s words are none to be added, and are kept nowhere', async () => {
  const { alice, double, server } = theatre;
  double.addAutoModRule(server, { name: 'Sea words', keywords: [FOUL] });
  expect(await typed(alice, 'add', { words: `More ${FOUL} in every line` })).toContain(
    'breaks a rule of this server',
  );
  expect(await typed(alice, 'list')).not.toContain(FOUL);
  expect(await told()).toContain('was held back');
  expect(double.everythingSent()).not.toContain(FOUL);
});

test('a moderator takes it away again, and it is gone for the next one, too', async () => {
  const { alice, bob } = theatre;
  expect(await typed(bob, 'remove', { which: 'never let' })).toBe('Only moderators may do that here.');
  const [name] = await theatre.double.autocomplete(
    theatre.channel,
    alice,
    'principles remove',
    { which: 'never' },
    'which',
  );
  expect(await typed(alice, 'remove', { which: String(name?.value) })).toMatch(/holds here no longer\.$/);
  expect(await typed(bob, 'list')).not.toContain('CANARY');
  expect(await told()).toContain('A principle was removed.');
});

test('who wrote one takes it along when theirs is erased, out of the moderators’ log, too', async () => {
  const { alice } = theatre;
  await typed(alice, 'add', { words: WISH });
  await theatre.engine().privacy.erase(alice.id);
  expect(await typed(alice, 'list')).not.toContain('CANARY');
  expect(await told()).not.toContain('CANARY');
});
