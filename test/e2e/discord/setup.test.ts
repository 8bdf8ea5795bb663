import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { CONFIG_PRESETS } from '../../../src/config/config-presets.ts';
import { StoreError } from '../../../src/store/scene-store.ts';
import { render } from '../../../src/words/render.ts';
import type { Interaction } from '../../doubles/discord/interactions/interaction.ts';
import type { Reply } from '../../doubles/discord/interactions/replied.ts';
import type { SeenMessage } from '../../doubles/discord/messages/see-message.ts';
import { everyComponent } from '../../doubles/discord/rules/component-rules.ts';
import type { User } from '../../doubles/discord/world/entities.ts';
import { openTheatre, type Theatre } from './discord-theatre.ts';

const PLURALKIT = '466378653216014359';

let theatre: Theatre;
beforeAll(async () => {
  theatre = await openTheatre();
});
afterEach(async () => {
  const engine = theatre.engine();
  const { revision } = await engine.settings.whole(theatre.server.id);
  await engine.settings.replace(theatre.server.id, {}, revision);
});
afterAll(async () => {
  expect(theatre.double.unexpected).toEqual([]);
  expect(theatre.double.pings).toEqual([]);
  await theatre.close();
});

/** A wizard in one person’s hands: what it shows now, and how to go on. */
async function open(user: User = theatre.alice) {
  const { double, channel } = theatre;
  const begun = await double.replied(double.slash(channel, user, 'setup'));
  expect(begun.ephemeral).toBe(true);
  if (!begun.message) throw new Error(begun.content);
  const wizard: SeenMessage = begun.message;
  const seen = () => double.replies(asked).find(({ id }) => id === wizard.id) ?? wizard;
  let asked: Interaction;
  let shown: Reply = begun;

  function idOf(what: string): string {
    const ids = [...everyComponent((shown.message ?? wizard).components as never)].flatMap(
      (one) => one.custom_id ?? [],
    );
    const found = ids.find((id) => id.endsWith(`:${what}`));
    if (!found) throw new Error(`no ${what} among ${ids.join(', ')}`);
    return found;
  }
  async function settle(next: Interaction): Promise<Reply> {
    asked = next;
    const reply = await double.replied(next);
    if (reply.kind === 'update') shown = reply;
    return reply;
  }
  return {
    content: () => shown.content,
    shown: () => (shown.message ?? wizard).components,
    seen,
    idOf,
    press: (what: string) => settle(double.click(wizard, idOf(what), user)),
    choose: (what: string, values: readonly string[]) =>
      settle(double.select(wizard, idOf(what), user, values)),
    async fill(values: Readonly<Record<string, string>>): Promise<Reply> {
      const form = double.click(wizard, idOf('form'), user);
      expect((await double.replied(form)).kind).toBe('modal');
      return settle(double.submitModal(form, values));
    },
    wizard,
  };
}

const stored = async () => (await theatre.engine().settings.whole(theatre.server.id)).levels['server'];

/** The last words of a setup, which come after its “Saving”. */
async function saved(wizard: Awaited<ReturnType<typeof open>>): Promise<string> {
  const { double } = theatre;
  const asked = double.click(wizard.wizard, wizard.idOf('save'), theatre.alice);
  const reply = await double.replied(asked, ({ content }) => !content.includes('5 of 5'));
  return reply.content;
}

describe('a whole way through', () => {
  test.each(['careful', 'standard', 'open'] as const)('with the preset %s', async (preset) => {
    const wizard = await open();
    await wizard.choose('preset', [preset]);
    for (const step of ['2 of 5', '3 of 5', '4 of 5', '5 of 5']) {
      await wizard.press('next');
      expect(wizard.content()).toContain(step);
    }
    expect(await stored()).toBeUndefined();
    expect(await saved(wizard)).toContain('Saved. It holds from the next turn on.');
    expect(await stored()).toMatchObject(CONFIG_PRESETS[preset].rules);
  });

  test('with roles, channels and figures of the server’s own', async () => {
    const { double, server, channel } = theatre;
    const playing = double.addRole(server, { name: 'playing' });
    const log = double.addChannel(server, { name: 'log' });
    const wizard = await open();
    await wizard.press('next');
    await wizard.choose('playerRoles', [playing.id]);
    await wizard.press('next');
    await wizard.choose('sceneChannels', [channel.id]);
    await wizard.choose('logChannel', [log.id]);
    await wizard.press('next');
    const refused = await wizard.fill({ retentionDays: 'for ever' });
    expect(refused.content).toContain('retentionDays is a whole number from 1 to 3650');
    await wizard.fill({ retentionDays: '60', restAfterMs: '20 min' });
    expect(wizard.content()).toContain('retentionDays 60');
    await wizard.press('next');
    expect(wizard.content()).toContain(`<@&${playing.id}>`);
    const noted = async () =>
      (await theatre.engine().audit.recent(server.id)).filter(({ kind, by }) => kind === 'configured' && by);
    const before = (await noted()).length;
    const words = await saved(wizard);
    expect(words).toContain('Optional, not granted: **Manage Server**');
    expect(await stored()).toMatchObject({
      playerRoles: [playing.id],
      sceneChannels: [channel.id],
      logChannel: log.id,
      retentionDays: 60,
      restAfterMs: 1_200_000,
    });
    await expect.poll(async () => (await noted()).length).toBe(before + 1);
    const [note] = await noted();
    expect(note?.by).toBe(theatre.alice.id);
    expect(render(note?.text ?? '')).toContain('retentionDays: not set → 60');
  });

  test('begins with what is set', async () => {
    const { double, server } = theatre;
    const role = double.addRole(server, { name: 'set before' });
    const level = { level: 'server', id: server.id, server: server.id } as const;
    await theatre.engine().settings.setAll(level, { playerRoles: [role.id], retentionDays: 45 });
    const wizard = await open();
    await wizard.press('next');
    expect(JSON.stringify(wizard.shown())).toContain(JSON.stringify([{ id: role.id, type: 'role' }]));
    for (const _step of [3, 4]) await wizard.press('next');
    expect(wizard.content()).toContain('retentionDays 45');
    await wizard.press('next');
    expect(wizard.content()).toContain('Nothing is different from what is set now.');
    expect(await saved(wizard)).toContain('Nothing had to be saved.');
    expect(await stored()).toEqual({ playerRoles: [role.id], retentionDays: 45 });
  });

  test('fits into one message, however much it chooses', async () => {
    const { double, server } = theatre;
    const roles = Array.from({ length: 25 }, (_role, n) => double.addRole(server, { name: `many ${n}` }).id);
    const wizard = await open();
    await wizard.choose('preset', ['open']);
    await wizard.press('next');
    for (const list of ['playerRoles', 'creatorRoles', 'moderatorRoles']) await wizard.choose(list, roles);
    for (const _step of [3, 4, 5]) await wizard.press('next');
    expect(wizard.content()).toMatch(/moderatorRoles.*… and \d+ more\.$/su);
    expect(await saved(wizard)).toContain('Saved.');
    expect(await stored()).toMatchObject({ moderatorRoles: roles });
  });

  test('that is broken off changes nothing', async () => {
    const wizard = await open();
    await wizard.choose('preset', ['open']);
    const { double, alice } = theatre;
    const asked = double.click(wizard.wizard, wizard.idOf('cancel'), alice);
    await double.replied(asked, ({ content }) => content === 'Nothing was changed.');
    expect(await stored()).toBeUndefined();
    const late = await double.replied(double.forgeClick(wizard.wizard, wizard.idOf('next'), alice));
    expect(late.content).toContain('This setup is over');
  });
});

test('PluralKit is asked about once, where it is', async () => {
  const { double, server } = theatre;
  const without = await open();
  for (const _step of [2, 3, 4]) await without.press('next');
  expect(without.content()).not.toContain('PluralKit');
  const bot = double.addUser({ username: 'PluralKit', bot: true, id: PLURALKIT });
  double.addMember(server, bot);
  const wizard = await open();
  for (const _step of [2, 3, 4]) await wizard.press('next');
  expect(wizard.content()).toContain('PluralKit post here for members under other names.');
  await wizard.press('hear');
  expect(wizard.content()).toContain('What PluralKit post for members is heard.');
  await wizard.press('next');
  await saved(wizard);
  expect(await theatre.engine().servers.proxies(server.id)).toBe(true);
  const again = await open();
  for (const _step of [2, 3, 4]) await again.press('next');
  expect(again.content()).not.toContain('PluralKit');
});

describe('what goes wrong on the way', () => {
  test('who lost Manage Server in the middle saves nothing', async () => {
    const { double, server } = theatre;
    const role = double.addRole(server, { permissions: ['ManageGuild'] });
    const warden = double.addUser({ username: 'warden' });
    double.addMember(server, warden, { roles: [role.id] });
    const wizard = await open(warden);
    await wizard.choose('preset', ['open']);
    for (const _step of [2, 3, 4, 5]) await wizard.press('next');
    double.changeMember(server, warden, { roles: [] });
    const refused = await wizard.press('save');
    expect(refused.content).toContain('Manage Server');
    expect(await stored()).toBeUndefined();
  });

  test('of two who save at once the second is told so, and nothing of theirs is written', async () => {
    const { double, server } = theatre;
    const wizard = await open();
    await wizard.choose('preset', ['open']);
    for (const _step of [2, 3, 4, 5]) await wizard.press('next');
    await theatre
      .engine()
      .settings.set({ level: 'server', id: server.id, server: server.id }, 'turnsPerLine', 9);
    expect(await saved(wizard)).toContain('Nothing of this setup was saved. /setup begins anew.');
    expect(await stored()).toEqual({ turnsPerLine: 9 });
    expect(double.unexpected).toEqual([]);
  });

  test('a second press of Save finds it over, and what the first saved is what is told', async () => {
    const { double, alice } = theatre;
    const wizard = await open();
    await wizard.choose('preset', ['open']);
    for (const _step of [2, 3, 4, 5]) await wizard.press('next');
    const [first, second] = [1, 2].map(() => double.click(wizard.wizard, wizard.idOf('save'), alice));
    if (!first || !second) throw new Error('There were no two presses.');
    const [saving, late] = await Promise.all([
      double.replied(first, ({ content }) => !content.includes('5 of 5')),
      double.replied(second),
    ]);
    expect(saving.content).toContain('Saved.');
    expect(late.content).toContain('This setup is over');
    expect(await stored()).toMatchObject(CONFIG_PRESETS.open.rules);
  });

  test('where the store fails nothing is written, and Save may be pressed again', async () => {
    const { double, store, alice } = theatre;
    const wizard = await open();
    await wizard.choose('preset', ['careful']);
    for (const _step of [2, 3, 4, 5]) await wizard.press('next');
    const put = store.put;
    store.put = async () => {
      throw new StoreError('disk full');
    };
    try {
      const failed = double.click(wizard.wizard, wizard.idOf('save'), alice);
      await double.replied(failed, ({ content }) => !content.includes('5 of 5'));
    } finally {
      store.put = put;
    }
    expect(await stored()).toBeUndefined();
    const again = double.click(wizard.wizard, wizard.idOf('save'), alice);
    await double.replied(again, ({ content }) => content.includes('Saved.'));
    expect(await stored()).toMatchObject(CONFIG_PRESETS.careful.rules);
  });

  test('the form takes back what it showed, whatever time is set', async () => {
    const level = { level: 'server', id: theatre.server.id, server: theatre.server.id } as const;
    await theatre.engine().settings.set(level, 'restAfterMs', 100_000);
    const wizard = await open();
    for (const _step of [2, 3, 4]) await wizard.press('next');
    await wizard.fill({});
    expect(wizard.content()).toContain('restAfterMs 100 s');
  });

  test('a role that is deleted before it is saved is named, and nothing is written', async () => {
    const { double, server } = theatre;
    const role = double.addRole(server, { name: 'short-lived' });
    const wizard = await open();
    await wizard.press('next');
    await wizard.choose('playerRoles', [role.id]);
    for (const _step of [3, 4, 5]) await wizard.press('next');
    double.removeRole(role);
    await wizard.press('save');
    expect(wizard.content()).toContain(`No longer in this server, and left out: ${role.id}.`);
    expect(await stored()).toBeUndefined();
    // Nobody is left who may play: before that means everyone, it is asked again.
    expect(wizard.content()).toContain('2 of 5');
    for (const _step of [3, 4, 5]) await wizard.press('next');
    expect(await saved(wizard)).toContain('Saved.');
    expect(await stored()).toEqual({ playerRoles: [] });
  });

  test('nobody goes on with somebody else’s setup, or with an id of their own making', async () => {
    const { double, server, bob, channel } = theatre;
    const wizard = await open();
    const role = double.addRole(server, { permissions: ['ManageGuild'] });
    const warden = double.addUser({ username: 'warden-2' });
    double.addMember(server, warden, { roles: [role.id] });
    const mine = await double.replied(double.slash(channel, warden, 'setup'));
    if (!mine.message) throw new Error(mine.content);
    const next = wizard.idOf('next');
    expect((await double.replied(double.forgeClick(mine.message, next, warden))).content).toContain(
      'This setup is over',
    );
    const notes = await theatre.double.replied(double.forgeClick(mine.message, next, bob));
    expect(notes.content).toContain('Manage Server');
    const skipping = next.replace(/next$/u, 'save');
    const skipped = await double.replied(double.forgeClick(wizard.wizard, skipping, theatre.alice));
    expect(skipped.content).toContain('This button no longer does anything.');
    const picked = await double.replied(
      double.forgeSelect(wizard.wizard, next.replace(/next$/u, 'preset'), theatre.alice, ['reckless']),
    );
    expect(picked.content).toContain('This menu no longer does anything.');
    await wizard.press('next');
    const foreign = double.forgeSelect(wizard.wizard, wizard.idOf('playerRoles'), theatre.alice, [PLURALKIT]);
    expect((await double.replied(foreign)).content).toContain('That is not there any more.');
    expect(await stored()).toBeUndefined();
  });
});

test('/dramatis check names what is missing, and the overwrite that withholds it', async () => {
  const { double, server, alice, channel } = theatre;
  const shut = double.addChannel(server, { name: 'shut' });
  double.setOverwrite(shut, server, { deny: ['EmbedLinks'] });
  const level = { level: 'server', id: server.id, server: server.id } as const;
  await theatre.engine().settings.set(level, 'sceneChannels', [shut.id]);
  const { content } = await double.replied(double.slash(channel, alice, 'dramatis check'));
  expect(content).toContain('**Embed Links**: cards stay plain.');
  expect(content).toContain(`<#${shut.id}> > Edit Channel > Permissions: <@&${server.id}> is denied it`);
});
