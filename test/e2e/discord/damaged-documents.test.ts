import { afterEach, expect, test } from 'vitest';
import { DamagedError, type DocumentKind, type SceneStore } from '../../../src/store/scene-store.ts';
import { openTheatre, type Theatre } from './discord-theatre.ts';

let theatre: Theatre;
afterEach(() => theatre.close());

/** All that is stored of such a kind by now cannot be read any more, until it is written again. */
async function damage(store: SceneStore, kind: DocumentKind): Promise<number> {
  const damaged = new Set(await Array.fromAsync(store.ids(kind)));
  const found = damaged.size;
  const { get, put } = store;
  Object.assign(store, {
    async get(of: DocumentKind, id: string) {
      if (of === kind && damaged.has(id)) throw new DamagedError(`The test damaged ${kind} ${id}.`);
      return get(of, id);
    },
    async put(of: DocumentKind, id: string, value: unknown) {
      await put(of, id, value);
      if (of === kind) damaged.delete(id);
    },
  });
  return found;
}

test.each(['webhook', 'stage', 'delivery'] as const)(
  'where nothing that is stored of a %s can be read, a scene goes on, and no line is posted twice',
  async (kind) => {
    theatre = await openTheatre();
    const { double, channel, alice, logged } = theatre;
    await theatre.start({ cast: 'Old Wenna, Tom Reddick', preset: 'called-only' });
    double.say(channel, alice, 'First of all.');
    const asked = double.position();
    double.say(channel, alice, 'Wenna, one.');
    await theatre.line(/^/u, channel, asked);
    await theatre.calm();
    const before = theatre.lines();
    expect(await damage(theatre.store, kind)).toBeGreaterThan(0);
    await theatre.restart();
    await theatre.calm();
    expect(theatre.lines()).toEqual(before);
    const since = double.position();
    double.say(channel, alice, 'Tom, are you there?');
    await theatre.line(/^/u, channel, since);
    await theatre.calm();
    expect(theatre.lines().slice(0, before.length)).toEqual(before);
    expect(theatre.lines().at(-1)).toMatch(/^Tom Reddick: /u);
    expect(theatre.lines().length - before.length).toBe(1);
    expect(logged.some(({ event, facts }) => event === 'document-damaged' && facts['kind'] === kind)).toBe(
      true,
    );
  },
);
