import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  type AutocompleteInteraction,
  type ButtonInteraction,
  ButtonStyle,
  type ChatInputCommandInteraction,
  type Client,
  ComponentType,
  type Interaction,
  LabelBuilder,
  type MessageContextMenuCommandInteraction,
  MessageFlags,
  ModalBuilder,
  type ModalSubmitInteraction,
  type StringSelectMenuInteraction,
  TextInputBuilder,
  TextInputStyle,
} from 'discord.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type DiscordDouble, startDiscordDouble } from '../../doubles/discord/discord-double.ts';
import type { Channel, Server, User } from '../../doubles/discord/world/entities.ts';
import { connect, nextEvent } from './connect.ts';

let double: DiscordDouble;
let server: Server;
let channel: Channel;
let alice: User;
let bob: User;
let client: Client<true>;

beforeAll(async () => {
  double = await startDiscordDouble();
  server = double.addServer();
  channel = double.addChannel(server);
  alice = double.addUser({ username: 'alice' });
  bob = double.addUser({ username: 'bob' });
  double.addMember(server, alice);
  double.addMember(server, bob);
  client = await connect(double);
  const registered = double.commandRegistered('scene');
  await client.application.commands.set([
    {
      name: 'scene',
      description: 'Scenes',
      options: [
        {
          type: ApplicationCommandOptionType.Subcommand,
          name: 'start',
          description: 'Start one',
          options: [
            {
              type: ApplicationCommandOptionType.String,
              name: 'setting',
              description: 'Where',
              required: true,
              maxLength: 20,
            },
            { type: ApplicationCommandOptionType.User, name: 'host', description: 'Who' },
          ],
        },
      ],
    },
    {
      name: 'summon',
      description: 'Call someone',
      options: [
        {
          type: ApplicationCommandOptionType.String,
          name: 'who',
          description: 'Name',
          autocomplete: true,
          required: true,
        },
      ],
    },
    { name: 'secret', description: 'For admins', defaultMemberPermissions: '32', contexts: [0] },
    { type: ApplicationCommandType.Message, name: 'Answer this' },
  ]);
  await registered;
});
afterAll(async () => {
  await client.destroy();
  await double.close();
});

function nextInteraction<T extends Interaction>(): Promise<T> {
  return nextEvent<T>(client, 'interactionCreate');
}

/** A slash command as the bot gets it, and as the person waits for it. */
async function used(user: User = alice) {
  const arriving = nextInteraction<ChatInputCommandInteraction>();
  const pending = double.slash(channel, user, 'scene start', { setting: 'a heath', host: bob });
  return { pending, interaction: await arriving };
}

describe('a slash command', () => {
  test('arrives with its options, the member and what the bot may do here', async () => {
    const { interaction } = await used();
    expect(interaction.options.getSubcommand()).toBe('start');
    expect(interaction.options.getString('setting')).toBe('a heath');
    expect(interaction.options.getUser('host')?.id).toBe(bob.id);
    expect(interaction.options.getMember('host')).toMatchObject({ id: bob.id });
    expect(interaction.inCachedGuild() && interaction.member.id).toBe(alice.id);
    expect(interaction.appPermissions.has('ManageWebhooks')).toBe(true);
    expect(interaction.channel?.id).toBe(channel.id);
  });

  test('is deferred for one person alone, then answered, then followed up', async () => {
    const { pending, interaction } = await used();
    const replied = double.replied(pending);
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    expect(double.replies(pending)[0]?.loading).toBe(true);
    await interaction.editReply('The heath it is.');
    expect(await replied).toMatchObject({ kind: 'message', ephemeral: true, content: 'The heath it is.' });
    const more = await interaction.followUp({ content: 'Mind the witches.', flags: MessageFlags.Ephemeral });
    expect(double.replies(pending).map((message) => message.content)).toEqual([
      'The heath it is.',
      'Mind the witches.',
    ]);
    expect(double.ephemerals(alice).map((message) => message.id)).toContain(more.id);
    expect(double.messages(channel)).toEqual([]);
    await interaction.deleteReply();
    expect(double.replies(pending)).toHaveLength(1);
  });

  test('is answered for all at once, and the answer comes back with what asked for it', async () => {
    const { pending, interaction } = await used();
    const response = await interaction.reply({ content: 'Hail!', withResponse: true });
    expect(response.resource?.message?.content).toBe('Hail!');
    expect((await double.replied(pending)).ephemeral).toBe(false);
    expect(double.messages(channel).at(-1)).toMatchObject({ content: 'Hail!', type: 20 });
    expect((await interaction.fetchReply()).interactionMetadata?.user.id).toBe(alice.id);
  });

  test('first follow-up after a deferral fills it, and keeps it as public as it was', async () => {
    const { pending, interaction } = await used();
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    await interaction.followUp('for all?');
    expect(await double.replied(pending)).toMatchObject({ ephemeral: true, content: 'for all?' });
  });

  test('too late is 10062, and the person sees that nobody answered', async () => {
    const { pending, interaction } = await used();
    const replied = expect(double.replied(pending)).rejects.toThrow('did not respond');
    double.expire(pending, 'acknowledge');
    await expect(interaction.reply('sorry')).rejects.toMatchObject({ code: 10062, status: 404 });
    await replied;
  });

  test('answered twice is 40060; a token of 15 minutes ago is 50027', async () => {
    const { pending, interaction } = await used();
    await interaction.reply('once');
    interaction.replied = false;
    await expect(interaction.reply('twice')).rejects.toMatchObject({ code: 40060 });
    interaction.replied = true;
    double.expire(pending, 'token');
    await expect(interaction.followUp('late')).rejects.toMatchObject({ code: 50027, status: 401 });
  });

  test('can be used only as registered, and by whom it is offered to', () => {
    expect(() => double.slash(channel, alice, 'nonsense')).toThrow('no command');
    expect(() => double.slash(channel, alice, 'scene')).toThrow('sub-commands');
    expect(() => double.slash(channel, alice, 'scene start')).toThrow('needs the option "setting"');
    expect(() => double.slash(channel, alice, 'scene start', { setting: 'x'.repeat(21) })).toThrow('between');
    expect(() => double.slash(channel, alice, 'secret')).toThrow('not offered');
    expect(() => double.slash(double.dm(alice), alice, 'secret')).toThrow('not offered');
  });
});

test('autocomplete returns the choices for what is half typed', async () => {
  client.once('interactionCreate', (interaction) => {
    const typed = (interaction as AutocompleteInteraction).options.getFocused();
    void (interaction as AutocompleteInteraction).respond([{ name: `${typed}rcy`, value: 'darcy' }]);
  });
  const choices = await double.autocomplete(channel, alice, 'summon', { who: 'Da' }, 'who');
  expect(choices).toEqual([{ name: 'Darcy', value: 'darcy' }]);
});

test('a message command brings the message along', async () => {
  const said = double.say(channel, bob, 'To be?');
  const arriving = nextInteraction<MessageContextMenuCommandInteraction>();
  const pending = double.messageCommand(channel, alice, 'Answer this', said);
  const interaction = await arriving;
  expect(interaction.targetMessage).toMatchObject({ id: said.id, content: 'To be?', author: { id: bob.id } });
  await interaction.reply({ content: 'Not to be.', flags: MessageFlags.Ephemeral });
  expect((await double.replied(pending)).content).toBe('Not to be.');
});

describe('components', () => {
  const row = {
    type: ComponentType.ActionRow,
    components: [{ type: ComponentType.Button, customId: 'join', label: 'Join', style: ButtonStyle.Primary }],
  } as const;

  async function cardFor(user: User) {
    const { pending, interaction } = await used(user);
    await interaction.reply({ content: 'Scene card', components: [row] });
    const { message } = await double.replied(pending);
    if (!message) throw new Error('The card was not posted.');
    return message;
  }

  test('a press updates the message it is on', async () => {
    const card = await cardFor(alice);
    const arriving = nextInteraction<ButtonInteraction>();
    const pending = double.click(card, 'join', bob);
    await (await arriving).update({ content: 'Bob joined', components: [] });
    expect(await double.replied(pending)).toMatchObject({ kind: 'update', content: 'Bob joined' });
    expect(() => double.click(card, 'join', bob)).toThrow('no component "join"');
  });

  test('a press opens a modal, which comes back filled in', async () => {
    const card = await cardFor(alice);
    const arriving = nextInteraction<ButtonInteraction>();
    const pressed = double.click(card, 'join', bob);
    const name = new TextInputBuilder().setCustomId('name').setStyle(TextInputStyle.Short).setMaxLength(10);
    const label = new LabelBuilder().setLabel('Your name').setTextInputComponent(name);
    await (await arriving).showModal(
      new ModalBuilder().setCustomId('persona').setTitle('Who are you?').addLabelComponents(label),
    );
    expect((await double.replied(pressed)).modal?.title).toBe('Who are you?');
    expect(() => double.submitModal(pressed, { nick: 'B' })).toThrow('no field "nick"');
    expect(() => double.submitModal(pressed, { name: 'far too long' })).toThrow('between');
    const sent = nextInteraction<ModalSubmitInteraction>();
    const submitted = double.submitModal(pressed, { name: 'Banquo' });
    const modal = await sent;
    expect(modal.fields.getTextInputValue('name')).toBe('Banquo');
    expect(modal.isFromMessage() && modal.message.id).toBe(card.id);
    await modal.reply({ content: 'Welcome', flags: MessageFlags.Ephemeral });
    expect((await double.replied(submitted)).content).toBe('Welcome');
  });

  test('a menu brings what was chosen, on a message that one person alone sees', async () => {
    const { pending, interaction } = await used();
    const menu = {
      type: ComponentType.StringSelect,
      customId: 'who',
      options: [{ label: 'Mira', value: 'mira' }],
    } as const;
    const components = [{ type: ComponentType.ActionRow, components: [menu] } as const];
    await interaction.reply({ content: 'Who?', flags: MessageFlags.Ephemeral, components });
    const { message } = await double.replied(pending);
    expect(() => double.select(message ?? '', 'who', bob, ['mira'])).toThrow('somebody else alone');
    expect(() => double.select(message ?? '', 'who', alice, ['tom'])).toThrow('offers no "tom"');
    const arriving = nextInteraction<StringSelectMenuInteraction>();
    const chosen = double.select(message ?? '', 'who', alice, ['mira']);
    const selected = await arriving;
    expect(selected.values).toEqual(['mira']);
    await selected.deferUpdate();
    await selected.editReply({ content: 'Mira it is', components: [] });
    expect((await double.replied(chosen)).content).toBe('Mira it is');
  });
});

test('in a direct message there is a user and no member', async () => {
  const arriving = nextInteraction<ChatInputCommandInteraction>();
  const pending = double.slash(double.dm(alice), alice, 'scene start', { setting: 'a room' });
  const interaction = await arriving;
  expect([interaction.inGuild(), interaction.member, interaction.user.id]).toEqual([false, null, alice.id]);
  await interaction.reply('Here?');
  expect((await double.replied(pending)).content).toBe('Here?');
});
