import { expect, onTestFinished, test } from 'vitest';
import { smallLibrary } from '../../../support/small-library.ts';
import { joinStage } from './stage-client.ts';
import { openWebHouse } from './web-house.ts';

test('every setting is told with its value, where it comes from, its default, bounds and levels', async () => {
  const web = await openWebHouse(smallLibrary());
  onTestFinished(() => web.close());
  const client = await joinStage(web.url);
  client.send({ type: 'open', start: { setting: 'A landing.', cast: ['wenna'] } });
  await client.seen('opened');
  const read = async (name: string, character?: string) => {
    const told = await client.ask({
      type: 'settings',
      ...(character === undefined ? {} : { character }),
    });
    return told.type === 'settings' ? told.settings.find((one) => one.name === name) : undefined;
  };
  expect(await read('turnsPerLine')).toMatchObject({
    kind: 'number',
    value: '3',
    default: '3',
    bound: 'turnsPerLine is a whole number from 0 to 20.',
    source: 'default',
    set: [],
    levels: ['scene', 'server'],
  });
  await client.ask({ type: 'command', text: '/config set name: turnsPerLine value: 7 level: scene' });
  await client.ask({ type: 'command', text: '/config set name: turnsPerLine value: 9 level: server' });
  expect(await read('turnsPerLine')).toMatchObject({
    value: '7',
    source: 'scene',
    set: ['scene', 'server'],
  });
  expect((await read('peek', 'wenna'))?.levels).toEqual(['character', 'scene', 'server']);
  // Nobody has a role here.
  expect(await read('playerRoles')).toBeUndefined();
});
