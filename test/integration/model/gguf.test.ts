import { copyFileSync, existsSync, mkdtempSync, rmSync, statSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import type { ChatDelta, ChatRequest } from '../../../src/model/chat-model.ts';
import { createGgufFiles, type GgufFiles } from '../../../src/model/gguf/gguf-files.ts';
import { createGgufModel } from '../../../src/model/gguf/gguf-model.ts';
import { loadLlama } from '../../../src/model/gguf/load-llama.ts';
import { type ModelSettings, modelSettingsSchema } from '../../../src/model/model-settings.ts';
import { answerForm } from '../../../src/performer/answer-form.ts';

/** A small chat model as a GGUF file; none ships. */
const FILE = process.env['GGUF_FILE'] ?? '';

/** Why these are skipped here, if they are. */
async function whatIsMissing(): Promise<string | undefined> {
  const problem = await loadLlama().then(
    () => undefined,
    (error: Error) => error.message,
  );
  return problem ?? (existsSync(FILE) ? undefined : 'GGUF_FILE names no file');
}
const missing = await whatIsMissing();

const MESSAGES = [
  { role: 'system', content: 'You are Sir John Falstaff, a fat old knight, who drinks sack in a tavern.' },
  { role: 'user', content: 'Hal: What have you drunk today, Jack?' },
] as const;
const REQUEST: ChatRequest = { messages: MESSAGES, maxTokens: 12, temperature: 0.7, seed: 1 };
const never = new AbortController().signal;

const folder = mkdtempSync(join(tmpdir(), 'dramatis-gguf-'));
const opened = new AsyncDisposableStack();
afterAll(async () => {
  await opened.disposeAsync();
  rmSync(folder, { recursive: true });
});

function settingsOf(path: string, overrides: Partial<ModelSettings> = {}): ModelSettings {
  const baseUrl = pathToFileURL(path).href;
  return modelSettingsSchema.parse({ name: basename(path), baseUrl, contextSize: 1024, ...overrides });
}

function openFiles(): GgufFiles {
  const files = createGgufFiles();
  opened.defer(() => files.close());
  return files;
}

async function read(deltas: AsyncIterable<ChatDelta>) {
  const all = await Array.fromAsync(deltas);
  const text = all.map((delta) => (delta.type === 'text' ? delta.text : '')).join('');
  const end = all.find((delta) => delta.type === 'end');
  if (!end) return expect.fail('There was no end.');
  return { text, reason: end.reason, usage: end.usage };
}

describe.skipIf(missing !== undefined)(
  `a GGUF file in this process${missing ? ` (skipped: ${missing})` : ''}`,
  () => {
    const files = missing === undefined ? openFiles() : undefined;
    const model = files && createGgufModel(settingsOf(FILE), { files });
    const ask = (request: Partial<ChatRequest>, signal = never) => {
      if (!model) return expect.fail(missing);
      return read(model.stream({ ...REQUEST, ...request }, signal));
    };

    test('answers, counts tokens, and reads the same prompt only once', async () => {
      const first = await ask({});
      expect(first).toMatchObject({ reason: 'length', usage: { completionTokens: 12, cachedTokens: 0 } });
      expect(first.usage.promptTokens).toBeGreaterThan(20);
      const second = await ask({});
      expect(second.usage.promptTokens).toBe(first.usage.promptTokens);
      expect(second.usage.cachedTokens).toBe(first.usage.promptTokens - 1);
    });

    test('one seed, one answer', async () => {
      expect((await ask({ seed: 5 })).text).toBe((await ask({ seed: 5 })).text);
    });

    test('keeps to the form of a turn', async () => {
      const form = answerForm({
        planning: 'off',
        maxTokens: 120,
        startInside: false,
        said: 'What have you drunk today',
        again: false,
      });
      expect(form).toBeDefined();
      const { text, reason } = await ask({ maxTokens: 200, ...(form ? { form } : {}) });
      expect(reason).toBe('stop');
      expect(text).toMatch(new RegExp(`^(?:${form?.regex})$`, 'u'));
    });

    test('keeps to a schema, and answers freely where one is beyond it', async () => {
      const who = { type: 'string', enum: ['Hal', 'Poins'] };
      const schema = { type: 'object', additionalProperties: false, properties: { who }, required: ['who'] };
      const { text } = await ask({ maxTokens: 40, jsonSchema: { name: 'next', schema } });
      expect(JSON.parse(text)).toEqual({ who: expect.stringMatching(/^(?:Hal|Poins)$/u) });
      const beyond = await ask({
        maxTokens: 4,
        jsonSchema: { name: 'odd', schema: { not: { type: 'string' } } },
      });
      expect(beyond.usage.completionTokens).toBeGreaterThan(0);
    });

    test('goes on from what is put into its mouth, and stops where it is told to', async () => {
      const form = {
        regex: '',
        grammar: 'root ::= "ab"',
        json: { name: '', schema: {}, patterned: {}, reminder: '' },
        again: false,
      };
      expect(await ask({ prefill: 'I say: ', form })).toMatchObject({ text: 'ab', reason: 'stop' });
      expect((await ask({ prefill: 'I say: ', form, stop: ['b'] })).text).toBe('a');
    });

    test('a prompt that is longer than the context is refused, not cut in silence', async () => {
      const long = [{ role: 'user', content: 'sack '.repeat(2000) }] as const;
      await expect(ask({ messages: long })).rejects.toThrow(/is too long for .* which reads 1024/u);
    });

    test('is free for the next once an answer is aborted, also while its prompt is read', async () => {
      const aborting = new AbortController();
      const long = ask({ messages: [{ role: 'user', content: 'sack '.repeat(900) }] }, aborting.signal);
      const next = ask({ maxTokens: 2 });
      aborting.abort(new Error('enough'));
      await expect(long).rejects.toThrow('enough');
      expect((await next).usage.completionTokens).toBe(2);
    });

    test('one that is cut short is told before it is loaded', async () => {
      const cut = join(folder, 'cut.gguf');
      copyFileSync(FILE, cut);
      truncateSync(cut, Math.floor(statSync(FILE).size / 2));
      await expect(openFiles().fit(settingsOf(cut))).rejects.toThrow('cut.gguf is cut short or damaged');
      truncateSync(cut, 1000);
      await expect(openFiles().fit(settingsOf(cut))).rejects.toThrow('cut.gguf is cut short or damaged');
    });

    test('its context is no wider than what it was trained on', async () => {
      const fitting = await openFiles()
        .fit(settingsOf(FILE, { contextSize: 10_000_000 }))
        .catch(String);
      expect(fitting).toMatchObject({ contextSize: expect.any(Number) });
      expect((fitting as ModelSettings).contextSize).toBeLessThan(10_000_000);
    });
  },
);
