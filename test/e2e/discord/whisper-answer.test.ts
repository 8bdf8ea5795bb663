import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BUTTONS } from '../../../src/stage/discord/card/buttons.ts';
import { scriptedModel } from '../../support/scripted-model.ts';
import { openTheatre, type Theatre } from './discord-theatre.ts';
import { mentionsAllowed } from './mentions-allowed.ts';

let theatre: Theatre;
let scene = '';
let answers = 0;
beforeAll(async () => {
  const model = scriptedModel({
    turn: () => `<role_thinking>THOUGHT-CANARY</role_thinking>WHISPER-CANARY-${++answers}, and come alone.`,
  });
  theatre = await openTheatre({
    engine: { models: { actor: model, director: model }, limits: { gatherMs: 0 } },
  });
  await theatre.start({ cast: 'Old Wenna, Tom Reddick', preset: 'called-only' });
  scene = `discord:${theatre.channel.id}`;
  await theatre.calm();
});
afterAll(() => theatre.close());

async function whisper(player: { id: string; name: string }): Promise<void> {
  await theatre.engine().whisper(scene, { player, text: 'Where is it hidden?', to: ['tom'] });
  await theatre.calm();
}

/** Requests that anyone but one person can read the outcome of: all but answers to interactions. */
function publicWords(): string {
  const { requests, applicationId } = theatre.double;
  return requests
    .filter(
      ({ path }) => !path.startsWith(`/webhooks/${applicationId}/`) && !path.startsWith('/interactions/'),
    )
    .map(({ text }) => text)
    .join('\n');
}

describe('an answer to a whisper', () => {
  test('waits behind a button where its hearer cannot be reached alone', async () => {
    const { double, channel, bob } = theatre;
    await whisper({ id: bob.id, name: 'Bob' });
    const notice = double.messages(channel).at(-1);
    expect(notice?.content).toBe(`-# <@${bob.id}> Someone has a word for your ear alone.`);
    expect(notice?.mentions.users).toEqual([]);
    expect(JSON.stringify(notice?.components)).toContain(BUTTONS.hearWhisper + bob.id);
    const heard = JSON.stringify(await theatre.engine().ledger.witnessedBy(scene, bob.id));
    expect(heard).toContain(`WHISPER-CANARY-${answers}`);
    expect(heard).not.toContain('THOUGHT-CANARY');
  });

  test('has one such notice for each hearer, the newest', async () => {
    const { double, channel, server, bob } = theatre;
    await whisper({ id: bob.id, name: 'Bob' });
    const waiting = () => double.messages(channel).filter(({ content }) => content.includes('for your ear'));
    await expect.poll(() => waiting().length).toBe(1);
    const carol = double.addUser({ username: 'carol', globalName: 'Carol' });
    double.addMember(server, carol);
    await whisper({ id: carol.id, name: 'Carol' });
    await expect.poll(() => waiting().length).toBe(2);
  });

  test('comes as an answer for one pair of eyes while one can be given', async () => {
    const { double, channel, bob } = theatre;
    const before = double.messages(channel).length;
    const asked = double.slash(channel, bob, 'cast');
    await double.replied(asked);
    await whisper({ id: bob.id, name: 'Bob' });
    const alone = double.ephemerals(bob).map(({ content }) => content);
    expect(alone.at(-1)).toBe(`-# Tom Reddick, to you alone:\nWHISPER-CANARY-${answers}, and come alone.`);
    expect(double.messages(channel)).toHaveLength(before);
    double.expire(asked, 'token');
    await whisper({ id: bob.id, name: 'Bob' });
    expect(double.ephemerals(bob)).toHaveLength(alone.length);
    expect(double.messages(channel).at(-1)?.content).toContain(`<@${bob.id}> Someone has a word`);
  });

  test('stands in no request that others could read the outcome of', () => {
    expect(answers).toBeGreaterThanOrEqual(5);
    expect(publicWords()).not.toContain('WHISPER-CANARY');
    expect(publicWords()).not.toContain('Where is it hidden?');
    expect(theatre.double.everythingSent()).not.toContain('THOUGHT-CANARY');
    expect(JSON.stringify(theatre.logged)).not.toContain('CANARY');
    expect(theatre.double.unexpected).toEqual([]);
    expect(theatre.double.pings).toEqual([]);
    expect(mentionsAllowed(theatre.double).careless).toEqual([]);
  });
});
