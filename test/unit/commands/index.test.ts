import { readdir } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { commands } from '../../../commands/index.ts';

describe('the commands', () => {
  test('are one file each, named as they are, and all of them are there', async () => {
    const entries = await readdir(new URL('../../../commands', import.meta.url), { withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile()).map(({ name }) => name);
    const names = files.map((file) => file.replace(/\.ts$/, '')).filter((name) => name !== 'index');
    expect(commands.map(({ name }) => name).sort()).toEqual(names.sort());
  });

  test('are no more than Discord takes, each once', () => {
    expect(commands.length).toBeLessThanOrEqual(100);
    expect(new Set(commands.map(({ name }) => name)).size).toBe(commands.length);
    for (const { actions = {} } of commands) expect(Object.keys(actions).length).toBeLessThanOrEqual(25);
  });

  const actions = commands.flatMap(({ name, action, actions: several = {} }) => [
    ...(action ? [[name, action] as const] : []),
    ...Object.entries(several).map(([sub, one]) => [`${name} ${sub}`, one] as const),
  ]);

  // Discord's own limits; the same files are registered there.
  test.each(actions)('/%s fits what Discord takes', (name, { description, options }) => {
    for (const word of name.split(' ')) expect(word).toMatch(/^[a-z-]{1,32}$/);
    expect(description.length).toBeLessThanOrEqual(100);
    expect(options.length).toBeLessThanOrEqual(25);
    const required = options.map((option) => option.required === true);
    expect(required).toEqual(required.toSorted((a, b) => Number(b) - Number(a)));
    for (const option of options) {
      expect(option.name).toMatch(/^[a-z-]{1,32}$/);
      expect(option.description.length).toBeGreaterThan(0);
      expect(option.description.length).toBeLessThanOrEqual(100);
      if (option.type === 'text') expect(option.max ?? 6000).toBeLessThanOrEqual(6000);
      for (const choice of option.choices ?? []) {
        expect(choice.name.length).toBeLessThanOrEqual(100);
        expect(choice.value.length).toBeLessThanOrEqual(100);
      }
    }
  });
});
