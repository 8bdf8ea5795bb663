import { afterEach, describe, expect, test } from 'vitest';
import { modelSettingsSchema } from '../../../src/model/model-settings.ts';
import { createModelShelf } from '../../../src/model/model-shelf.ts';
import { herTurn } from '../../doubles/model/her-replies.ts';
import { type ModelDouble, startModelDouble } from '../../doubles/model/model-double.ts';
import { answeringModel } from '../../support/answering-model.ts';
import { openTheatre, type Theatre } from './discord-theatre.ts';

const KEY = 'sk-KEYCANARY-0123456789';

let theatre: Theatre;
let mind: ModelDouble;
afterEach(async () => {
  await theatre.close();
  await mind.close();
});

/** A server whose operator offers a model that takes a server's own key, and one that plays as it is. */
async function open(apiKey = KEY): Promise<void> {
  mind = await startModelDouble({ apiKey });
  const settings = modelSettingsSchema.parse({ name: 'double-1', baseUrl: mind.url, attempts: 1 });
  const shelf = createModelShelf([
    { id: 'fine', settings, takesKey: true },
    { id: 'house', settings: { ...settings, name: 'double-2', apiKey: 'sk-operators-own' }, takesKey: false },
  ]);
  theatre = await openTheatre({
    engine: { models: { actor: answeringModel() }, shelf, limits: { gatherMs: 0 } },
  });
  await theatre.start({ cast: 'Old Wenna', preset: 'called-only' });
}

async function asked(
  command: string,
  values: Record<string, string> = {},
  by = theatre.alice,
): Promise<string> {
  return (await theatre.double.replied(theatre.double.slash(theatre.channel, by, command, values))).content;
}

async function giveKey(key: string): Promise<string> {
  const { alice, channel, double } = theatre;
  const form = double.slash(channel, alice, 'model key', { model: 'fine' });
  expect((await double.replied(form)).modal?.title).toBe('A key of this server');
  const { content, ephemeral } = await double.replied(double.submitModal(form, { text: key }));
  expect(ephemeral).toBe(true);
  return content;
}

async function call(text: string): Promise<void> {
  const { double, channel, alice } = theatre;
  double.say(channel, alice, `Wenna, ${text}`);
  await expect
    .poll(async () => JSON.stringify(await theatre.engine().replay(`discord:${channel.id}`)))
    .toContain(text);
  await theatre.calm();
}

describe('a server’s own key', () => {
  test('plays by the address that the operator gave, and is seen nowhere else', async () => {
    await open();
    const { bob, channel, double, logged, store, server } = theatre;
    expect(await asked('model list', {}, bob)).toContain('Only moderators');
    expect(await asked('model list')).toContain('fine: double-1');
    expect(await asked('model use', { model: 'fine' })).toContain('give it one first');
    expect(await giveKey(KEY)).toContain('The key is stored');
    expect(await asked('model use', { model: 'fine' })).toContain('fine plays here');
    mind.reply(herTurn({ speech: 'By your own coin.' }));
    await call('who pays?');
    await theatre.line('By your own coin.');
    const keys = mind.requests.map(({ headers }) => headers['authorization']);
    expect(new Set(keys)).toEqual(new Set([`Bearer ${KEY}`]));

    // After a restart too.
    await theatre.restart();
    mind.reply(herTurn({ speech: 'Still yours.' }));
    await call('and now?');
    await theatre.line('Still yours.');
    expect(await asked('model list')).toContain('with this server’s own key');

    const seen = JSON.stringify([
      logged,
      double.messages(channel),
      double.requests,
      await theatre.engine().audit.recent(server.id),
      mind.requests.map(({ body }) => body),
      double.ephemerals(theatre.alice),
    ]);
    expect(seen).not.toContain('KEYCANARY');
    expect(JSON.stringify(await store.get('server', `model-keys/${server.id}`))).toContain('KEYCANARY');

    expect(await asked('model forget-key', { model: 'fine' })).toContain('is deleted');
    expect(await store.get('server', `model-keys/${server.id}`)).toBeUndefined();
    expect(await asked('model list')).toContain('needs a key');
    const before = mind.requests.length;
    await call('and without?');
    expect(mind.requests).toHaveLength(before);
  });

  test('that is refused is a neutral line to the room, and an entry for the moderators', async () => {
    await open('sk-another-one');
    await giveKey(KEY);
    await asked('model use', { model: 'fine' });
    await call('one?');
    await call('two?');
    const { channel, double, server, logged } = theatre;
    await theatre.engine().audit.settled();
    const failed = (await theatre.engine().audit.recent(server.id)).filter(({ kind }) => kind === 'failed');
    expect(failed).toHaveLength(1);
    expect(JSON.stringify(failed)).toContain('was refused');
    const words = JSON.stringify(double.messages(channel));
    expect(words).toContain('the moment passes');
    expect(words).not.toContain('refused');
    expect(JSON.stringify([logged, double.requests])).not.toContain('KEYCANARY');
  });

  test('is none where it is several words, or the model takes none', async () => {
    await open();
    expect(await giveKey('two words here')).toContain('That is no key');
    const { alice, channel, double } = theatre;
    // Nobody is asked for a key that would not be taken.
    expect(await asked('model key', { model: 'house' })).toContain('takes no key');
    expect(await asked('model key', { model: 'nobody' })).toContain('No model “nobody” is offered.');
    const whisper = double.slash(channel, alice, 'whisper', { to: 'Wenna' });
    await double.replied(whisper);
    const forged = double.submitModal(whisper, { text: KEY }, 'dramatis:model-key:house');
    const { content } = await double.replied(forged);
    expect(content).toContain('takes no key');
    expect(content).not.toContain('KEYCANARY');
  });

  test('is taken from moderators only, whatever form is sent', async () => {
    await open();
    const { bob, channel, double, server, store } = theatre;
    const refused = await asked('model key', { model: 'fine' }, bob);
    expect(refused).toContain('Only moderators');
    const whisper = double.slash(channel, bob, 'whisper', { to: 'Wenna' });
    await double.replied(whisper);
    const forged = double.submitModal(whisper, { text: KEY }, 'dramatis:model-key:fine');
    expect((await double.replied(forged)).content).toContain('Only moderators');
    expect(await store.get('server', `model-keys/${server.id}`)).toBeUndefined();
  });
});

test('a model that is no longer offered leaves the operator’s own to play, and says so', async () => {
  await open();
  const { server } = theatre;
  const level = { level: 'server', id: server.id, server: server.id } as const;
  await theatre.engine().settings.set(level, 'model', 'gone');
  expect(await asked('model list')).toContain('gone was chosen and is no longer offered');
  await call('who plays?');
  expect(mind.requests).toEqual([]);
  await theatre.line(/^Said /);
  expect(await asked('model clear')).toContain('No model is chosen there any more');
  expect(await asked('model use', { model: 'gone' })).toContain('No model “gone” is offered');
});
