import {
  type APIComponentInLabel,
  type APIModalInteractionResponseCallbackData,
  type APIStringSelectComponent,
  type ChatInputCommandInteraction,
  type Client,
  ComponentType,
  type Interaction,
  type ModalSubmitInteraction,
  TextInputStyle,
} from 'discord.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type DiscordDouble, startDiscordDouble } from '../../doubles/discord/discord-double.ts';
import type { Channel, User } from '../../doubles/discord/world/entities.ts';
import { connect, nextEvent } from './connect.ts';

let double: DiscordDouble;
let channel: Channel;
let alice: User;
let client: Client<true>;

beforeAll(async () => {
  double = await startDiscordDouble();
  const server = double.addServer();
  channel = double.addChannel(server);
  alice = double.addUser({ username: 'alice' });
  double.addMember(server, alice);
  client = await connect(double);
  const registered = double.commandRegistered('ask');
  await client.application.commands.set([{ name: 'ask', description: 'Ask' }]);
  await registered;
});
afterAll(async () => {
  await client.destroy();
  await double.close();
});

function formOf(...parts: readonly APIComponentInLabel[]): APIModalInteractionResponseCallbackData {
  const components = parts.map((component) => ({
    type: ComponentType.Label as const,
    label: 'x',
    component,
  }));
  return { custom_id: 'form', title: 'A form', components };
}

/** A command that is answered with this form: what the person has before them, and what the bot hears. */
async function opened(form: APIModalInteractionResponseCallbackData) {
  const heard = nextEvent<Interaction>(client, 'interactionCreate');
  const asked = double.slash(channel, alice, 'ask');
  await ((await heard) as ChatInputCommandInteraction).showModal(form);
  return asked;
}

const upload = { type: ComponentType.FileUpload, custom_id: 'file', max_values: 1, required: false } as const;
const tick = { type: ComponentType.Checkbox, custom_id: 'tick', default: true } as const;
const menu: APIStringSelectComponent = {
  type: ComponentType.StringSelect,
  custom_id: 'menu',
  required: false,
  options: [
    { label: 'One', value: 'one' },
    { label: 'Two', value: 'two', default: true },
  ],
};

describe('a form', () => {
  test('comes back with a file that was put into it, where it can be fetched', async () => {
    const asked = await opened(formOf(upload));
    const heard = nextEvent<Interaction>(client, 'interactionCreate');
    double.submitModal(asked, { file: [{ name: 'me.png', data: 'a picture' }] });
    const { fields } = (await heard) as ModalSubmitInteraction;
    const file = fields.getUploadedFiles('file')?.first();
    expect(file).toMatchObject({ name: 'me.png', size: 9, ephemeral: true });
    expect(await (await fetch(file?.url ?? '')).text()).toBe('a picture');
  });

  test('keeps what it was opened with where nothing is touched', async () => {
    const asked = await opened(formOf(upload, tick, menu));
    const heard = nextEvent<Interaction>(client, 'interactionCreate');
    double.submitModal(asked);
    const { fields } = (await heard) as ModalSubmitInteraction;
    expect(fields.getUploadedFiles('file')?.size ?? 0).toBe(0);
    expect(fields.getCheckbox('tick')).toBe(true);
    expect(fields.getStringSelectValues('menu')).toEqual(['two']);
  });

  test('takes no more files than it asks for, and none where it asks for none', async () => {
    const file = { name: 'me.png', data: 'a picture' };
    const asked = await opened(formOf(upload, tick));
    expect(() => double.submitModal(asked, { file: [file, file] })).toThrow('between');
    expect(() => double.submitModal(asked, { tick: [file] })).toThrow('takes no files');
  });

  const text = { type: ComponentType.TextInput, custom_id: 'text', style: TextInputStyle.Short } as const;
  test.each([
    ['text that is longer than it may be', formOf({ ...text, max_length: 3, value: 'four' })],
    ['a menu that is disabled', formOf({ ...menu, disabled: true })],
    ['one name twice', formOf(text, text)],
    ['six fields', formOf(...['a', 'b', 'c', 'd', 'e', 'f'].map((custom_id) => ({ ...text, custom_id })))],
  ])('with %s is not opened', async (_what, form) => {
    await expect(opened(form)).rejects.toMatchObject({ code: 50035 });
  });
});
