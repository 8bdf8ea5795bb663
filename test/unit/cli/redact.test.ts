import { describe, expect, test } from 'vitest';
import { lastWords } from '../../../src/cli/last-words.ts';
import { createPinoLog } from '../../../src/cli/pino-log.ts';
import { createRedact, secretsIn } from '../../../src/cli/redact.ts';

const ENV = {
  DISCORD_TOKEN: 'CANARY-discord-1',
  OPENAI_API_KEY: 'CANARY-openai-2',
  MODEL_ACTOR_KEY: 'CANARY"quoted\\3',
  MODEL_ACTOR_URL: 'https://me:CANARY%2Furl%204@models.example/v1',
  DATA_KEY: 'CANARY-data-5,CANARY-older-6',
  OPERATOR_TOKEN: 'CANARY-operator-7',
  STORE_URL: 'postgres://bot:CANARY-store-8@db.example/dramatis',
  PGPASSWORD: 'CANARY-driver-9',
  MODEL: 'harmless-model',
};

describe('what is taken out of a text', () => {
  const redact = createRedact(secretsIn(ENV));

  test.each([
    'CANARY-discord-1',
    'CANARY-openai-2',
    'CANARY"quoted\\3',
    'CANARY\\"quoted\\\\3',
    'CANARY%2Furl%204',
    'CANARY/url 4',
    'CANARY-data-5',
    'CANARY-older-6',
    'CANARY-operator-7',
    'CANARY-store-8',
    'CANARY-driver-9',
  ])('%s, wherever it stands', (secret) => {
    const clean = redact(`before ${secret} after, "${secret}"`);
    expect(clean).not.toContain('CANARY');
    expect(clean).toMatch(/^before .* after/);
  });

  test.each([
    ['a webhook', 'https://discord.com/api/webhooks/123456789012345678/aW_4f-Zz09aW_4f-Zz09aW_4f?wait=true'],
    ['an interaction', 'POST /interactions/123456789012345678/aW5fZ-zz09aW5fZzz09/callback'],
    ['an answer', '/webhooks/123456789012345678/aW5fZ-zz09aW5fZzz09/messages/@original'],
    ['a bot', 'MTIzNDU2Nzg5MDEyMzQ1Njc4.aW5fZz.zz09aW5fZzz09zz09aW5fZzz09zz'],
    ['a password', 'redis://default:zz09aW5fZz@cache.example:6379'],
    ['a header', 'authorization: Bearer zz09aW5fZz-1'],
    ['a key', 'Incorrect API key provided: sk-zz09aW5fZz'],
  ])('the secret of %s, by its shape', (_name, text) => {
    expect(redact(text)).not.toMatch(/zz09|4f-Zz09|aW5fZz/);
    expect(redact(text)).toContain('[redacted]');
  });

  test('and nothing else', () => {
    const text =
      'turn-finished scene 123456789012345678 at http://127.0.0.1:11434/v1 with harmless-model, v1.2.3';
    expect(redact(text)).toBe(text);
    expect(createRedact(secretsIn({ DISCORD_TOKEN: '', X_KEY: 'abc' }))('abc')).toBe('abc');
  });

  test('without slowing down on a text made for that', () => {
    for (const piece of ['://', 'a-', 'webhooks/', 'Bearer ', 'x.', '/1']) {
      expect(redact(piece.repeat(100_000 / piece.length)).length).toBeGreaterThan(0);
    }
  });
});

test('every line of the log goes through it, and is JSON still', () => {
  const lines: string[] = [];
  const log = createPinoLog(
    'debug',
    { write: (line) => void lines.push(line) },
    createRedact(secretsIn(ENV)),
  );
  for (const level of ['debug', 'info', 'warn', 'error'] as const)
    log[level]('CANARY-discord-1', { why: 'CANARY"quoted\\3 and CANARY-store-8' });
  expect(lines).toHaveLength(4);
  for (const line of lines) {
    expect(line).not.toContain('CANARY');
    expect(JSON.parse(line)).toMatchObject({ msg: '[redacted]' });
  }
});

describe('an error that nobody caught', () => {
  const redact = createRedact(secretsIn(ENV));

  test('is told by its kind and place, without its message and all that it carries', () => {
    const error = Object.assign(new TypeError('of the line “CANARY secret plan”'), {
      url: 'https://discord.com/api/webhooks/1/CANARY',
      requestBody: { json: { content: 'CANARY' } },
      code: 'ERR_SOMETHING',
      cause: new RangeError('CANARY again'),
    });
    const words = lastWords(error, redact);
    expect(words).not.toContain('CANARY');
    expect(words).toMatch(/^TypeError ERR_SOMETHING$/m);
    expect(words).toMatch(/because of RangeError/);
    expect(words).toMatch(/^\s+at .*redact\.test/m);
  });

  test.each([['CANARY'], [undefined], [{ token: 'CANARY' }]])(
    '%j, which is none, is told by its type',
    (thrown) => {
      expect(lastWords(thrown, redact)).not.toContain('CANARY');
    },
  );

  test('that is its own cause ends', () => {
    const error = new Error('x');
    error.cause = error;
    expect(lastWords(error, redact).split('because of').length).toBeLessThan(7);
  });
});
