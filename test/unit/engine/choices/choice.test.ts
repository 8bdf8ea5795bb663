import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type Choice, choiceSchema } from '../../../../src/engine/choices/choice.ts';
import { readChoices } from '../../../../src/engine/choices/read-choices.ts';
import { openStore } from '../../../../src/store/open-store.ts';

const HASH = 'a'.repeat(64);
const never = new AbortController().signal;

const facts = {
  at: 1,
  log: 'discord:1#1',
  by: '9',
  what: 'up',
  n: 4,
  speaker: 'character:wenna',
  better: HASH,
  worse: [],
};
const seen = {
  context: { speaker: 'Wenna', sheet: 'WORDS', setting: 'WORDS', others: [], lines: ['WORDS'], note: '' },
  better: [{ kind: 'thought', text: 'WORDS' }],
  worse: [],
};

describe('a stored choice', () => {
  test('of a scene that never was on Discord is read with its words', () => {
    expect(choiceSchema.parse({ ...facts, origin: 'local', seen })).toEqual({
      ...facts,
      origin: 'local',
      seen,
    });
  });

  test.each(['discord', undefined, null, 'Local', 7])(
    'of origin %s has none, whatever is stored',
    (origin) => {
      const stored = {
        ...facts,
        origin,
        seen,
        words: 'WORDS',
        judge: { by: 'j', first: HASH, over: [], outcome: 'won' },
      };
      const read = choiceSchema.parse(stored);
      expect(read.origin).toBe('discord');
      expect(JSON.stringify(read)).not.toContain('WORDS');
    },
  );

  test('of Discord has no field that any text fits in, but ids and a model’s name', () => {
    const text = 'What Mara said to Tom, on the quay.';
    fc.assert(
      fc.property(
        fc.dictionary(fc.string(), fc.jsonValue()),
        fc.constantFrom(...Object.keys(facts)),
        (extra, field) => {
          const stored = { ...extra, ...facts, origin: 'discord', seen: text, [field]: text };
          const read = choiceSchema.safeParse(stored).data;
          // A key, a person's and a character's id are none of the scene's words; all else refuses words.
          if (['log', 'by', 'speaker'].includes(field)) return;
          expect(read).toBeUndefined();
        },
      ),
    );
    const judged = {
      by: 'a-model',
      first: HASH,
      over: [HASH],
      outcome: 'won',
      principle: text,
      dimension: text,
    };
    const read = choiceSchema.parse({ ...facts, origin: 'discord', judge: judged });
    expect(JSON.stringify(read)).not.toContain('Mara');
    expect(read.judge).toMatchObject({ by: 'a-model', first: HASH });
  });

  test('from Discord is none of words to the compiler either', () => {
    const read: Choice = choiceSchema.parse({ ...facts, origin: 'discord' });
    // @ts-expect-error Only where the origin was looked at are there words.
    expect(read.seen).toBeUndefined();
    expect(Object.keys(z.toJSONSchema(choiceSchema, { io: 'input' }))).toContain('anyOf');
  });
});

describe('the reader', () => {
  test('passes over secrets and what cannot be read, and can be broken off', async () => {
    const store = await openStore('memory:');
    await store.put('choice', 'discord:1#1/salt', { salt: 'x'.repeat(64) });
    await store.put('choice', 'discord:1#1/by/9/4/thumb', { ...facts, origin: 'discord' });
    await store.put('choice', 'discord:1#1/by/9/5/thumb', { ...facts, worse: ['words'] });
    await store.put('choice', 'discord:1#1/by/9/6/thumb', 'words');
    const read = await Array.fromAsync(readChoices(store, never));
    expect(read).toEqual([{ ...facts, origin: 'discord' }]);
    const broken = Array.fromAsync(readChoices(store, AbortSignal.abort(new Error('stopped'))));
    await expect(broken).rejects.toThrow('stopped');
  });
});
