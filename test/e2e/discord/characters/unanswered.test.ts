import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { created, editing } from './author.ts';
import { closeWriters, openWriters, type Writers } from './writers.ts';

let writers: Writers;
beforeAll(async () => {
  writers = await openWriters({ double: { attachmentBytes: 64 * 1024 * 1024 } });
});
afterAll(() => closeWriters(writers));

describe('where Discord does not take an answer', () => {
  test('a press on “Save” that came too late ends no draft', async () => {
    const { theatre, another, names } = writers;
    const { double } = theatre;
    const who = another();
    const author = await created(theatre, who, { name: 'Margaret Hale' });
    const late = { code: 10062, message: 'Unknown interaction' };
    double.inject({ method: 'POST', match: /callback/, status: 404, body: late, times: 1 });
    const { kind } = await double.replied(double.click(author.message(), author.idOf('save'), who));
    expect(kind).toBe('message');
    await author.press('save');
    expect(author.text()).toContain('**Margaret Hale** is saved');
    expect((await names()).filter((name) => name === 'Margaret Hale')).toHaveLength(1);
  });

  test('what was saved is not saved a second time, though nobody was told', async () => {
    const { theatre, another, names } = writers;
    const { double } = theatre;
    const who = another();
    const author = await created(theatre, who, { name: 'Bessy Higgins' });
    double.inject({ method: 'PATCH', match: /@original/, status: 404, times: 1 });
    double.click(author.message(), author.idOf('save'), who);
    await expect.poll(names).toContain('Bessy Higgins');
    const again = double.click(author.message(), author.idOf('save'), who);
    expect((await double.replied(again)).content).toContain('This draft is over');
    expect((await names()).filter((name) => name === 'Bessy Higgins')).toHaveLength(1);
  });
});

test('a picture that is not even fetched hides nothing of the rest of its form', async () => {
  const { theatre, another, kept } = writers;
  const who = another();
  const author = await created(theatre, who, { name: 'Frederick Hale' });
  const data = Buffer.alloc(10 * 1024 * 1024 + 1);
  await author.fill('picture', { picture: [{ name: 'huge.png', data }], adults: true });
  expect(author.text()).toContain('⚠️ That file is too large');
  expect(author.text()).toContain('for adults only');
  await author.press('save');
  expect((await kept('frederick-hale')).card.extensions.dramatis.age_restricted).toBe(true);
  expect((await editing(theatre, who, 'Frederick Hale')).text()).toContain('for adults only');
});
