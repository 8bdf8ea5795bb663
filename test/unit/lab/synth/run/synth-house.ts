import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LabModel } from '../../../../../src/lab/calls/call.ts';
import type { Loaded } from '../../../../../src/lab/synth/load/loaded.ts';
import { runSynth } from '../../../../../src/lab/synth/run/run-synth.ts';
import type { SynthRun } from '../../../../../src/lab/synth/run/synth-run.ts';
import type { Step } from '../../../../../src/lab/synth/step.ts';
import type { ChatModel } from '../../../../../src/model/chat-model.ts';
import { labModel } from '../../../../support/lab-model.ts';
import { sampleConversation } from '../../../../support/synth/conversation.ts';

/** A model that answers by a function of what it is asked; `asked` counts. */
export function teacher(answer: (prompt: string) => string): LabModel & { readonly asked: string[] } {
  const asked: string[] = [];
  const model: ChatModel = {
    name: 'teacher',
    profile: 'plain',
    contextSize: 8000,
    maxTokens: 500,
    temperature: 0.7,
    planning: 'short',
    async *stream({ messages }) {
      const prompt = messages.at(-1)?.content ?? '';
      asked.push(prompt);
      yield { type: 'text', text: answer(prompt) };
      const usage = {
        model: 'teacher',
        promptTokens: 100,
        cachedTokens: 0,
        completionTokens: 10,
        msToFirst: 1,
        msToLast: 1,
      };
      yield { type: 'end', reason: 'stop', usage };
    },
  };
  return Object.assign(labModel(model, { price: { prompt: 10, cached: 10, completion: 0 } }), { asked });
}

/** Asks once for each conversation, and takes the answer for its topic; `refused` is not taken. */
export function topicStep(name: 'think' | 'plan', prompt = 'Name the topic.'): Step {
  return {
    name,
    title: 'naming',
    roles: ['teacher'],
    prompts: { ask: `${prompt}\nBriefly.` },
    settings: { rules: 1 },
    async work(record, { ask }) {
      const content = `${name}: ${prompt} ${record.id}`;
      const { text } = await ask('teacher', {
        messages: [{ role: 'user', content }],
        maxTokens: 9,
        temperature: 0,
      });
      if (text === 'refused') return { rejects: [{ why: 'refused' }], counts: {} };
      return {
        record: { ...record, topic: text },
        rejects: [{ why: 'turn-kept', turn: 0 }],
        counts: { named: 1 },
      };
    },
  };
}

/** So many conversations, `broken` of them none. */
export async function* conversations(count: number, broken: readonly number[] = []): AsyncGenerator<Loaded> {
  for (let at = 0; at < count; at += 1) {
    if (broken.includes(at)) yield { kind: 'reject', where: `line ${at + 1}`, why: 'broken', text: '{"half' };
    else
      yield {
        kind: 'record',
        record: sampleConversation({ id: `c-${at}` }),
        rejects: [],
        counts: { turns: 5 },
      };
  }
}

export function newFolder(): string {
  return mkdtempSync(join(tmpdir(), 'dramatis-synth-'));
}

export function synthRun(more: Partial<SynthRun> = {}): SynthRun {
  return {
    out: newFolder(),
    sources: [{ path: 'a.jsonl', form: 'coser', bytes: 10, modified: 1, hash: async () => 'aa' }],
    load: () => conversations(5),
    steps: [topicStep('think')],
    models: { teacher: teacher(() => 'a ferry') },
    concurrency: 2,
    seed: 7,
    mode: { kind: 'online' },
    progress() {},
    ...more,
  };
}

export const signal = new AbortController().signal;

export function synth(run: SynthRun) {
  return runSynth(run, signal);
}

// biome-ignore lint/suspicious/noExplicitAny: lines of several forms
export function linesOf(folder: string, file: string): any[] {
  return readFileSync(join(folder, file), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}
