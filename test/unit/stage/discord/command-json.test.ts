import { describe, expect, test } from 'vitest';
import { commands } from '../../../../commands/index.ts';
import type { Command, CommandAction } from '../../../../src/engine/command/command.ts';
import {
  ANSWER_COMMAND,
  commandJson,
  sizeOf,
} from '../../../../src/stage/discord/interactions/command-json.ts';

const action: CommandAction = { description: 'Does it', options: [], allowed: 'anyone', run: async () => {} };

function command(change: Partial<CommandAction> = {}, name = 'act'): Command {
  return { name, description: 'Acts', action: { ...action, ...change } };
}

describe('commandJson', () => {
  test('puts all our commands and the entries of a line’s menu into Discord’s form', () => {
    const json = commandJson(commands);
    const inMenus = ['Peek', 'Why this?', 'Rewind to here', 'Edit', 'Report', ANSWER_COMMAND];
    expect(json.slice(commands.length)).toMatchObject(inMenus.map((name) => ({ type: 3, name })));
    for (const one of json) expect(one).toMatchObject({ integration_types: [0] });
    const scene = json.find(({ name }) => name === 'scene');
    const actions = commands.find(({ name }) => name === 'scene')?.actions ?? {};
    expect(scene).toMatchObject({ options: Object.keys(actions).map((name) => ({ type: 1, name })) });
  });

  test('stays within what Discord takes of each kind', () => {
    const json = commandJson(commands);
    expect(json.filter(({ type }) => type === 1).length).toBeLessThanOrEqual(100);
    expect(json.filter(({ type }) => type === 3).length).toBeLessThanOrEqual(15);
  });

  test('translates options, required ones first', () => {
    const [json] = commandJson([
      command({
        options: [
          { name: 'loud', description: 'Loudly', type: 'flag' },
          { name: 'times', description: 'How often', type: 'number', min: 1, max: 9 },
          {
            name: 'who',
            description: 'Whom',
            type: 'text',
            max: 100,
            required: true,
            complete: async () => [],
          },
          { name: 'how', description: 'How', type: 'text', choices: [{ name: 'Well', value: 'well' }] },
        ],
      }),
    ]);
    expect(json).toMatchObject({
      options: [
        { type: 3, name: 'who', required: true, max_length: 100, autocomplete: true },
        { type: 5, name: 'loud', required: false },
        { type: 10, name: 'times', min_value: 1, max_value: 9 },
        { type: 3, name: 'how', choices: [{ name: 'Well', value: 'well' }] },
      ],
    });
  });

  test('suggests choices of which there are more than Discord takes', () => {
    const choices = Array.from({ length: 26 }, (_, i) => ({ name: `${i}`, value: `${i}` }));
    const [json] = commandJson([
      command({ options: [{ name: 'x', description: 'x', type: 'text', choices }] }),
    ]);
    expect(json).toMatchObject({ options: [{ name: 'x', autocomplete: true }] });
  });

  test('offers in direct messages what is about one’s own data, and nothing else', () => {
    const [own, scene] = commandJson([
      { name: 'own', description: 'x', actions: { what: { ...action, alone: true }, clear: action } },
      command({}, 'scene'),
    ]);
    expect(own?.contexts).toEqual([0, 1]);
    expect(scene?.contexts).toEqual([0]);
  });

  test('hides from others what is only for who manages the server: roles that moderate are our own', () => {
    const [halt, block, start] = commandJson([
      command({ allowed: 'manager' }, 'halt'),
      command({ allowed: 'moderator' }, 'block'),
      {
        name: 'scene',
        description: 'Scenes',
        actions: { start: { ...action, allowed: 'manager' }, info: { ...action, allowed: 'anyone' } },
      },
    ]);
    expect(halt?.default_member_permissions).toBe('32');
    expect(block?.default_member_permissions).toBeNull();
    expect(start?.default_member_permissions).toBeNull();
  });

  test.each([
    ['a name with a capital', command({}, 'Act')],
    ['a name too long', command({}, 'a'.repeat(33))],
    [
      'a description too long',
      command({ options: [{ name: 'x', description: 'x'.repeat(101), type: 'flag' }] }),
    ],
    ['no description', { ...command(), description: '' }],
    [
      'too many options',
      command({
        options: Array.from({ length: 26 }, (_, i) => ({ name: `o${i}`, description: 'x', type: 'flag' })),
      }),
    ],
  ] as const)('refuses %s', (_what, wrong) => {
    expect(() => commandJson([wrong])).toThrow();
  });
});

describe('sizeOf', () => {
  test('counts each description in the language where it is longest, as Discord does', () => {
    const one = { name: 'act', description: 'Acts', description_localizations: { de: 'Handelt' } };
    expect(sizeOf(one)).toBe('act'.length + 'Handelt'.length);
    const choice = { name: 'a longer one', name_localizations: { de: 'kurz' }, value: 'v' };
    expect(sizeOf({ ...one, options: [{ choices: [choice] }] })).toBe(
      'act'.length + 'Handelt'.length + 'a longer one'.length + 1,
    );
  });

  test('is within Discord’s limit for each of ours, and no description is too long in any language', () => {
    for (const json of commandJson(commands)) expect(sizeOf(json)).toBeLessThanOrEqual(8000);
    const german = commandJson(commands).flatMap((json) =>
      'description_localizations' in json ? [json.description_localizations?.de ?? ''] : [],
    );
    expect(german).toHaveLength(commands.length);
    for (const words of german) expect([...words].length).toBeLessThanOrEqual(100);
  });
});
