import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BUTTONS } from '../../../src/stage/discord/card/buttons.ts';
import type { SeenMessage } from '../../doubles/discord/messages/see-message.ts';
import type { Ref } from '../../doubles/discord/world/snowflake.ts';
import { scriptedModel } from '../../support/scripted-model.ts';
import { openTheatre, type Theatre } from './discord-theatre.ts';
import { mentionsAllowed } from './mentions-allowed.ts';
import { newestLine, pressed, publicWords, replaced } from './press.ts';

let theatre: Theatre;
let scene = '';
let turns = 0;

beforeAll(async () => {
  const model = scriptedModel({
    turn: (name) => `<role_thinking>THOUGHT-CANARY</role_thinking>Turn ${++turns} of ${name}.`,
    next: () => 'random',
  });
  theatre = await openTheatre({
    engine: {
      models: { actor: model, director: model, narrator: model },
      limits: { gatherMs: 0, consideringAfterMs: 60_000 },
    },
  });
  await theatre.start({ cast: 'Old Wenna, Tom Reddick', preset: 'called-only' });
  scene = `discord:${theatre.channel.id}`;
  await theatre.engine().next(scene, 'wenna');
  await theatre.calm();
});
afterAll(() => theatre.close());

/** What ⋯ under the newest line shows to this person alone. */
async function more(user: Ref = theatre.alice): Promise<SeenMessage> {
  const { message, ephemeral } = await pressed(theatre, newestLine(theatre), BUTTONS.more, user);
  if (!message || !ephemeral) throw new Error('There is no menu for this person alone.');
  return message;
}

function menuOf(message: SeenMessage): string {
  const [id = ''] = /dramatis:more-menu:\d+/.exec(JSON.stringify(message.components)) ?? [];
  return id;
}

describe('⋯ under the newest line', () => {
  test('opens a menu for whoever pressed it', async () => {
    const { text } = await more(theatre.bob);
    for (const word of ['Let them', 'Someone else…', 'Narrator', 'Hold', 'This line…']) {
      expect(text).toContain(word);
    }
    for (const deed of ['Edit', 'Rewind to here', 'What if', 'Peek', 'Why this?', 'Report']) {
      expect(text).toContain(deed);
    }
  });

  test('Let them: the cast goes on for three turns', async () => {
    const before = turns;
    const { content, message } = await replaced(theatre, await more(), BUTTONS.letThem, theatre.alice);
    expect(content).toContain('goes on for 3 turns');
    expect(message?.components).toEqual([]);
    await theatre.calm();
    expect(turns).toBe(before + 3);
  });

  test('Someone else: offers who is there and the Narrator, and undoes nothing', async () => {
    const { bob, channel, double } = theatre;
    const refused = await replaced(theatre, await more(bob), BUTTONS.someoneElse, bob);
    expect(refused.content).toContain('Only those who take part in this scene');
    await theatre.engine().join(scene, { id: bob.id, name: 'Bob' });
    await theatre.engine().ledger.setCondition(scene, 'character:tom', 'asleep');
    const before = theatre.lines();
    const offered = await replaced(theatre, await more(bob), BUTTONS.someoneElse, bob);
    expect(offered.message?.text).toContain('Old Wenna');
    expect(offered.message?.text).toContain('Narrator');
    expect(offered.message?.text).not.toContain('Tom Reddick');
    await theatre.engine().ledger.setCondition(scene, 'character:tom', 'awake');
    const again = await replaced(theatre, await more(bob), BUTTONS.someoneElse, bob);
    const from = double.position();
    const { content } = await replaced(theatre, again.message, BUTTONS.someoneMenu, bob, 'tom');
    expect(content).toBe('Tom Reddick takes a turn.');
    expect((await theatre.line(/^Turn/, channel, from)).author).toBe('Tom Reddick');
    await theatre.calm();
    expect(theatre.lines().slice(0, before.length)).toEqual(before);
  });

  test('Narrator: the world has a turn', async () => {
    const from = theatre.double.position();
    await replaced(theatre, await more(), BUTTONS.narrator, theatre.alice);
    expect((await theatre.line('Rain falls.', theatre.channel, from)).author).toBe('Narrator');
    await theatre.calm();
  });

  test('Hold: nobody speaks until somebody calls', async () => {
    const { content } = await replaced(theatre, await more(), BUTTONS.hold, theatre.alice);
    expect(content).toContain('The cast waits');
    await theatre.calm();
  });

  test('Peek and Why this? answer in its place', async () => {
    const menu = await more();
    const peeked = await replaced(theatre, menu, menuOf(menu), theatre.alice, 'peek');
    expect(peeked.content).toBe('||THOUGHT-CANARY||');
    expect(peeked.message?.components).toEqual([]);
    const other = await more();
    const why = await replaced(theatre, other, menuOf(other), theatre.alice, 'why');
    expect(why.content).toContain('Why this speaker:');
  });

  test('Edit opens a form, whose answer takes the menu’s place', async () => {
    const { alice, double } = theatre;
    const line = newestLine(theatre);
    const menu = await more();
    const asked = double.select(menu, menuOf(menu), alice, ['edit']);
    expect((await double.replied(asked)).modal?.title).toContain('Edit');
    const sent = double.submitModal(asked, { text: 'I never said that.' });
    await double.replied(sent, ({ content }) => content.includes('reads so from now on'));
    expect(double.message(menu).content).toContain('reads so from now on');
    expect(double.message(line).content).toBe('I never said that.');
  });

  test('Rewind to here asks in its place', async () => {
    const { alice } = theatre;
    const line = newestLine(theatre);
    await theatre.engine().narrate(scene, 'A gull laughs.');
    const menu = await more();
    const asked = await replaced(theatre, menu, menuOf(menu), alice, 'rewind');
    expect(asked.content).toContain('2 beats are left behind');
    await replaced(theatre, asked.message, `dramatis:confirm:rewind:${line.id}`, alice);
    const last = (await theatre.engine().replay(scene)).at(-1);
    expect(last?.n).toBe(await theatre.engine().past.beatOf(scene, line.id));
  });

  test('What if opens a thread in which the story goes on from that line', async () => {
    const { alice, bob, double, channel } = theatre;
    const refused = await more(bob);
    const no = await replaced(theatre, refused, menuOf(refused), bob, 'branch');
    expect(no.content).toContain('Only the one who started this scene');
    const menu = await more();
    const told = await replaced(theatre, menu, menuOf(menu), alice, 'branch');
    const [thread] = double.threads(channel);
    expect(told.content).toContain(`<#${thread?.id}>`);
    const branch = await theatre.engine().info(`discord:${thread?.id}`);
    expect(branch?.record.branchOf).toBeDefined();
    expect(branch?.cast.map(({ character }) => character.name)).toEqual(['Old Wenna', 'Tom Reddick']);
  });
});

test('the buttons on the scene card leave the card alone', async () => {
  const { alice } = theatre;
  const { ephemeral, content } = await pressed(theatre, theatre.card(), BUTTONS.hold, alice);
  expect(ephemeral).toBe(true);
  expect(content).toContain('The cast waits');
  const offered = await pressed(theatre, theatre.card(), BUTTONS.someoneElse, alice);
  expect(offered.ephemeral).toBe(true);
  expect(offered.message?.text).toContain('Tom Reddick');
  expect(theatre.card().text).toContain('**Old Wenna**');
});

test('no thought stands where others could read it, or in the log', () => {
  const { double, logged } = theatre;
  expect(publicWords(theatre)).not.toContain('CANARY');
  expect(JSON.stringify(logged)).not.toContain('CANARY');
  expect(double.unexpected).toEqual([]);
  expect(double.pings).toEqual([]);
  expect(mentionsAllowed(double).careless).toEqual([]);
  expect(logged.filter(({ event }) => event === 'task-failed' || event === 'command-broke')).toEqual([]);
});
