import { afterEach, describe, expect, test } from 'vitest';
import { modelSettingsSchema } from '../../../src/model/model-settings.ts';
import { createOpenAiModeration } from '../../../src/model/moderate.ts';
import { render } from '../../../src/words/render.ts';
import type { Channel } from '../../doubles/discord/world/entities.ts';
import type { PermissionName } from '../../doubles/discord/world/permissions.ts';
import { type ModelDouble, startModelDouble } from '../../doubles/model/model-double.ts';
import { scriptedModel } from '../../support/scripted-model.ts';
import { smallCharacter, smallLibrary } from '../../support/small-library.ts';
import { openTheatre, type Theatre, type TheatreOptions } from './discord-theatre.ts';

let theatre: Theatre;
let models: ModelDouble | undefined;
afterEach(async () => {
  await theatre.close();
  await models?.close();
  models = undefined;
});

const INVITED: PermissionName[] = ['ViewChannel', 'SendMessages', 'SendMessagesInThreads', 'ManageWebhooks'];
/** No rule lets this word pass; Discord must never be sent it. */
const BAD = 'KRAKENBLOOD';
let saying = 'A fine evening.';

async function open(options: TheatreOptions = {}, permissions = [...INVITED, 'ManageGuild' as const]) {
  const model = scriptedModel({ turn: () => `<role_thinking>Rain.</role_thinking>${saying}` });
  theatre = await openTheatre({
    ...options,
    engine: { models: { actor: model, director: model }, ...options.engine },
    before: ({ double, server }) => double.setBotPermissions(server, permissions),
  });
  return theatre;
}

/** Alice says something to Wenna; her answer, or that the moment passed. */
async function ask(text: string, character: string): Promise<string> {
  const { alice, channel, double } = theatre;
  saying = character;
  const since = double.position();
  double.say(channel, alice, text);
  const said = await double.nextMessage(
    channel,
    ({ webhookId, content }) => webhookId !== null || content.includes('the moment passes'),
    { since },
  );
  await theatre.calm();
  return said.content;
}

async function heldBack(): Promise<string[]> {
  const { audit } = theatre.engine();
  await audit.settled();
  const entries = await audit.recent(theatre.server.id);
  return entries.filter(({ kind }) => kind === 'held-back').map(({ text }) => render(text));
}

/** All that was ever sent to Discord, and all that was logged or noted. */
async function everythingSent(): Promise<string> {
  const noted = await theatre.engine().audit.recent(theatre.server.id);
  return theatre.double.everythingSent() + JSON.stringify([theatre.logged, noted]);
}

describe('AutoMod’s keyword rules', () => {
  test('hold for what characters say, as they stand and as they are changed', async () => {
    const { double, server } = await open();
    const rule = double.addAutoModRule(server, { name: 'Sea words', keywords: [`*${BAD.toLowerCase()}*`] });
    await theatre.start({ cast: 'Old Wenna' });
    expect(await ask('Wenna?', `Beware ${BAD}s!`)).toContain('the moment passes');
    expect(await heldBack()).toEqual([
      'A line of Old Wenna was held back: the server’s rules of words (Sea words).',
    ]);
    expect(await everythingSent()).not.toContain(BAD);

    expect(await ask('Wenna, when?', 'The tide turns at four.')).toBe('The tide turns at four.');
    double.changeAutoModRule(server, rule, { patterns: ['t[iy]de\\b'], allowed: ['high tide'] });
    expect(await ask('Wenna, when?', 'The tyde turns.')).toContain('the moment passes');
    expect(await ask('Wenna, when?', 'High tide at four.')).toBe('High tide at four.');
    double.changeAutoModRule(server, rule, { enabled: false });
    expect(await ask('Wenna, when?', 'The tyde turns.')).toBe('The tyde turns.');
    double.changeAutoModRule(server, rule, { enabled: true, exemptChannels: [theatre.channel] });
    expect(await ask('Wenna, when?', 'The tide turns.')).toBe('The tide turns.');
    double.removeAutoModRule(server, rule);
    expect(await ask('Wenna, when?', 'The tide turns again.')).toBe('The tide turns again.');
  });

  test('hold for what people write in forms and commands', async () => {
    const { alice, bob, channel, double, server } = await open();
    double.addAutoModRule(server, { name: 'Sea words', keywords: [BAD] });
    await theatre.start({ cast: 'Old Wenna', preset: 'called-only' });
    await theatre.calm();
    const asked = double.slash(channel, bob, 'whisper', { to: 'Wenna' });
    expect((await double.replied(asked)).modal?.title).toContain('Whisper');
    const sent = double.submitModal(asked, { text: `Do you know ${BAD}?` });
    expect((await double.replied(sent)).content).toContain('breaks a rule of this server');
    for (const [name, values] of [
      ['say', { text: BAD }],
      ['ooc', { text: BAD }],
      ['persona set', { name: BAD, sheet: 'A sailor.' }],
    ] as const) {
      const command = double.slash(channel, bob, name, values);
      expect((await double.replied(command)).content, name).toContain('breaks a rule of this server');
    }
    for (const [name, values] of [
      ['scene start', { setting: `Under the ${BAD} moon.`, thread: true }],
      ['scene room', { name: BAD }],
    ] as const) {
      const command = double.slash(channel, alice, name, values);
      expect((await double.replied(command)).content, name).toContain('breaks a rule of this server');
    }
    await theatre.calm();
    expect(await heldBack()).toHaveLength(6);
    expect(await everythingSent()).not.toContain(BAD);
    expect(
      JSON.stringify(await theatre.engine().backstage.mind(`discord:${channel.id}`, 'wenna')),
    ).not.toContain(BAD);
  });

  test('are not read where Manage Server was not granted', async () => {
    const { double, server } = await open({}, INVITED);
    double.addAutoModRule(server, { keywords: ['tide'] });
    await theatre.start({ cast: 'Old Wenna' });
    expect(await ask('Wenna?', 'The tide turns.')).toBe('The tide turns.');
    expect(double.requests.some(({ path }) => path.includes('auto-moderation'))).toBe(false);
    double.setBotPermissions(server, [...INVITED, 'ManageGuild']);
    expect(await ask('Wenna?', 'The tide turns.')).toContain('the moment passes');
  });

  test('hold everything back while Discord does not tell them', async () => {
    const { double, server } = await open();
    await theatre.start({ cast: 'Old Wenna' });
    await theatre.calm();
    const fault = double.inject({ match: /auto-moderation/, status: 500, times: 100 });
    double.addAutoModRule(server, { name: 'Sea words', keywords: [BAD] });
    const { alice, channel } = theatre;
    const told = double.nextMessage(channel, ({ content }) => content.includes('cannot be done just now'));
    double.say(channel, alice, 'Wenna?');
    await told;
    expect(await heldBack()).toEqual([
      `What <@${theatre.alice.id}> wrote was held back: the server’s rules of words cannot be read just now.`,
    ]);
    fault.remove();
    expect(await ask('Wenna?', 'Here I am.')).toBe('Here I am.');
  });
});

describe('the operator’s moderation endpoint', () => {
  test('is asked of every line, and holds them all back while it is down', async () => {
    let down = false;
    models = await startModelDouble({
      moderate: (text) => {
        if (down) return { fault: 'status', status: 500 };
        return text.includes(BAD) ? ['violence'] : [];
      },
    });
    const moderation = createOpenAiModeration(
      modelSettingsSchema.parse({ name: 'guard', baseUrl: models.url, attempts: 1 }),
    );
    await open({ engine: { moderation } }, INVITED);
    await theatre.start({ cast: 'Old Wenna' });
    await theatre.calm();
    expect(await ask('Wenna?', `Beware ${BAD}!`)).toContain('the moment passes');
    expect(await ask('Wenna?', 'A fine evening.')).toBe('A fine evening.');
    down = true;
    const before = theatre.lines();
    const told = theatre.double.nextMessage(theatre.channel, ({ content }) =>
      content.includes('cannot be done just now'),
    );
    theatre.double.say(theatre.channel, theatre.alice, 'Wenna, are you there?');
    await told;
    await theatre.calm();
    expect(theatre.lines()).toEqual(before);
    expect(await heldBack()).toEqual([
      `What <@${theatre.alice.id}> wrote was held back: the moderation model does not answer.`,
      'A line of Old Wenna was held back: the moderation model (violence).',
    ]);
    expect(await everythingSent()).not.toContain(BAD);
  });
});

test('addresses and mentions are dead, unless the server says otherwise', async () => {
  const { bob, channel, double, server } = await open();
  await theatre.start({ cast: 'Old Wenna' });
  await double.replied(double.slash(channel, bob, 'enter', {}));
  const line = '@Bob, see https://good.example/x and ask @everyone.';
  expect(await ask('Wenna?', line)).toBe('@Bob, see good.example/x and ask @\u200beveryone.');
  expect(double.pings).toEqual([]);
  const { settings } = theatre.engine();
  const level = { level: 'server', id: server.id, server: server.id } as const;
  await settings.setAll(level, { links: 'open', mentions: 'players' });
  expect(await ask('Wenna?', line)).toBe(`<@${bob.id}>, see https://good.example/x and ask @\u200beveryone.`);
  expect(double.pings.map(({ users, everyone }) => ({ users, everyone }))).toEqual([
    { users: [bob.id], everyone: false },
  ]);
});

describe('age-restricted places', () => {
  const cast = [
    smallCharacter('wenna', 'Old Wenna', { age: 61 }),
    smallCharacter('tom', 'Tom Reddick'),
    smallCharacter('ines', 'Ines', { age: 16 }),
    smallCharacter('siren', 'Siren', { adult: true, ageRestricted: true }),
  ];
  const TAME = ['Old Wenna', 'Tom Reddick', 'Ines'];
  const GROWN_UP = ['Old Wenna', 'Siren'];

  /** Who of the cast comes when summoned in a new scene there. */
  async function summoned(place: Channel): Promise<string[]> {
    const { alice, double } = theatre;
    await theatre.start({}, place);
    const came: string[] = [];
    for (const { name } of cast) {
      const { content } = await double.replied(double.slash(place, alice, 'summon', { name }));
      if (content.includes(`${name} is here`)) came.push(name);
      else expect(content).toMatch(/states no adult age|is for adults only/);
    }
    await double.replied(double.slash(place, alice, 'scene end', {}));
    return came;
  }

  async function openWithCast(allowed: boolean): Promise<void> {
    await open({ library: smallLibrary(cast), engine: { models: {} } });
    const { id } = theatre.server;
    await theatre.engine().settings.set({ level: 'server', id, server: id }, 'ageRestricted', allowed);
  }

  test.each([
    { allowed: false, marked: false, who: TAME },
    { allowed: false, marked: true, who: TAME },
    { allowed: true, marked: false, who: TAME },
    { allowed: true, marked: true, who: GROWN_UP },
  ])('server allows: $allowed, channel marked: $marked', async ({ allowed, marked, who }) => {
    await openWithCast(allowed);
    const { alice, double, server } = theatre;
    const channel = double.addChannel(server, { name: 'cellar', nsfw: marked });
    // No thread is opened for a scene that could not play in it.
    const refused = who === TAME ? 'Siren' : 'Ines';
    const asked = double.slash(channel, alice, 'scene start', { cast: refused, thread: true });
    expect((await double.replied(asked)).content).toContain(refused);
    expect(double.threads(channel)).toEqual([]);
    const thread = double.addThread(channel, { owner: alice, name: 'below the cellar' });
    const forum = double.addChannel(server, { type: 'forum', name: 'tales', nsfw: marked });
    const post = double.addThread(forum, { owner: alice, name: 'a tale' });
    expect({
      channel: await summoned(channel),
      thread: await summoned(thread),
      post: await summoned(post),
    }).toEqual({ channel: who, thread: who, post: who });
  });

  test('are never direct messages', async () => {
    await openWithCast(true);
    const { alice, double } = theatre;
    const place = double.dm(alice);
    const scene = {
      id: `discord:${place.id}`,
      stage: 'discord',
      owner: { id: alice.id, name: 'Alice' },
    } as const;
    await expect(theatre.engine().start({ ...scene, cast: ['siren'] })).rejects.toThrow('is for adults only');
    expect(() => double.slash(place, alice, 'summon', { name: 'Siren' })).toThrow();
  });

  test('count at every turn, when a channel is marked or no longer is', async () => {
    await openWithCast(true);
    const { alice, channel, double } = theatre;
    await theatre.start({ cast: 'Tom Reddick, Old Wenna', preset: 'called-only' });
    await theatre.calm();
    double.changeChannel(channel, { nsfw: true });
    const told = double.nextMessage(channel, ({ content }) => content.includes('states no adult age'));
    const before = theatre.lines();
    double.say(channel, alice, 'Tom, are you there?');
    await told;
    await theatre.calm();
    expect(theatre.lines()).toEqual(before);
    double.changeChannel(channel, { nsfw: false });
    const since = double.position();
    double.say(channel, alice, 'Tom, and now?');
    await double.nextMessage(channel, ({ author }) => author === 'Tom Reddick', { since });
  });
});
