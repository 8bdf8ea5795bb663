import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { doctor } from '../../../src/cli/doctor/doctor.ts';
import { checkNode, checkPrinciples } from '../../../src/cli/doctor/doctor-checks.ts';
import { runCli } from '../../../src/cli/run-cli.ts';
import { openStore } from '../../../src/store/open-store.ts';
import { startDiscordDouble } from '../../doubles/discord/discord-double.ts';
import { startModelDouble } from '../../doubles/model/model-double.ts';
import { listed } from '../../support/listed-command.ts';
import { captureIo } from './capture.ts';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function run(env: Record<string, string>, args: readonly string[] = []) {
  const { io, out, err } = captureIo('', { env: { STORE_URL: 'memory:', MODEL: 'understudy', ...env } });
  const code = await runCli(['doctor', ...args], [listed('doctor', doctor)], io);
  return { code, out: out(), err: err() };
}

describe('doctor', () => {
  test('all is well: a line for each, and exit code 0', async () => {
    const { code, out } = await run({});
    expect(code).toBe(0);
    const checks = out.trim().split('\n');
    for (const line of checks) expect(line).toMatch(/^ok {5}/);
    for (const what of ['node', 'discord', 'model', 'store', 'characters'])
      expect(out).toContain(`  ${what}: `);
  });

  test('--json is one object', async () => {
    const { code, out } = await run({}, ['--json']);
    expect(code).toBe(0);
    const report = JSON.parse(out) as { ok: boolean; checks: { check: string; ok: boolean; text: string }[] };
    expect(report.ok).toBe(true);
    expect(report.checks.map(({ check }) => check)).toEqual([
      'node',
      'discord',
      'model',
      'store',
      'characters',
    ]);
  });

  test('a model that answers is ok, one that is down says what to do; each endpoint is asked once', async () => {
    const model = await startModelDouble();
    closing.push(model.close);
    const { code, out } = await run({
      MODEL: 'double-1',
      OPENAI_BASE_URL: model.url,
      MODEL_JUDGE: 'gone',
      MODEL_JUDGE_URL: 'http://127.0.0.1:1/v1',
    });
    expect(code).toBe(1);
    expect(out).toMatch(/^ok {5}model \(actor\): double-1 answers/m);
    expect(out).toMatch(/^ok {5}model \(director\): double-1 answers/m);
    expect(out).toMatch(/^TO DO {2}model \(judge\): Nothing can be reached at .*Start the model server/m);
    const words = model.prompts.filter(({ body }) => body.max_tokens === 16);
    expect(words).toHaveLength(1);
  });

  test('a moderation model that is down is something to do: until it answers, nothing is let through', async () => {
    const model = await startModelDouble({ moderate: () => [] });
    closing.push(model.close);
    const set = { MODEL_MODERATION: 'warden', OPENAI_API_KEY: 'test-key' };
    const up = await run({ ...set, MODEL_MODERATION_URL: model.url });
    expect(up.out).toMatch(/^ok {5}moderation: warden looks at what is said$/m);
    const down = await run({ ...set, MODEL_MODERATION_URL: 'http://127.0.0.1:1/v1' });
    expect(down.code).toBe(1);
    expect(down.out).toMatch(/^TO DO {2}moderation: until it answers, every line is held back: /m);
  });

  test('an embeddings model that answers is ok; until one does, memory is searched by words alone', async () => {
    const model = await startModelDouble({ embed: () => [1, 0, 0] });
    closing.push(model.close);
    const set = { MODEL: 'double-1', OPENAI_BASE_URL: model.url, MODEL_EMBED: 'embed-1' };
    const up = await run(set);
    expect(up.out).toMatch(/^ok {5}embeddings: embed-1 answers, 3 numbers a text$/m);
    const down = await run({ ...set, MODEL_EMBED_URL: 'http://127.0.0.1:1/v1' });
    expect(down.code).toBe(1);
    expect(down.out).toMatch(/^TO DO {2}embeddings: until it answers, memory is searched by words alone: /m);
  });

  test('a file of principles with a mistake in it is something to do', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'dramatis-principles-'));
    closing.push(() => rm(folder, { recursive: true }));
    const file = join(folder, 'principles.yaml');
    expect(checkPrinciples(file)).toEqual([]);
    await writeFile(file, 'this: is none\n');
    expect(checkPrinciples(file)).toEqual([
      { check: 'principles', ok: false, text: expect.stringContaining('principles.yaml') },
    ]);
  });

  test('Discord: token, intents, permissions and the invite link', async () => {
    const discord = await startDiscordDouble({ botName: 'Stagehand' });
    closing.push(discord.close);
    const { out } = await run({ DISCORD_TOKEN: discord.token, DISCORD_API: discord.restUrl });
    expect(out).toMatch(/^ok {5}discord token: The token belongs to Stagehand\./m);
    expect(out).toMatch(/discord invite: .*https:\/\/discord\.com\/oauth2\/authorize/);
    expect(out).not.toContain(discord.token);
    const refused = await run({
      DISCORD_TOKEN: `${discord.token.slice(0, -4)}wxyz`,
      DISCORD_API: discord.restUrl,
    });
    expect(refused.code).toBe(1);
    expect(refused.out).toMatch(/^TO DO {2}discord token: Discord refuses DISCORD_TOKEN/m);
  });

  test('a store that is down says what to do, without its password', async () => {
    const { code, out } = await run({ STORE_URL: 'redis://user:CANARY-PASSWORD@127.0.0.1:1' });
    expect(code).toBe(1);
    expect(out).toMatch(/^TO DO {2}store: .*127\.0\.0\.1:1.*STORE_URL/m);
    expect(out).not.toContain('CANARY');
  });

  test('a store that a running Dramatis has open is well', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'dramatis-doctor-'));
    closing.push(() => rm(folder, { recursive: true }));
    const url = `sqlite://${join(folder, 'scenes.db')}`;
    const store = await openStore(url);
    closing.push(() => store.close());
    const { code, out } = await run({ STORE_URL: url });
    expect(out).toMatch(/^ok {5}store: .*in use by a Dramatis that is running$/m);
    expect(code).toBe(0);
  });

  test('an old Node is told what to do', () => {
    expect(checkNode('20.19.0')).toMatchObject({ ok: false, text: expect.stringContaining('npm start') });
    expect(checkNode('24.0.0').ok).toBe(true);
  });
});
