import { type Client, ComponentType, ContainerBuilder, MessageFlags, type TextChannel } from 'discord.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type DiscordDouble, startDiscordDouble } from '../../doubles/discord/discord-double.ts';
import { connect } from './connect.ts';

let double: DiscordDouble;
let client: Client<true>;
let text: TextChannel;

beforeAll(async () => {
  double = await startDiscordDouble();
  const channel = double.addChannel(double.addServer());
  client = await connect(double);
  text = (await client.channels.fetch(channel.id)) as TextChannel;
});
afterAll(async () => {
  await client.destroy();
  await double.close();
});

const words = (content: string) => ({ type: ComponentType.TextDisplay, content }) as const;
const button = (customId: string) =>
  ({ type: ComponentType.Button, customId, label: 'x', style: 2 }) as const;
const row = (...components: ReturnType<typeof button>[]) =>
  ({ type: ComponentType.ActionRow, components }) as const;
const v2 = MessageFlags.IsComponentsV2;

describe('Components V2', () => {
  test('are shown with all their words, and ring as content does', async () => {
    const card = new ContainerBuilder()
      .addTextDisplayComponents((display) => display.setContent('# The heath'))
      .addSectionComponents((section) =>
        section
          .addTextDisplayComponents((display) => display.setContent(`Hosted by <@${double.botUserId}>`))
          .setButtonAccessory((join) => join.setCustomId('join').setLabel('Join').setStyle(1)),
      );
    const sent = await text.send({ flags: v2, components: [card] });
    expect(double.message(sent).text).toContain('# The heath');
    expect(double.message(sent).mentions.users).toEqual([double.botUserId]);
    expect(sent.components[0]?.type).toBe(ComponentType.Container);
  });

  test('cannot be taken back: an edit without the flag keeps to their rules', async () => {
    const sent = await text.send({ flags: v2, components: [words('one')] });
    await expect(sent.edit({ content: 'two' })).rejects.toMatchObject({ code: 50035 });
    await sent.edit({ components: [words('two')] });
    expect(double.message(sent)).toMatchObject({ flags: v2, edited: true });
  });

  test.each([
    ['content beside them', { content: 'x', components: [words('x')] }, 'LEGACY_FIELDS'],
    ['embeds beside them', { embeds: [{ title: 'x' }], components: [words('x')] }, 'LEGACY_FIELDS'],
    ['41 of them', { components: Array.from({ length: 41 }, () => words('x')) }, 'TOTAL_COMPONENTS'],
    ['4,001 characters of text', { components: [words('x'.repeat(4000)), words('y')] }, 'TEXT_SIZE'],
    ['one name twice', { components: [row(button('a')), row(button('a'))] }, 'DUPLICATED'],
    [
      'a section of four texts',
      {
        components: [
          {
            type: ComponentType.Section,
            components: Array.from({ length: 4 }, () => words('x')),
            accessory: button('a'),
          } as const,
        ],
      },
      'BAD_LENGTH',
    ],
  ])('refuse %s', async (_, message, code) => {
    await expect(text.send({ flags: v2, ...message })).rejects.toThrow(code);
  });

  test('refuse nothing at all with 50006', async () => {
    await expect(text.send({ flags: v2, components: [] })).rejects.toMatchObject({ code: 50006 });
  });
});

describe('rows', () => {
  test('are five of five', async () => {
    const rows = [0, 1, 2, 3, 4].map((line) =>
      row(...[0, 1, 2, 3, 4].map((place) => button(`${line}-${place}`))),
    );
    const sent = await text.send({ content: 'x', components: rows });
    expect(double.message(sent).components).toHaveLength(5);
  });

  test.each([
    ['six rows', { components: [0, 1, 2, 3, 4, 5].map((line) => row(button(`${line}`))) }],
    ['six in a row', { components: [row(...[0, 1, 2, 3, 4, 5].map((place) => button(`${place}`)))] }],
    ['a label of 81', { components: [row({ ...button('a'), label: 'x'.repeat(81) as 'x' })] }],
    ['a name of 101', { components: [row(button('x'.repeat(101)))] }],
    ['text without the flag', { components: [words('x')] }],
  ])('refuse %s', async (_, message) => {
    await expect(text.send({ content: 'x', ...message })).rejects.toMatchObject({ code: 50035 });
  });
});
