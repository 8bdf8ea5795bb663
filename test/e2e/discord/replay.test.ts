import { ChannelType } from 'discord-api-types/v10';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { scriptedModel } from '../../support/scripted-model.ts';
import { openTheatre, type Theatre } from './discord-theatre.ts';

let theatre: Theatre;
let scene: string;

beforeEach(async () => {
  const model = scriptedModel({
    turn: (name) =>
      `<system_thinking>PLAN-CANARY</system_thinking><role_thinking>THOUGHT-CANARY ${'x'.repeat(1200)}</role_thinking>*nods* A turn of ${name}.`,
  });
  theatre = await openTheatre({
    engine: { models: { actor: model, director: model }, limits: { gatherMs: 0 } },
  });
  await theatre.start({ cast: 'Old Wenna', preset: 'called-only' });
  scene = `discord:${theatre.channel.id}`;
  await theatre.calm();
  await theatre.engine().next(scene, 'wenna');
  await theatre.calm();
});
afterEach(() => theatre.close());

async function typed(command: string, values: Record<string, string> = {}, user = theatre.alice) {
  const { double, channel } = theatre;
  return (await double.replied(double.slash(channel, user, command, values))).content;
}

/** What stands in the thread that an answer links to. */
function told(answer: string): string {
  const thread = /<#(\d+)>/u.exec(answer)?.[1] ?? '';
  return theatre.double
    .messages(thread)
    .map(({ content }) => content)
    .join('\n');
}

test('a finished scene is told again in a thread, without thoughts where not all may read them', async () => {
  expect(await typed('scene replay')).toContain('Only a scene that has ended');
  await typed('scene end');
  const answer = await typed('scene replay');
  expect(answer).toContain('What the cast thought is left out');
  expect(told(answer)).toContain('**Old Wenna** *nods* A turn of Old Wenna.');
  expect(told(answer)).not.toContain('CANARY');
});

test('with thoughts under covers where everyone may read them, each cover whole', async () => {
  await typed('scene thoughts', { who: 'after' });
  await typed('scene end');
  const answer = await typed('scene replay');
  const text = told(answer);
  expect(text).toContain('||THOUGHT-CANARY');
  expect(text).not.toContain('PLAN-CANARY');
  const bare = text.replace(/\|\|.*?\|\|/gu, '');
  expect(bare).not.toContain('||');
  expect(bare).not.toContain('xxx');
});

test('what was played in a private thread is told again to those who are in one, and so is a branch', async () => {
  const { alice, channel, double } = theatre;
  const closet = double.addThread(channel, {
    name: 'closet',
    owner: alice,
    isPrivate: true,
    members: [alice, double.botUserId],
  });
  const inCloset = async (command: string, values: Record<string, string> = {}) =>
    (await double.replied(double.slash(closet, alice, command, values))).content;
  await inCloset('scene start', { cast: 'Old Wenna', preset: 'called-only', thread: 'no' });
  const { beats = 0 } = (await theatre.engine().info(`discord:${closet.id}`)) ?? {};
  const branched = await inCloset('branch', { at: String(beats) });
  await inCloset('scene end');
  const answer = await inCloset('scene replay');
  for (const said of [branched, answer]) {
    const thread = /<#(\d+)>/u.exec(said)?.[1] ?? '';
    const { type } = double.threads(channel).find(({ id }) => id === thread) ?? {};
    expect(type).toBe(ChannelType.PrivateThread);
  }
});

test('it is for the owner and moderators, and says which permission is missing', async () => {
  const { bob, channel, double } = theatre;
  await typed('scene end');
  expect(await typed('scene replay', {}, bob)).toContain('Only the one who started this scene');
  double.setOverwrite(channel, double.botUserId, { deny: ['CreatePublicThreads'] });
  expect(await typed('scene replay')).toContain('Create Public Threads');
});
