import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Reply } from '../../doubles/discord/interactions/replied.ts';
import type { AnyComponent } from '../../doubles/discord/rules/component-rules.ts';
import { everyComponent } from '../../doubles/discord/rules/component-rules.ts';
import type { Ref } from '../../doubles/discord/world/snowflake.ts';
import { scriptedModel } from '../../support/scripted-model.ts';
import { openTheatre, type Theatre } from './discord-theatre.ts';
import { mentionsAllowed } from './mentions-allowed.ts';
import { publicWords, replaced } from './press.ts';

let theatre: Theatre;
let scene = '';
let turns = 0;
let thought = 'THOUGHT-CANARY';

beforeAll(async () => {
  const model = scriptedModel({
    turn: (name) => `<role_thinking>${thought}</role_thinking>*nods* Turn ${++turns} of ${name}.`,
  });
  theatre = await openTheatre({
    pace: { eraseMs: 1 },
    engine: { models: { actor: model, director: model }, limits: { gatherMs: 0 } },
  });
  await theatre.start({ cast: 'Old Wenna, Tom Reddick', preset: 'called-only' });
  scene = `discord:${theatre.channel.id}`;
  await theatre.calm();
});
afterAll(() => theatre.close());

/** The message in which a character's next turn stands. */
async function turnOf(who: 'wenna' | 'tom'): Promise<string> {
  const from = theatre.double.position();
  await theatre.engine().next(scene, who);
  const { id } = await theatre.line(/Turn/, theatre.channel, from);
  await theatre.calm();
  return id;
}

/** A player's own message, heard by the scene. */
async function lineOf(user: { id: string }, text: string): Promise<string> {
  const { id } = theatre.double.say(theatre.channel, user, text);
  await expect.poll(() => theatre.engine().past.beatOf(scene, id)).toBeTypeOf('number');
  await theatre.calm();
  return id;
}

async function menu(user: Ref, name: string, message: Ref): Promise<Reply> {
  const { double, channel } = theatre;
  return double.replied(double.messageCommand(channel, user, name, message));
}

function fieldOf({ modal }: Reply): AnyComponent | undefined {
  const parts = (modal?.components ?? []) as unknown as AnyComponent[];
  return [...everyComponent(parts)].find(({ custom_id }) => custom_id !== undefined);
}

describe('Peek', () => {
  test('shows its thoughts to whom the scene lets read them, each under a cover', async () => {
    thought = 'THOUGHT-CANARY | she || knows';
    const line = await turnOf('wenna');
    thought = 'THOUGHT-CANARY';
    const { ephemeral, content } = await menu(theatre.alice, 'Peek', line);
    expect(ephemeral).toBe(true);
    expect(content).toBe('||THOUGHT-CANARY \\| she \\|\\| knows||');
  });

  test('is refused to others, and says where there is nothing', async () => {
    const { alice, bob, channel } = theatre;
    const line = await turnOf('tom');
    expect((await menu(bob, 'Peek', line)).content).toContain('Thoughts in this scene');
    await theatre.engine().narrate(scene, 'Rain falls.');
    const told = await theatre.line('Rain falls.', channel);
    expect((await menu(alice, 'Peek', told)).content).toBe('Nothing was thought behind that line.');
  });

  test('says of a player’s line that it is a player’s', async () => {
    const { alice, bob } = theatre;
    const line = await lineOf(bob, 'Wenna, I have a secret.');
    expect((await menu(alice, 'Peek', line)).content).toContain('Bob is a player');
    expect((await menu(alice, 'Why this?', line)).content).toContain('Bob is a player');
  });
});

describe('Why this?', () => {
  test('tells who made it, at what cost, and not a word of it', async () => {
    const { alice, bob } = theatre;
    const line = await turnOf('wenna');
    const { content, ephemeral } = await menu(alice, 'Why this?', line);
    expect(ephemeral).toBe(true);
    expect(content).toContain('was made by scripted');
    expect(content).toContain('Why this speaker:');
    expect(content).toContain('Tokens: 1 read, 1 written.');
    expect(content).not.toMatch(/Turn|CANARY/);
    expect((await menu(bob, 'Why this?', line)).content).toContain('Only the scene’s owner or a moderator');
  });
});

describe('Edit', () => {
  test('opens with what the line says, and puts what was written in its place for everyone', async () => {
    const { alice, double } = theatre;
    const line = await turnOf('tom');
    const asked = double.messageCommand(theatre.channel, alice, 'Edit', line);
    const form = await double.replied(asked);
    expect(form.modal?.title).toMatch(/^Edit Tom Reddick \(#\d+\)$/);
    expect(fieldOf(form)?.['value']).toBe(`*nods* Turn ${turns} of Tom Reddick.`);
    const sent = double.submitModal(asked, { text: '*bows* As you wish.' });
    expect((await double.replied(sent)).content).toContain('reads so from now on');
    expect(double.message(line).content).toBe('*bows* As you wish.');
    expect(JSON.stringify(await theatre.engine().replay(scene))).toContain('As you wish.');
  });

  test('is for who runs the scene, and for lines of characters', async () => {
    const { alice, bob } = theatre;
    const line = await turnOf('wenna');
    expect((await menu(bob, 'Edit', line)).content).toContain('Only the one who started this scene');
    const own = await lineOf(bob, 'I only listen.');
    expect((await menu(alice, 'Edit', own)).content).toContain('Only a line of a character');
  });
});

describe('Report', () => {
  test('is kept for the moderators, with its reason, and logged without it', async () => {
    const { bob, double, server, logged } = theatre;
    const line = await turnOf('wenna');
    const asked = double.messageCommand(theatre.channel, bob, 'Report', line);
    expect(fieldOf(await double.replied(asked))).toMatchObject({ required: false });
    const sent = double.submitModal(asked, { text: 'REASON-CANARY' });
    const { content, ephemeral } = await double.replied(sent);
    expect(ephemeral).toBe(true);
    expect(content).toContain('Thank you. The moderators of this server are told.');
    const n = await theatre.engine().past.beatOf(scene, line);
    const [report] = await theatre.engine().audit.recent(server.id);
    expect(report).toMatchObject({ kind: 'reported', scene, beat: n, by: bob.id });
    expect(report?.quote).toContain('“REASON-CANARY”');
    const entry = logged.find(({ event }) => event === 'line-reported');
    expect(entry?.facts).toEqual({ server: server.id, scene, beat: n, message: line, by: bob.id });
  });

  test('needs no reason', async () => {
    const { bob, double, server } = theatre;
    const line = await turnOf('tom');
    const asked = double.messageCommand(theatre.channel, bob, 'Report', line);
    await double.replied(asked);
    await double.replied(double.submitModal(asked, { text: '' }));
    const n = await theatre.engine().past.beatOf(scene, line);
    const [report] = await theatre.engine().audit.recent(server.id);
    expect(report).toMatchObject({ kind: 'reported', beat: n });
    expect(report?.quote).not.toContain('“');
  });
});

describe('Rewind to here', () => {
  test('asks first, and then goes back', async () => {
    const { alice, bob, double } = theatre;
    const line = await turnOf('wenna');
    await turnOf('tom');
    await turnOf('wenna');
    expect((await menu(bob, 'Rewind to here', line)).content).toContain('Only the one who started');
    const question = await menu(alice, 'Rewind to here', line);
    expect(question.content).toContain('2 beats are left behind');
    expect(double.messages(theatre.channel).at(-1)?.content).toContain('Turn');
    const { message: asked } = question;
    const done = await replaced(theatre, asked, `dramatis:confirm:rewind:${line}`, alice);
    expect(done.content).toContain('The scene goes on from');
    expect(done.message?.components).toEqual([]);
    const last = (await theatre.engine().replay(scene)).at(-1);
    expect(last?.n).toBe(await theatre.engine().past.beatOf(scene, line));
    expect(double.message(line).deleted).toBe(false);
  });

  test('says so where nothing came after it, and where it is part of the story no more', async () => {
    const { alice, double, channel } = theatre;
    const newest = double.messages(channel).findLast(({ content }) => content.includes('Turn'));
    expect((await menu(alice, 'Rewind to here', newest ?? '')).content).toContain('not part of its story');
    const line = await turnOf('tom');
    expect((await menu(alice, 'Rewind to here', line)).content).toContain('Nothing has happened since');
  });

  test('goes back to a player’s own line, and takes the messages away where that is wanted', async () => {
    const { alice, bob, double } = theatre;
    const line = await lineOf(bob, 'Where is the boat?');
    const gone = [await turnOf('wenna'), await turnOf('tom')];
    const question = await menu(alice, 'Rewind to here', line);
    await replaced(theatre, question.message, `dramatis:confirm:erase:${line}`, alice);
    await expect.poll(() => gone.map((id) => double.message(id).deleted)).toEqual([true, true]);
    expect(double.message(line).deleted).toBe(false);
  });
});

test('each says so on a message that is no line of the scene', async () => {
  const { alice, bob, double, channel } = theatre;
  const elsewhere = double.say(
    channel,
    double.addMember(theatre.server, double.addUser({ username: 'eve' })).userId,
    'Just passing.',
  );
  for (const name of ['Peek', 'Why this?', 'Rewind to here', 'Edit', 'Report']) {
    expect((await menu(alice, name, elsewhere)).content).toContain('no line of the scene');
  }
  const other = double.addChannel(theatre.server, { name: 'elsewhere' });
  const said = double.say(other, bob, 'No scene here.');
  const asked = double.messageCommand(other, bob, 'Peek', said);
  expect((await double.replied(asked)).content).toContain('There is no scene here');
});

test('no thought and no reason stands where others could read it, or in the log', () => {
  const { double, logged } = theatre;
  expect(publicWords(theatre)).not.toContain('CANARY');
  expect(JSON.stringify(logged)).not.toContain('CANARY');
  expect(double.unexpected).toEqual([]);
  expect(double.pings).toEqual([]);
  expect(mentionsAllowed(double).careless).toEqual([]);
  expect(logged.filter(({ event }) => event === 'task-failed' || event === 'command-broke')).toEqual([]);
});
