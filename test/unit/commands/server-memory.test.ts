import { expect, test } from 'vitest';
import { openDesk, people, SERVER } from './typing.ts';

test('/memory server lets a character remember across the server, for moderators alone', async () => {
  const { type, engine, store } = await openDesk();
  await type('/scene start cast: Tom, Wenna preset: game-master');
  expect(await type('/memory server Tom on: yes', people.starter)).toBe(
    'refused: Only moderators may do that here.',
  );
  expect(await engine.ledger.serverMemory('discord:c1', 'tom')).toBe(false);
  expect(await type('/memory server Tom on: yes')).toMatch(/^Tom Reddick will remember/);
  expect(await engine.ledger.serverMemory('discord:c1', 'tom')).toBe(true);
  await type('/say The letter lies in the drawer.');
  await type('/scene end');
  expect(JSON.stringify(await store.get('server', `memory/${SERVER}/tom`))).toContain('in the drawer');
  // Also of a scene that has ended.
  expect(await type('/memory server Tom on: no')).toMatch(/is erased\.$/);
  expect(await store.get('server', `memory/${SERVER}/tom`)).toBeUndefined();
});
