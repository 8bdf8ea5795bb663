import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { readEnvironment } from '../../../src/config/environment.ts';
import { UNNAMED_MODEL } from '../../../src/config/model-layers.ts';
import { variablesSchema } from '../../../src/config/variables.ts';
import { OperatorError } from '../../../src/errors.ts';
import { type ModelRole, modelSettingsSchema } from '../../../src/model/model-settings.ts';

const folder = mkdtempSync(join(tmpdir(), 'dramatis-config-'));
afterAll(() => rmSync(folder, { recursive: true }));

const NO_FILE = join(folder, 'none.yaml');
const read = (env: Record<string, string>, modelsFile = NO_FILE) => readEnvironment(env, modelsFile);

function withFile(yaml: string): string {
  const path = join(folder, `models-${Math.abs(hash(yaml))}.yaml`);
  writeFileSync(path, yaml);
  return path;
}
const hash = (text: string) => [...text].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) | 0, 7);

function refusal(env: Record<string, string>, modelsFile = NO_FILE): string {
  try {
    read(env, modelsFile);
  } catch (error) {
    expect(error).toBeInstanceOf(OperatorError);
    return (error as OperatorError).message;
  }
  return expect.fail('nothing was refused');
}

/** Name, address and key of each part's model. */
function parts(env: Record<string, string>, modelsFile = NO_FILE) {
  const { models } = read(env, modelsFile);
  return Object.fromEntries(
    Object.entries(models).map(([role, { name, baseUrl, apiKey }]) => [role, [name, baseUrl, apiKey]]),
  ) as Partial<Record<ModelRole, [string, string, string | undefined]>>;
}

const OPENAI = 'https://api.openai.com/v1';
const HERE = 'http://127.0.0.1:11434/v1';

describe('the defaults', () => {
  test('are a local page on this machine, SQLite, and the understudy', () => {
    expect(read({})).toEqual({
      models: {},
      offered: [],
      currency: 'USD',
      understudyForced: false,
      storeUrl: 'sqlite://./data/dramatis.db',
      host: '127.0.0.1',
      port: 4680,
      logLevel: 'info',
      owners: [],
      servers: [],
      dataKeys: [],
      trace: false,
    });
  });

  test('hold where a variable is empty or blank', () => {
    const names = Object.keys(variablesSchema.shape);
    expect(read(Object.fromEntries(names.map((name) => [name, ''])))).toEqual(read({}));
    expect(read(Object.fromEntries(names.map((name) => [name, ' \t '])))).toEqual(read({}));
  });
});

describe('each variable', () => {
  test('arrives in the settings', () => {
    const settings = read({
      DISCORD_TOKEN: ' token ',
      DISCORD_API: 'http://127.0.0.1:1/api',
      DISCORD_CDN: 'http://127.0.0.1:2',
      MODEL_EMBED: 'embedder',
      MODEL_USER: 'player',
      MODEL_MODERATION: 'guard',
      MODEL_MODERATION_URL: 'http://127.0.0.1:3/v1',
      STORE_URL: 'memory:',
      HOST: '0.0.0.0',
      PORT: '0',
      LOG_LEVEL: 'debug',
      OWNER_IDS: '100000000000000001, 100000000000000002',
      SERVERS: '100000000000000003 100000000000000004',
      OPERATOR_TOKEN: 'open',
      DATA_KEY: `${'ab'.repeat(32)}, ${Buffer.alloc(32, 7).toString('base64')}`,
      TRACE: 'yes',
    });
    expect(settings).toEqual({
      operatorPort: 0,
      discord: { token: 'token', api: 'http://127.0.0.1:1/api', cdn: 'http://127.0.0.1:2' },
      models: {},
      understudyForced: false,
      embedModel: 'embedder',
      userModel: 'player',
      offered: [],
      currency: 'USD',
      moderation: modelSettingsSchema.parse({ name: 'guard', baseUrl: 'http://127.0.0.1:3/v1' }),
      storeUrl: 'memory:',
      host: '0.0.0.0',
      port: 0,
      logLevel: 'debug',
      owners: ['100000000000000001', '100000000000000002'],
      servers: ['100000000000000003', '100000000000000004'],
      operatorToken: 'open',
      dataKeys: [Buffer.alloc(32, 0xab), Buffer.alloc(32, 7)],
      trace: true,
    });
  });

  test('SERVERS may be all of them', () => {
    expect(read({ SERVERS: '*' }).servers).toBe('*');
  });

  test.each([
    ['PORT', '65536', 'must be a number from 0 to 65535'],
    ['DATA_KEY', 'CANARY', 'must be 32 random bytes as base64 or hex'],
    ['PORT', '80a', 'must be a number from 0 to 65535'],
    ['DISCORD_TOKEN', 'Bot abc', 'must be the token alone, without spaces'],
    ['DISCORD_API', 'http://host/api/v10', 'must end before the version: http://host/api'],
    ['OPENAI_BASE_URL', 'localhost:11434', 'must be an address that begins with http:// or https://'],
    ['MODEL_JUDGE_URL', 'ftp://host', 'must be an address that begins with http:// or https://'],
    ['MODEL_PROFILE', 'HER', 'must be her or plain'],
    ['STORE_URL', 'mysql://host', 'must begin with sqlite://, memory:, redis:// or postgres://'],
    ['LOG_LEVEL', 'loud', 'must be one of fatal, error, warn, info, debug, trace, silent'],
    ['OWNER_IDS', 'anne', 'must be Discord ids (numbers of 15 to 21 digits) with commas between them'],
    ['SERVERS', '*,100000000000000003', 'must be * or Discord ids (numbers of 15 to 21 digits)'],
    ['TRACE', 'perhaps', 'must be yes or no'],
  ])('%s=%s is one clear line', (name, value, rule) => {
    const message = refusal({ [name]: value });
    expect(message).toContain(`${name} ${rule}`);
    expect(message).not.toContain('\n');
  });

  test('that is wrong is named with all others, and no value is quoted', () => {
    const bad = Object.keys(variablesSchema.shape).map((name) => [name, 'hunter2 is not it'] as const);
    const message = refusal(Object.fromEntries(bad), withFile('actor: { apiKey: [hunter2] }'));
    expect(message.split('\n').length).toBeGreaterThan(20);
    for (const name of ['DISCORD_TOKEN', 'OPENAI_API_KEY', 'MODEL_ACTOR_KEY', 'PORT', 'actor.apiKey']) {
      expect(message).toContain(name);
    }
    expect(message).not.toContain('hunter2');
  });
});

test('.env.example has every variable, each explained by the line before it, and no other', () => {
  const lines = readFileSync(new URL('../../../.env.example', import.meta.url), 'utf8').split('\n');
  const named = lines.flatMap((line, i) =>
    /^[A-Z_]+=$/.test(line) ? [[line.slice(0, -1), lines[i - 1]] as const] : [],
  );
  expect(named.map(([name]) => name).toSorted()).toEqual(Object.keys(variablesSchema.shape).toSorted());
  for (const [, explanation] of named) expect(explanation).toMatch(/^# [^─]{8,}/);
  for (const line of lines) expect(line).toMatch(/^(#.*|[A-Z_]+=)?$/);
});

describe('the models', () => {
  test('MODEL plays every part, at OpenAI where no address is given', () => {
    const model = ['m', OPENAI, 'k'];
    expect(parts({ MODEL: 'm', OPENAI_API_KEY: 'k' })).toEqual({
      actor: model,
      director: model,
      narrator: model,
      judge: model,
    });
  });

  test('an address alone is used, its model is named later', () => {
    expect(parts({ OPENAI_BASE_URL: HERE }).actor).toEqual([UNNAMED_MODEL, HERE, undefined]);
    expect(parts({ OPENAI_BASE_URL: HERE, OPENAI_API_KEY: 'k' }).judge).toEqual([UNNAMED_MODEL, HERE, 'k']);
  });

  test('a bare key is offered, not used; beside a model it is not bare', () => {
    expect(read({ OPENAI_API_KEY: 'k' })).toMatchObject({ models: {}, bareKey: 'k' });
    expect(read({ OPENAI_API_KEY: 'k', MODEL: 'm' }).bareKey).toBeUndefined();
    expect(read({ OPENAI_API_KEY: 'k', MODEL: 'understudy' }).bareKey).toBeUndefined();
  });

  test('MODEL=understudy forces the script', () => {
    const env = { MODEL: 'understudy', OPENAI_BASE_URL: HERE, MODEL_JUDGE: 'j' };
    expect(read(env)).toMatchObject({ models: {}, understudyForced: true });
  });

  test('a part may have a model of its own, or none', () => {
    const env = { MODEL: 'm', OPENAI_BASE_URL: HERE, MODEL_ACTOR: 'a', MODEL_DIRECTOR: 'understudy' };
    const rest = ['m', HERE, undefined];
    expect(parts(env)).toEqual({ actor: ['a', HERE, undefined], narrator: rest, judge: rest });
    expect(read(env).understudyForced).toBe(false);
    expect(Object.keys(read({ MODEL_JUDGE: 'j', MODEL_JUDGE_URL: HERE }).models)).toEqual(['judge']);
  });

  test('a key goes to no address but its own', () => {
    const env = { MODEL: 'm', OPENAI_API_KEY: 'k', MODEL_ACTOR_URL: 'http://elsewhere/v1' };
    expect(parts(env).actor).toEqual(['m', 'http://elsewhere/v1', undefined]);
    expect(parts({ ...env, MODEL_ACTOR_KEY: 'own' }).actor).toEqual(['m', 'http://elsewhere/v1', 'own']);
    expect(parts({ ...env, OPENAI_BASE_URL: 'http://elsewhere/v1/' }).actor?.[2]).toBe('k');
    const file = withFile(`default: { name: m, baseUrl: "${HERE}" }`);
    expect(parts({ OPENAI_API_KEY: 'k' }, file).actor).toEqual(['m', HERE, undefined]);
    expect(parts({ OPENAI_API_KEY: 'k', MODEL: 'n' }, file).actor).toEqual(['n', HERE, undefined]);
  });

  test('a model at OpenAI without a key is refused with what to set', () => {
    expect(refusal({ MODEL: 'm' })).toMatch(/^OPENAI_API_KEY is needed .* OPENAI_BASE_URL/);
  });

  test('of file and environment the particular wins, and the environment at one level', () => {
    const file = withFile(`
default: { name: file, baseUrl: "${HERE}", temperature: 0.1, contextSize: 4096 }
actor: { temperature: 0.2, profile: her }
judge: { name: file-judge }
`);
    expect(parts({}, file).actor).toEqual(['file', HERE, undefined]);
    const env = { MODEL: 'env', MODEL_PROFILE: 'plain' };
    const { models } = read(env, file);
    expect(models.actor).toMatchObject({ name: 'env', temperature: 0.2, contextSize: 4096, profile: 'her' });
    expect(models.director).toMatchObject({ name: 'env', temperature: 0.1, profile: 'plain' });
    expect(models.judge?.name).toBe('file-judge');
    expect(read({ ...env, MODEL_JUDGE: 'env-judge' }, file).models.judge?.name).toBe('env-judge');
  });

  test('a file that names no model chooses none', () => {
    expect(read({}, withFile('actor: { temperature: 1 }')).models).toEqual({});
  });
});
