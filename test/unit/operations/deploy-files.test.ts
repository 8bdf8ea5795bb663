import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';

const root = new URL('../../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');

const FINISH_S = Number(/FINISH_MS = (\d+)_000/.exec(read('src/cli/start/start-on-discord.ts'))?.[1]);
const SETTINGS = new Set([...read('.env.example').matchAll(/^([A-Z_]+)=/gm)].map(([, name]) => name));
/** What the stores beside the bot are given; compose.yaml says at its head how to make each. */
const OF_COMPOSE = new Set(['POSTGRES_PASSWORD', 'REDIS_PASSWORD']);

const composeSchema = z.object({
  services: z.record(
    z.string(),
    z.object({
      build: z.string().optional(),
      env_file: z.string().optional(),
      environment: z.record(z.string(), z.string()),
      volumes: z.array(z.string()),
      networks: z.array(z.string()),
      healthcheck: z.object({ test: z.array(z.string()) }).optional(),
      stop_grace_period: z.string().optional(),
      ports: z.array(z.string()).optional(),
      read_only: z.boolean().optional(),
      depends_on: z.record(z.string(), z.object({ condition: z.string() })).optional(),
    }),
  ),
  networks: z.record(z.string(), z.object({ internal: z.boolean() }).nullable()),
  volumes: z.record(z.string(), z.null()),
});
const compose = composeSchema.parse(parse(read('compose.yaml')));

test('what the image is made of is there, and no more is sent to its builder', () => {
  const copied = [...read('Dockerfile').matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, paths = '']) =>
    paths.split(' '),
  );
  expect(copied).toContain('src');
  for (const path of copied) expect(existsSync(new URL(path, root)), path).toBe(true);
  const sent = read('.dockerignore')
    .split('\n')
    .flatMap((line) => (line.startsWith('!') ? [line.slice(1)] : []));
  expect(sent.toSorted()).toEqual([...new Set(copied)].toSorted());
});

test('what the program reads at its start is in the image', () => {
  const outside = /new URL\('((?:\.\.\/)+)([a-z][^'/]*)/g;
  for (const path of ['src/cli/house.ts', 'src/config/environment.ts', 'src/words/locales.ts']) {
    for (const [, up = '', name = ''] of read(path).matchAll(outside)) {
      if (up.split('/').length - 1 < path.split('/').length - 1) continue;
      expect(`${read('Dockerfile')} models.yaml data`).toContain(name);
    }
  }
});

test('the image runs as nobody in particular, says whether it lives, and is asked to end', () => {
  const file = read('Dockerfile');
  const base = [...file.matchAll(/^FROM (\S+)/gm)].map(([, image]) => image);
  expect(new Set(base)).toEqual(new Set(['node:24-slim']));
  expect(file).toMatch(/^USER node$/m);
  expect(file).toMatch(/^STOPSIGNAL SIGTERM$/m);
  expect(file).toContain("'/healthz'");
  expect(file).toContain('--omit=dev');
  expect(file).not.toMatch(/(TOKEN|KEY|PASSWORD)=/);
});

test('every setting of compose is one of ours, and every password comes from .env', () => {
  const { bot, postgres, redis } = compose.services;
  for (const name of Object.keys(bot?.environment ?? {})) expect(SETTINGS, name).toContain(name);
  const asked = [...read('compose.yaml').matchAll(/(?<!\$)\$\{([A-Z_]+)/g)].map(([, name = '']) => name);
  expect(asked).toContain('POSTGRES_PASSWORD');
  for (const name of asked) expect(SETTINGS.has(name) || OF_COMPOSE.has(name), name).toBe(true);
  expect(postgres?.environment['POSTGRES_PASSWORD']).toMatch(/^\$\{POSTGRES_PASSWORD:\?/);
  expect(redis?.environment['REDISCLI_AUTH']).toMatch(/^\$\{REDIS_PASSWORD:-\}$/);
  for (const name of ['DATA_KEY', 'OPERATOR_TOKEN']) {
    expect(bot?.environment[name]).toBe(`\${${name}:?set it in .env}`);
  }
});

test('the stores are reached by nobody else, are waited for, and keep what they have', () => {
  const { bot, postgres, redis } = compose.services;
  expect(compose.networks['store']).toEqual({ internal: true });
  for (const store of [postgres, redis]) {
    expect(store?.networks).toEqual(['store']);
    expect(store?.ports).toBeUndefined();
    expect(store?.healthcheck?.test[0]).toBe('CMD');
    for (const volume of store?.volumes ?? [])
      expect(compose.volumes).toHaveProperty(volume.split(':')[0] ?? '');
  }
  expect(bot?.depends_on?.['postgres']).toEqual({ condition: 'service_healthy' });
  expect(bot?.read_only).toBe(true);
  for (const port of bot?.ports ?? []) expect(port).toMatch(/^127\.0\.0\.1:/);
});

test('whoever ends the bot waits for the turns that it finishes', () => {
  expect(FINISH_S).toBeGreaterThan(0);
  const grace = Number.parseInt(compose.services['bot']?.stop_grace_period ?? '', 10);
  const stop = Number(/^TimeoutStopSec=(\d+)$/m.exec(read('deploy/dramatis.service'))?.[1]);
  // Beside the turns, the socket to Discord and the store are closed.
  expect(grace).toBeGreaterThan(FINISH_S + 10);
  expect(stop).toBeGreaterThan(FINISH_S + 10);
});

test('the service starts what is there, writes its data alone, and tells one process to end', () => {
  const unit = read('deploy/dramatis.service');
  const start = /^ExecStart=\/opt\/dramatis\/\S+ --import=\.\/(\S+) (\S+) start$/m.exec(unit);
  for (const path of start?.slice(1) ?? ['no ExecStart'])
    expect(existsSync(new URL(path, root)), path).toBe(true);
  expect(unit).toMatch(/^KillMode=mixed$/m);
  expect(unit).toMatch(/^NoNewPrivileges=yes$/m);
  expect(unit).toMatch(/^ProtectSystem=strict$/m);
  expect(unit).toMatch(/^ReadWritePaths=\/opt\/dramatis\/data$/m);
  expect(unit).toMatch(/^RestartPreventExitStatus=2$/m);
});
