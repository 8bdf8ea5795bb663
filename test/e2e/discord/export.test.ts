import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTheatre, type Theatre } from './discord-theatre.ts';

let theatre: Theatre;
beforeAll(async () => {
  theatre = await openTheatre();
});
afterAll(() => theatre.close());

test('/scene export hands its files to whoever asked, and to nobody else', async () => {
  const { double, channel, alice } = theatre;
  await theatre.start({ cast: 'Old Wenna' });
  await theatre.calm();
  const before = double.messages(channel).length;
  const { message, ephemeral } = await double.replied(double.slash(channel, alice, 'scene export'));
  expect(ephemeral).toBe(true);
  expect(message?.attachments.map(({ name }) => name.split('.').at(-1))).toEqual(['html', 'md']);
  expect(message?.attachments.every(({ size }) => size > 0)).toBe(true);
  expect(double.messages(channel)).toHaveLength(before);
  expect(double.unexpected).toEqual([]);
});
