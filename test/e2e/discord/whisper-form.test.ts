import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BUTTONS } from '../../../src/stage/discord/card/buttons.ts';
import { scriptedModel } from '../../support/scripted-model.ts';
import { openTheatre, type Theatre } from './discord-theatre.ts';
import { mentionsAllowed } from './mentions-allowed.ts';
import { pressed, publicWords } from './press.ts';

let theatre: Theatre;
let scene = '';
let answers = 0;

beforeAll(async () => {
  const model = scriptedModel({ turn: () => `ANSWER-CANARY-${++answers}, come alone.` });
  theatre = await openTheatre({
    engine: { models: { actor: model, director: model }, limits: { gatherMs: 0 } },
  });
  await theatre.start({ cast: 'Old Wenna, Tom Reddick', preset: 'called-only' });
  scene = `discord:${theatre.channel.id}`;
  await theatre.calm();
});
afterAll(() => theatre.close());

describe('/whisper without a text', () => {
  test('asks for it with a form, and whispers what was written there', async () => {
    const { bob, channel, double } = theatre;
    const asked = double.slash(channel, bob, 'whisper', { to: 'Tom' });
    expect((await double.replied(asked)).modal?.title).toBe('Whisper to Tom Reddick');
    const sent = double.submitModal(asked, { text: 'WHISPER-CANARY where is it?' });
    expect((await double.replied(sent)).content).toContain('Only Tom Reddick heard that.');
    await theatre.calm();
    const tom = JSON.stringify(await theatre.engine().backstage.mind(scene, 'tom'));
    const wenna = JSON.stringify(await theatre.engine().backstage.mind(scene, 'wenna'));
    expect(tom).toContain('WHISPER-CANARY');
    expect(wenna).not.toContain('CANARY');
  });

  test('has its answer in the hearer’s own eyes, as long as Discord takes one', async () => {
    const { bob, double } = theatre;
    await expect
      .poll(() => double.ephemerals(bob).map(({ content }) => content))
      .toContain(`-# Tom Reddick, to you alone:\nANSWER-CANARY-${answers}, come alone.`);
  });

  test('names nobody in vain', async () => {
    const { bob, channel, double } = theatre;
    const asked = double.slash(channel, bob, 'whisper', { to: 'Nemo' });
    expect((await double.replied(asked)).content).toContain('Nobody here is called “Nemo”');
    const long = double.slash(channel, bob, 'whisper', { to: `Tom${' '.repeat(120)}` });
    expect((await double.replied(long)).content).toContain('Write it as text');
  });
});

describe('a word that waits', () => {
  test('is for its hearer alone, and told once', async () => {
    const { alice, bob, channel, double } = theatre;
    await theatre.restart();
    for (const text of ['And when?', 'And how?']) {
      await theatre.engine().whisper(scene, { player: { id: bob.id, name: 'Bob' }, text, to: ['tom'] });
      await theatre.calm();
    }
    const waiting = () => double.messages(channel).filter(({ content }) => content.includes('for your ear'));
    await expect.poll(() => waiting().length).toBe(1);
    const [notice] = waiting();
    const id = BUTTONS.hearWhisper + bob.id;
    const other = await pressed(theatre, notice?.id ?? '', id, alice);
    expect(other.ephemeral).toBe(true);
    expect(other.content).toContain('somebody else');
    const { content, ephemeral } = await pressed(theatre, notice?.id ?? '', id, bob);
    expect(ephemeral).toBe(true);
    // What reached him before is not told again.
    expect(content).toBe(
      [answers - 1, answers]
        .map((n) => `-# Tom Reddick, to you alone:\nANSWER-CANARY-${n}, come alone.`)
        .join('\n'),
    );
    await expect.poll(waiting).toEqual([]);
  });
});

test('no word of it stands where others could read it, or in the log', () => {
  const { double, logged } = theatre;
  expect(publicWords(theatre)).not.toContain('CANARY');
  expect(JSON.stringify(logged)).not.toContain('CANARY');
  expect(double.unexpected).toEqual([]);
  expect(double.pings).toEqual([]);
  expect(mentionsAllowed(double).careless).toEqual([]);
  expect(logged.filter(({ event }) => event === 'task-failed' || event === 'command-broke')).toEqual([]);
});
