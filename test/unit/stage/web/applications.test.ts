import { describe, expect, test } from 'vitest';
import { createApplicationShelf } from '../../../../src/stage/web/applications/application-shelf.ts';
import { hashOf, idOf, isTokenLike, newToken } from '../../../../src/stage/web/applications/token.ts';
import { openStore } from '../../../../src/store/open-store.ts';
import type { SceneStore } from '../../../../src/store/scene-store.ts';

const TAVERN = { name: 'The tavern', scopes: ['play'], origins: ['http://localhost:8080'] } as const;

describe('the shelf of applications', () => {
  test('tells a token once, keeps its hash alone, and knows it again', async () => {
    const store = await openStore('memory:');
    const shelf = createApplicationShelf(store, () => Date.UTC(2026, 4, 31));
    const made = await shelf.add(TAVERN);
    if (!made) throw new Error('the name was free');
    expect(isTokenLike(made.token)).toBe(true);
    expect(await shelf.ofToken(made.token)).toEqual({ ...made.application });
    await shelf.noteUse(made.application);
    expect(await shelf.list()).toEqual([{ ...made.application, lastUsed: '2026-05-31' }]);
    expect(await stored(store)).not.toContain(made.token.slice(4));
  });

  test('takes a name once, and removes by name or id', async () => {
    const shelf = createApplicationShelf(await openStore('memory:'));
    const first = await shelf.add(TAVERN);
    expect(await shelf.add({ ...TAVERN, name: 'the TAVERN' })).toBeUndefined();
    const second = await shelf.add({ ...TAVERN, name: 'The mill' });
    expect((await shelf.remove('the tavern'))?.id).toBe(first?.application.id);
    expect((await shelf.remove(second?.application.id ?? ''))?.name).toBe('The mill');
    expect(await shelf.remove('The mill')).toBeUndefined();
    expect(await shelf.list()).toEqual([]);
    expect(await shelf.ofToken(first?.token ?? '')).toBeUndefined();
  });

  test('a use that is noted while it is being removed brings nothing back', async () => {
    const store = await openStore('memory:');
    const shelf = createApplicationShelf(store);
    const made = await shelf.add(TAVERN);
    if (!made) throw new Error('the name was free');
    await shelf.remove('The tavern');
    await shelf.noteUse(made.application);
    expect(await shelf.ofToken(made.token)).toBeUndefined();
    expect(await shelf.list()).toEqual([]);
    expect(await shelf.isThere(made.application.id)).toBe(false);
  });

  test.each([
    ['another one', (token: string) => `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`],
    ['nothing', () => ''],
    ['its start', (token: string) => token.slice(0, -1)],
    ['its key in the store', () => 'used/x'],
  ])('does not take %s for a token', async (_what, change) => {
    const shelf = createApplicationShelf(await openStore('memory:'));
    const made = await shelf.add(TAVERN);
    expect(await shelf.ofToken(change(made?.token ?? ''))).toBeUndefined();
  });
});

test('an id that fits is not enough: the whole hash is compared', async () => {
  const store = await openStore('memory:');
  const shelf = createApplicationShelf(store);
  const [token, other] = [newToken(), newToken()];
  const id = idOf(hashOf(token));
  await store.put('application', id, { ...TAVERN, hash: `${id}${hashOf(other).slice(12)}`, createdAt: 1 });
  expect(await shelf.isThere(id)).toBe(true);
  expect(await shelf.ofToken(token)).toBeUndefined();
});

async function stored(store: SceneStore): Promise<string> {
  const values: unknown[] = [];
  for await (const id of store.ids('application')) values.push(id, await store.get('application', id));
  return JSON.stringify(values);
}
