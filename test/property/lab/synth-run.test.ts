import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Loaded } from '../../../src/lab/synth/load/loaded.ts';
import { runSynth } from '../../../src/lab/synth/run/run-synth.ts';
import type { SynthRun } from '../../../src/lab/synth/run/synth-run.ts';
import type { Step } from '../../../src/lab/synth/step.ts';
import { ModelError } from '../../../src/model/chat-model.ts';
import { sampleConversation } from '../../support/synth/conversation.ts';
import { linesOf, newFolder, synthRun, teacher } from '../../unit/lab/synth/run/synth-house.ts';

type Fate = 'taken' | 'rejected' | 'refused' | 'asked twice';
type Trouble = 'none' | 'fails' | 'killed';

const FATES: readonly Fate[] = ['taken', 'taken', 'rejected', 'refused', 'asked twice'];

/** A step whose way with each conversation is drawn beforehand. */
function fatedStep(name: 'think' | 'draft' | 'plan', fates: readonly Fate[]): Step {
  return {
    ...{ name, title: name, roles: ['teacher'], prompts: { ask: name }, settings: { rules: 1 } },
    async work(record, { ask }) {
      const fate = fates[Number(record.id) % fates.length] ?? 'taken';
      const asked = async (words: string) =>
        (
          await ask('teacher', {
            messages: [{ role: 'user', content: `${name} ${record.id} ${fate} ${words}` }],
            ...{ maxTokens: 9, temperature: 0 },
          })
        ).text;
      const texts = [await asked('once'), ...(fate === 'asked twice' ? [await asked('again')] : [])];
      const counts = { asked: texts.length };
      if (fate === 'rejected') return { rejects: [{ why: 'unfit' }, { why: 'odd', turn: 0 }], counts };
      return { record: { ...record, topic: `${record.topic} ${texts.join()}` }, rejects: [], counts };
    },
  };
}

/** Conversations whose id is their place; every other fate is broken at the source. */
async function* loadOf(broken: readonly boolean[]): AsyncGenerator<Loaded> {
  for (const [at, isBroken] of broken.entries()) {
    if (isBroken) yield { kind: 'reject', where: `line ${at}`, why: 'broken', text: 'x' };
    else {
      const record = sampleConversation({ id: String(at) });
      yield { kind: 'record', record, rejects: [], counts: { turns: 5 } };
    }
  }
}

const refuses = (prompt: string) => {
  if (prompt.includes('refused')) throw new ModelError('bad-request', 'Too long.', { retryable: false });
};

/** Runs until nothing stops it, with a trouble drawn for each request; how often each was answered. */
async function runThrough(run: SynthRun, troubles: readonly Trouble[], check: () => void) {
  const answered = new Map<string, number>();
  let request = 0;
  for (let round = 0; round < troubles.length + 1; round += 1) {
    const stop = new AbortController();
    const model = teacher((prompt) => {
      const trouble = troubles[request] ?? 'none';
      request += 1;
      if (trouble === 'killed') stop.abort(new Error('killed'));
      if (trouble === 'fails') throw new ModelError('server-error', 'It is down.', { retryable: true });
      refuses(prompt);
      answered.set(prompt, (answered.get(prompt) ?? 0) + 1);
      return prompt.length % 2 === 0 ? 'even' : 'odd';
    });
    try {
      const { stopped } = await runSynth({ ...run, models: { teacher: model } }, stop.signal);
      if (!stopped) return answered;
    } catch (error) {
      if (!stop.signal.aborted && !(error instanceof ModelError)) throw error;
    }
    check();
  }
  throw new Error('it is never done');
}

const NAMES = ['think', 'draft', 'plan'] as const;
const NUMBERS = { think: 2, draft: 4, plan: 5 } as const;
const FILES = ['1-load', ...NAMES.map((name) => `${NUMBERS[name]}-${name}`)].flatMap((stem) => [
  `${stem}.jsonl`,
  `${stem}.rejects.jsonl`,
]);

function manifestOf(folder: string) {
  const path = join(folder, 'manifest.json');
  // Each run may have been killed before anything was loaded.
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : { steps: [] };
}

function checkCounts(folder: string): void {
  for (const { name, in: into, out, rejected, waiting } of manifestOf(folder).steps)
    expect([name, into]).toEqual([name, out + rejected + waiting]);
}

/** Every conversation of the step before goes on in its order, or stands in the rejects. */
function checkFiles(folder: string): void {
  let before = linesOf(folder, '1-load.jsonl').map(({ id }) => id);
  for (const name of NAMES) {
    const stem = `${NUMBERS[name]}-${name}`;
    const went = linesOf(folder, `${stem}.jsonl`).map(({ id }) => id);
    const lost = linesOf(folder, `${stem}.rejects.jsonl`).flatMap(({ id, record }) => (record ? [id] : []));
    expect([...went, ...lost].sort()).toEqual([...before].sort());
    expect(went).toEqual(before.filter((id) => !lost.includes(id)));
    before = went;
  }
}

test('whatever breaks it, and how often: nothing is lost or asked twice, and the files are the same', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.boolean(), { maxLength: 12 }),
      fc.tuple(...NAMES.map(() => fc.array(fc.constantFrom(...FATES), { minLength: 1, maxLength: 6 }))),
      fc.array(fc.constantFrom<Trouble>('none', 'none', 'fails', 'killed'), { maxLength: 25 }),
      fc.integer({ min: 1, max: 5 }),
      async (broken, fates, troubles, concurrency) => {
        // A model that refuses one after the other is given up; that has a test of its own.
        fc.pre(fates.every((each) => each.some((fate) => fate !== 'refused')));
        const run = (): SynthRun => ({
          ...synthRun({ load: () => loadOf(broken), concurrency, out: newFolder() }),
          steps: NAMES.map((name, at) => fatedStep(name, fates[at] ?? ['taken'])),
        });
        const [whole, troubled] = [run(), run()];
        try {
          await runThrough(whole, [], () => {});
          const answered = await runThrough(troubled, troubles, () => checkCounts(troubled.out));
          checkCounts(troubled.out);
          checkFiles(troubled.out);
          for (const file of FILES) expect(linesOf(troubled.out, file)).toEqual(linesOf(whole.out, file));
          const keys = linesOf(troubled.out, 'calls.jsonl').map(({ key }) => key);
          expect(new Set(keys).size).toBe(keys.length);
          // What was under way when it was killed may be asked for again, nothing else.
          const kills = troubles.filter((one) => one === 'killed').length;
          const again = [...answered.values()].reduce((sum, times) => sum + times - 1, 0);
          expect(again).toBeLessThanOrEqual(kills * concurrency * 2);
        } finally {
          for (const { out } of [whole, troubled]) rmSync(out, { recursive: true });
        }
      },
    ),
    { numRuns: 40 },
  );
}, 120_000);
