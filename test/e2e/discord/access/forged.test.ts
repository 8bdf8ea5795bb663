import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BUTTONS } from '../../../../src/stage/discord/card/buttons.ts';
import type { Interaction } from '../../../doubles/discord/interactions/interaction.ts';
import type { SeenMessage } from '../../../doubles/discord/messages/see-message.ts';
import type { Channel, Role, User } from '../../../doubles/discord/world/entities.ts';
import { openTheatre, type Theatre } from '../discord-theatre.ts';

let theatre: Theatre;
let line: SeenMessage;
/** A line of another scene. */
let foreign: SeenMessage;
let elsewhere: Channel;
let guards: Role;
let guard: User;

beforeAll(async () => {
  theatre = await openTheatre();
  const { double, server, channel } = theatre;
  guards = double.addRole(server);
  guard = double.addUser({ username: 'guard' });
  double.addMember(server, guard, { roles: [guards] });
  const level = { level: 'server', id: server.id, server: server.id } as const;
  await theatre.engine().settings.set(level, 'moderatorRoles', [guards.id]);
  elsewhere = double.addChannel(server, { name: 'elsewhere' });
  await theatre.start({ cast: 'Old Wenna', preset: 'called-only' }, elsewhere);
  foreign = await theatre.line('at your service', elsewhere);
  await theatre.start({ cast: 'Old Wenna', preset: 'called-only' });
  line = await theatre.line('at your service');
  await theatre.engine().narrate(`discord:${channel.id}`, 'Rain.');
});
afterAll(() => theatre.close());

/** Both scenes, word for word. */
async function logs(): Promise<string> {
  const engine = theatre.engine();
  const both = [theatre.channel, elsewhere].map(({ id }) => engine.replay(`discord:${id}`));
  return JSON.stringify([await Promise.all(both), await engine.info(`discord:${theatre.channel.id}`)]);
}

/** What is told to whoever asked, alone. */
async function told(asked: Interaction): Promise<string> {
  const { double } = theatre;
  const reply = await double.replied(asked);
  if (reply.kind !== 'update') {
    expect(reply.ephemeral).toBe(true);
    return reply.content;
  }
  await expect.poll(() => double.replies(asked).length).toBeGreaterThan(0);
  const more = double.replies(asked).at(-1);
  expect(more?.ephemeral).toBe(true);
  return more?.content ?? '';
}

describe('a role that is lost between two steps', () => {
  test('the question was asked, the answer is refused, and nothing changed', async () => {
    const { double, server, channel } = theatre;
    const question = await double.replied(double.messageCommand(channel, guard, 'Rewind to here', line));
    expect(question.content).toContain('Go back to this line');
    const before = await logs();
    double.changeMember(server, guard, { roles: [] });
    if (!question.message) throw new Error('Nothing was asked.');
    const answer = double.click(question.message, `${BUTTONS.confirm}rewind:${line.id}`, guard);
    const refused = await double.replied(answer, ({ content }) => content.includes('Only'));
    expect(refused.content).toContain('Only the one who started this scene may do that, or a moderator.');
    expect(await logs()).toBe(before);
    double.changeMember(server, guard, { roles: [guards] });
  });

  test('the form was opened, what comes back is refused, and nothing changed', async () => {
    const { double, server, channel } = theatre;
    const asked = double.messageCommand(channel, guard, 'Edit', line);
    expect((await double.replied(asked)).kind).toBe('modal');
    const before = await logs();
    double.changeMember(server, guard, { roles: [] });
    expect(await told(double.submitModal(asked, { text: 'FORGED' }))).toContain('Only the one who started');
    expect(await logs()).toBe(before);
    double.changeMember(server, guard, { roles: [guards] });
  });
});

describe('ids that were tampered with', () => {
  test.each([
    ['a button that we never made', () => 'dramatis:everything', 'no longer does anything'],
    ['the end of a scene that is not theirs', () => BUTTONS.endForGood, 'Only the one who started'],
    ['a rewind', () => `${BUTTONS.confirm}rewind:${line.id}`, 'Only the one who started'],
    ['taking back a coming', () => `${BUTTONS.undo}1`, 'Only the one who started'],
    ['the word for another’s ear', () => BUTTONS.hearWhisper + guard.id, 'for somebody else’s ear'],
    ['a turn', () => BUTTONS.next, 'Only those who take part'],
    ['the end of a turn', () => BUTTONS.stop, 'Only those who take part'],
  ])('%s is refused to a stranger', async (_what, id, said) => {
    const { double, bob } = theatre;
    const before = await logs();
    expect(await told(double.forgeClick(line, id(), bob))).toContain(said);
    expect(await logs()).toBe(before);
  });

  test.each([
    ['a rewind to a line of another scene', () => `${BUTTONS.confirm}rewind:${foreign.id}`],
    ['a rewind to no line at all', () => `${BUTTONS.confirm}rewind:../config`],
  ])('%s is refused to a moderator too', async (_what, id) => {
    const { double } = theatre;
    const before = await logs();
    expect(await told(double.forgeClick(line, id(), guard))).toContain('That is no line of the scene');
    expect(await logs()).toBe(before);
  });

  test('in a menu', async () => {
    const { double, bob } = theatre;
    const before = await logs();
    const deeds = double.forgeSelect(line, `${BUTTONS.moreMenu}:${line.id}`, bob, ['edit']);
    expect(await told(deeds)).toContain('Only the one who started');
    const none = double.forgeSelect(line, `${BUTTONS.moreMenu}:${line.id}`, bob, ['constructor']);
    expect(await told(none)).toContain('This menu no longer does anything.');
    const nobody = double.forgeSelect(line, BUTTONS.someoneMenu, guard, ['nobody-at-all']);
    expect(await told(nobody)).toContain('nobody-at-all');
    expect(await logs()).toBe(before);
  });

  test.each([
    ['another scene’s line', () => `dramatis:edit:${foreign.id}`, 'That is no line of the scene'],
    ['no line', () => 'dramatis:edit:0', 'That is no line of the scene'],
    ['an answer to another scene’s line', () => `dramatis:answer:${foreign.id}`, 'not a line of this scene'],
    ['a report of another scene’s line', () => `dramatis:report:${foreign.id}`, 'That is no line of the'],
    ['a whisper to nobody there', () => 'dramatis:whisper:Nobody At All', 'Nobody At All'],
    ['a form that we never made', () => 'dramatis:form', 'This form no longer does anything.'],
  ])('in a form: %s', async (_what, id, said) => {
    const { double, channel } = theatre;
    const asked = double.messageCommand(channel, guard, 'Edit', line);
    await double.replied(asked);
    const before = await logs();
    expect(await told(double.submitModal(asked, { text: 'FORGED' }, id()))).toContain(said);
    expect(await logs()).toBe(before);
  });

  test('a form that is answered as one for moderators is refused to a stranger', async () => {
    const { double, channel, bob } = theatre;
    const asked = double.messageCommand(channel, bob, 'Answer this character', line);
    expect((await double.replied(asked)).kind).toBe('modal');
    const before = await logs();
    const sent = double.submitModal(asked, { text: 'FORGED' }, `dramatis:edit:${line.id}`);
    expect(await told(sent)).toContain('Only the one who started');
    expect(await logs()).toBe(before);
  });
});
