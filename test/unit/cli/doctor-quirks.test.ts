import { afterEach, describe, expect, test } from 'vitest';
import { doctor } from '../../../src/cli/doctor/doctor.ts';
import { runCli } from '../../../src/cli/run-cli.ts';
import { type ModelDouble, startModelDouble } from '../../doubles/model/model-double.ts';
import type { ProviderName } from '../../doubles/model/providers.ts';
import { listed } from '../../support/listed-command.ts';
import { captureIo } from './capture.ts';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function quirksOf(provider: ProviderName, env: Record<string, string> = {}) {
  const double: ModelDouble = await startModelDouble({ provider });
  closing.push(double.close);
  const set = { STORE_URL: 'memory:', MODEL: 'double-1', OPENAI_BASE_URL: double.url, ...env };
  const { io, out } = captureIo('', { env: set });
  const code = await runCli(['doctor', '--json'], [listed('doctor', doctor)], io);
  const { checks } = JSON.parse(out()) as { checks: { check: string; ok: boolean; text: string }[] };
  const quirks = checks
    .filter(({ check }) => check.startsWith('model (actor): '))
    .map(({ check, text }) => [check.slice('model (actor): '.length), text]);
  return { code, quirks: Object.fromEntries(quirks) as Record<string, string>, double };
}

describe('doctor asks each endpoint what it does its own way', () => {
  test.each<[ProviderName, Record<string, string>]>([
    [
      'openai',
      {
        'limit of tokens': 'asked for as max_completion_tokens',
        'form as regex': 'refused',
        'form as grammar': 'refused',
        'form as JSON Schema': 'enforced (response_format)',
        'opened answer': 'refused (continue_final_message)',
        constrain: 'auto: JSON, for drafts that are made again (it cannot be streamed)',
      },
    ],
    [
      'openrouter',
      {
        reasoning: 'comes apart, in reasoning; it is never shown',
        'form as JSON Schema': 'enforced (response_format)',
        'form as regex': 'not enforced',
      },
    ],
    [
      'vllm',
      {
        'limit of tokens': 'asked for as max_tokens',
        reasoning: 'comes apart, in reasoning_content; it is never shown',
        'opened answer': 'goes on from it (continue_final_message)',
        'form as regex': 'enforced (structured_outputs)',
        'form as grammar': 'not enforced',
        constrain: 'auto: regex',
      },
    ],
    ['vllm-before-0.10.2', { 'form as regex': 'enforced (guided_regex)', constrain: 'auto: regex' }],
    ['sglang', { 'form as regex': 'enforced (regex)', constrain: 'auto: regex' }],
    [
      'ollama',
      {
        'form as regex': 'not enforced',
        'form as grammar': 'not enforced',
        'form as JSON Schema': 'enforced (response_format)',
        'prefix cache': 'told of no token that it had read before',
      },
    ],
    ['lm-studio', { 'form as JSON Schema': 'enforced (response_format)', 'form as grammar': 'not enforced' }],
    [
      'llama.cpp',
      {
        'form as grammar': 'enforced (grammar)',
        'form as regex': 'not enforced',
        constrain: 'auto: grammar',
      },
    ],
    [
      'llama-cpp-python',
      {
        'tokens counted': 'not told in streams: tokens are estimated',
        'form as grammar': 'enforced (grammar)',
        'form as JSON Schema': 'refused',
        'prefix cache': 'it does not say',
      },
    ],
  ])('%s', async (provider, expected) => {
    const { code, quirks } = await quirksOf(provider);
    expect(code).toBe(0);
    expect(quirks).toMatchObject({ streaming: 'word by word', 'system role': 'taken', ...expected });
  });

  test('a prompt that was read before is found in the cache, and no run finds another’s', async () => {
    const { quirks, double } = await quirksOf('vllm');
    expect(quirks['prefix cache']).toMatch(/^had \d{4} of \d{4} tokens of a prompt read before$/);
    const long = double.prompts
      .map(({ promptText }) => promptText)
      .filter((text) => text.startsWith('\nList '));
    expect(long).toHaveLength(2);
    expect(long[0]).toBe(long[1]);
  });

  test('an endpoint that stops answering meanwhile is said, and is no mistake', async () => {
    const double = await startModelDouble();
    closing.push(double.close);
    double.reply('ready', { fault: 'hang-up' });
    const set = { STORE_URL: 'memory:', MODEL: 'double-1', OPENAI_BASE_URL: double.url };
    const { io, out } = captureIo('', { env: set });
    expect(await runCli(['doctor'], [listed('doctor', doctor)], io)).toBe(0);
    expect(out()).toContain('model (actor): quirks: it stopped answering while it was asked for them');
  });
});
