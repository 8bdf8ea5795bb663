import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { readEnvironment } from '../../../src/config/environment.ts';
import { pricesOf } from '../../../src/config/prices.ts';
import { createModelShelf } from '../../../src/model/model-shelf.ts';

const folder = mkdtempSync(join(tmpdir(), 'dramatis-offered-'));
afterAll(() => rmSync(folder, { recursive: true }));
const path = join(folder, 'models.yaml');

function read(yaml: string, env: Record<string, string> = {}) {
  writeFileSync(path, yaml);
  return readEnvironment(env, path);
}

describe('offered models', () => {
  test('have the operator’s address and key, and settings of their own over the default', () => {
    const { offered, currency } = read(
      `
currency: EUR
default: { baseUrl: http://one.example/v1, apiKey: operators, temperature: 0.5, price: { prompt: 9, completion: 9 } }
offered:
  - { id: small, name: small-1 }
  - { id: far, name: far-1, baseUrl: http://two.example/v1, takesKey: true, price: { prompt: 1, completion: 2 } }
`,
    );
    expect(currency).toBe('EUR');
    expect(offered.map(({ id, takesKey }) => [id, takesKey])).toEqual([
      ['small', false],
      ['far', true],
    ]);
    const [small, far] = offered.map(({ settings }) => settings);
    expect(small).toMatchObject({ name: 'small-1', baseUrl: 'http://one.example/v1', apiKey: 'operators' });
    expect(small?.temperature).toBe(0.5);
    expect(small?.price).toBeUndefined();
    // The operator's key belongs to the other address.
    expect(far?.apiKey).toBeUndefined();
    expect(pricesOf([small, far])).toEqual({ 'far-1': { prompt: 1, cached: 1, completion: 2 } });
  });

  test.each([
    ['offered: [{ id: a }]', 'offered.0.name is wrong'],
    ['offered: [{ id: A B, name: x }]', 'offered.0.id is wrong: must be a short word'],
    ['offered: [{ id: a, name: x }, { id: a, name: y }]', 'two of them have one id'],
    ['offered: [{ id: a, name: x, baseURL: y }]', 'is no setting'],
    ['default: { price: { prompt: -1, completion: 1 } }', 'default.price.prompt is wrong'],
    ['currency: euros', 'currency is wrong: must be a code of three letters'],
  ])('%s is refused with what is wrong', (yaml, problem) => {
    expect(() => read(yaml)).toThrow(problem);
  });

  test('at OpenAI need a key of the operator’s, or of the server’s', () => {
    expect(() => read('offered: [{ id: a, name: x }]')).toThrow('OPENAI_API_KEY');
    const env = { OPENAI_API_KEY: 'operators', MODEL_PROFILE: 'her' };
    const yaml = 'offered: [{ id: a, name: x, takesKey: true }, { id: b, name: x }]';
    const [keyed, open] = read(yaml, env).offered.map(({ settings }) => settings);
    // What takes a key is not played at the operator's cost, unless a key stands beside it.
    expect(keyed?.apiKey).toBeUndefined();
    expect(open).toMatchObject({ apiKey: 'operators', profile: 'plain' });
  });
});

describe('the shelf', () => {
  const { offered } = read(`
offered:
  - { id: open, name: open-1, baseUrl: http://user:secret@one.example/v1?key=1 }
  - { id: keyed, name: keyed-1, baseUrl: http://two.example/v1, takesKey: true }
  - { id: both, name: both-1, baseUrl: http://two.example/v1, apiKey: operators, takesKey: true }
`);

  test('shows an address without its secrets, and who needs a key', () => {
    expect(createModelShelf(offered).offered()).toEqual([
      { id: 'open', name: 'open-1', place: 'http://one.example/v1', takesKey: false, needsKey: false },
      { id: 'keyed', name: 'keyed-1', place: 'http://two.example/v1', takesKey: true, needsKey: true },
      { id: 'both', name: 'both-1', place: 'http://two.example/v1', takesKey: true, needsKey: false },
    ]);
  });

  test('opens the same models for one id and key, in every part', () => {
    const shelf = createModelShelf(offered);
    expect(shelf.open('none', undefined)).toBeUndefined();
    expect(shelf.open('keyed', undefined)).toBeUndefined();
    const one = shelf.open('keyed', 'a-key');
    expect(Object.keys(one ?? {})).toEqual(['actor', 'director', 'narrator', 'judge']);
    expect(shelf.open('keyed', 'a-key')).toBe(one);
    expect(shelf.open('keyed', 'another')).not.toBe(one);
    // Who takes no key is sent none.
    expect(shelf.open('open', 'a-key')).toBe(shelf.open('open', undefined));
    expect(shelf.open('both', undefined)?.actor?.name).toBe('both-1');
  });
});
