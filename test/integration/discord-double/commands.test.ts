import { type APIApplicationCommand, REST, Routes } from 'discord.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type DiscordDouble, startDiscordDouble } from '../../doubles/discord/discord-double.ts';

let double: DiscordDouble;
let rest: REST;
beforeAll(async () => {
  double = await startDiscordDouble();
  rest = new REST({ api: double.restUrl }).setToken(double.token);
});
afterAll(() => double.close());

const put = (body: unknown, serverId?: string) =>
  rest.put(
    serverId
      ? Routes.applicationGuildCommands(double.applicationId, serverId)
      : Routes.applicationCommands(double.applicationId),
    { body },
  ) as Promise<APIApplicationCommand[]>;
const command = (name: string, rest: object = {}) => ({ name, description: 'x', ...rest });
const option = (name: string, rest: object = {}) => ({ type: 3, name, description: 'x', ...rest });

describe('registration', () => {
  test('replaces the whole set; a name that stays keeps its id', async () => {
    const [before] = await put([command('one'), command('two')]);
    const after = await put([command('one', { description: 'changed' })]);
    expect(after).toHaveLength(1);
    expect(after[0]).toMatchObject({ id: before?.id, description: 'changed', type: 1 });
    expect(await rest.get(Routes.applicationCommands(double.applicationId))).toHaveLength(1);
  });

  test('of a server is apart from the global one, and needs the bot to be there', async () => {
    const server = double.addServer();
    const registered = double.waitFor('commands-registered');
    await put([command('here')], server.id);
    expect(await registered).toMatchObject({ serverId: server.id, names: ['here'] });
    const elsewhere = double.addServer({ withBot: false });
    await expect(put([command('there')], elsewhere.id)).rejects.toMatchObject({ code: 50001 });
  });

  test('takes Russian names, three levels, a hundred slash commands', async () => {
    const nested = command('сцена', {
      options: [
        {
          type: 2,
          name: 'mind',
          description: 'x',
          options: [{ type: 1, name: 'plant', description: 'x', options: [option('what')] }],
        },
      ],
    });
    const many = Array.from({ length: 99 }, (_, index) => command(`c${index}`));
    expect(await put([nested, ...many])).toHaveLength(100);
  });

  test.each([
    ['a name with a capital', [command('Scene')], '0.name'],
    ['a name with a space', [command('scene start')], '0.name'],
    ['a description of 101', [command('a', { description: 'x'.repeat(101) })], '0.description'],
    ['no description', [{ name: 'a' }], '0.description'],
    ['the same name twice', [command('a'), command('a')], '1.name'],
    [
      '26 options',
      [command('a', { options: Array.from({ length: 26 }, (_, i) => option(`o${i}`)) })],
      '0.options',
    ],
    [
      'an option required after an optional one',
      [command('a', { options: [option('b'), option('c', { required: true })] })],
      '0.options.1',
    ],
    [
      'choices and autocomplete',
      [
        command('a', {
          options: [option('b', { autocomplete: true, choices: [{ name: 'x', value: 'x' }] })],
        }),
      ],
      '0.options.0',
    ],
    [
      'sub-commands among options',
      [command('a', { options: [{ type: 1, name: 's', description: 'x' }, option('b')] })],
      '0.options',
    ],
    [
      'a group in a group',
      [
        command('a', {
          options: [
            {
              type: 2,
              name: 'g',
              description: 'x',
              options: [{ type: 2, name: 'h', description: 'x', options: [] }],
            },
          ],
        }),
      ],
      '0.options.0.options.0.type',
    ],
    [
      'more than 8,000 characters',
      [
        command('a', {
          options: Array.from({ length: 4 }, (_, i) =>
            option(`o${i}`, {
              choices: Array.from({ length: 25 }, (_, j) => ({
                name: `${j}`.padEnd(50, 'x'),
                value: `${j}`.padEnd(50, 'y'),
              })),
            }),
          ),
        }),
      ],
      '0',
    ],
  ])('refuses %s', async (_, body, path) => {
    const error = (await put(body).catch((refusal: unknown) => refusal)) as {
      code: number;
      rawError: { errors: object };
    };
    expect(error.code).toBe(50035);
    const at = path
      .split('.')
      .reduce<unknown>(
        (node, key) => (node as Record<string, unknown> | undefined)?.[key],
        error.rawError.errors,
      );
    expect(at).toHaveProperty('_errors');
  });

  test('refuses more than a hundred slash commands, or fifteen for messages', async () => {
    const slash = Array.from({ length: 101 }, (_, index) => command(`c${index}`));
    await expect(put(slash)).rejects.toMatchObject({ code: 30032 });
    const menus = Array.from({ length: 16 }, (_, index) => ({ type: 3, name: `Menu ${index}` }));
    await expect(put(menus)).rejects.toMatchObject({ code: 30032 });
  });
});
