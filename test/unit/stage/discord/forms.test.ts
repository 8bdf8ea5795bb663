import { describe, expect, test } from 'vitest';
import { inTime, textForm } from '../../../../src/stage/discord/interactions/forms.ts';

describe('inTime', () => {
  test('hands on what came in time, and what failed in time', async () => {
    expect(await inTime(Promise.resolve('line'))).toBe('line');
    await expect(inTime(Promise.reject(new Error('no such line')))).rejects.toThrow('no such line');
  });

  test('says that the scene is busy where it takes too long, whatever comes of it then', async () => {
    const slow = Promise.withResolvers<string>();
    await expect(inTime(slow.promise, 1)).rejects.toThrow('The scene is busy just now');
    slow.reject(new Error('too late to matter'));
    await expect(slow.promise).rejects.toThrow('too late');
  });
});

describe('textForm', () => {
  test('keeps to what Discord takes for a title', () => {
    const { title } = textForm({ id: 'i', title: 'T'.repeat(60), label: 'Text', locale: 'en', most: 10 });
    expect(title).toBe(`${'T'.repeat(44)}…`);
  });
});
