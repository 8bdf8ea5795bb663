import { expect, test } from 'vitest';
import type { ModelShelf, OfferedModel } from '../../../src/engine/budget/model-shelf.ts';
import { openStore } from '../../../src/store/open-store.ts';
import { render } from '../../../src/words/render.ts';
import { answeringModel } from '../../support/answering-model.ts';
import { openDesk, people, SERVER } from './typing.ts';

const FINE: OfferedModel = {
  id: 'fine',
  name: 'fine-1',
  place: 'https://one.example/v1',
  takesKey: true,
  needsKey: true,
};

/** Offers what the test has it offer, and tells with which keys it was opened. */
function shelfOf(offered: OfferedModel[]): ModelShelf & { readonly opened: (string | undefined)[] } {
  const opened: (string | undefined)[] = [];
  const models = { actor: answeringModel({ name: 'fine-1' }) };
  return {
    opened,
    offered: () => offered,
    open(id, key) {
      const found = offered.find((one) => one.id === id);
      if (!found || (found.needsKey && key === undefined)) return undefined;
      opened.push(key);
      return models;
    },
  };
}

test('/quota and /usage tell what is counted, and nothing on this machine', async () => {
  const desk = await openDesk();
  const quota = await desk.type('/quota', people.passer);
  expect(quota.split('\n')).toHaveLength(7);
  expect(quota).toContain('0 of 40 of your lines in this hour');
  expect(await desk.type('/usage')).toContain('0 turns of the cast');
  const local = await openDesk({}, { scene: 'web:one', stage: 'web' });
  expect(await local.type('/quota')).toContain('Nothing is counted on this machine');
  expect(await local.type('/usage')).toContain('Nothing is counted on this machine');
  expect(await local.type('/model list')).toContain('Models are chosen for a server on Discord');
});

test('/quota tells of no time at which a budget of 0 would begin anew; the log does not count it', async () => {
  const desk = await openDesk();
  await desk.type('/scene start cast: Tom');
  await desk.type('/config set turnsPerServerDay 0 level: server');
  await desk.type('/next');
  const quota = await desk.type('/quota', people.passer);
  expect(quota.split('\n')).toContain('0 of 0 of this server’s turns for today');
  await desk.engine.audit.settled();
  const noted = (await desk.engine.audit.recent(SERVER)).filter(({ kind }) => kind === 'budget');
  expect(noted.map(({ text }) => render(text))).toEqual([
    'Nothing is played here: turnsPerServerDay is set to 0.',
  ]);
});

test('/model tells that nothing is offered where nothing is', async () => {
  const desk = await openDesk();
  expect(await desk.type('/model list')).toBe(
    'The operator’s own model plays here.\nThe operator offers no others.',
  );
  expect(await desk.type('/model use fine')).toContain('No model “fine” is offered');
});

test('/model key takes no key that is typed', async () => {
  const desk = await openDesk({ shelf: shelfOf([FINE]) });
  expect(await desk.type('/model key fine')).toContain('in a form on Discord, and nowhere else');
  const typed = await desk.type('/model key fine key: sk-0123456789');
  expect(typed).not.toContain('stored');
  expect(await desk.engine.serverModels.keys(SERVER)).toEqual([]);
});

test('a key is refused where the store would keep it unencrypted', async () => {
  const store = await openStore('memory:');
  const desk = await openDesk({ shelf: shelfOf([FINE]), store: { ...store, keepsSecrets: false } });
  await expect(desk.engine.serverModels.keepKey(SERVER, 'fine', 'sk-0123456789')).rejects.toThrow('DATA_KEY');
  expect(await store.get('server', `model-keys/${SERVER}`)).toBeUndefined();
});

test('a key goes to the address that it was given for, and to no other that the model gets later', async () => {
  const store = await openStore('memory:');
  const offered = [FINE];
  const shelf = shelfOf(offered);
  const desk = await openDesk({ shelf, store });
  await desk.engine.serverModels.keepKey(SERVER, 'fine', ' sk-0123456789 ');
  expect(await desk.type('/model use fine')).toContain('fine plays here');
  await desk.type('/scene start cast: Tom Reddick');
  expect((await desk.engine.info('discord:c1'))?.record.server).toBe(SERVER);
  expect(shelf.opened).toContain('sk-0123456789');
  shelf.opened.length = 0;
  offered[0] = { ...FINE, place: 'https://two.example/v1' };
  await desk.engine.info('discord:c1');
  expect(shelf.opened).toEqual([]);
  expect(await desk.engine.serverModels.keys(SERVER)).toEqual([]);
  expect(await desk.type('/model list')).toContain('needs a key');
});
