import { expect, test } from 'vitest';
import type { LogFacts } from '../../../src/log.ts';
import { ModelError } from '../../../src/model/chat-model.ts';
import { createOperations } from '../../../src/operations/operations.ts';
import type { Beat } from '../../../src/scene/beat.ts';
import { openStore } from '../../../src/store/open-store.ts';
import { answeringModel } from '../../support/answering-model.ts';

const request = { messages: [], maxTokens: 10, temperature: 0 };

function operationsOf() {
  const operations = createOperations();
  return { operations, figures: () => operations.metrics.registry.metrics() };
}

test('what is logged is passed on as it is, and counted at every level', async () => {
  const { operations, figures } = operationsOf();
  const passed: [string, LogFacts | undefined][] = [];
  const note = (event: string, facts?: LogFacts) => void passed.push([event, facts]);
  const log = operations.log({ debug: note, info: note, warn: note, error: note });
  log.info('turn-ended', { scene: 'CANARY', turn: '1.1', outcome: 'made', ms: 1500, msToVisible: 400 });
  log.info('turn-ended', { scene: 'CANARY', turn: '1.2', outcome: 'failed', ms: 10 });
  log.warn('turn-held-back', { scene: 'CANARY', because: 'age' });
  log.info('budget-stop', { scene: 'CANARY', meter: 'serverTurns' });
  log.debug('typing-failed');
  expect(passed).toHaveLength(5);
  expect(passed[0]?.[1]).toEqual({
    scene: 'CANARY',
    turn: '1.1',
    outcome: 'made',
    ms: 1500,
    msToVisible: 400,
  });
  const text = await figures();
  expect(text).toContain('dramatis_turns_total{outcome="made"} 1');
  expect(text).toContain('dramatis_turns_total{outcome="failed"} 1');
  expect(text).toContain('dramatis_turn_seconds_sum{outcome="made"} 1.5');
  expect(text).toContain('dramatis_turn_visible_seconds_sum 0.4');
  expect(text).toContain('dramatis_held_back_total{because="age"} 1');
  expect(text).toContain('dramatis_budget_stops_total{meter="serverTurns"} 1');
  expect(text).toContain('dramatis_log_events_total{level="debug",event="typing-failed"} 1');
  expect(text).not.toContain('CANARY');
});

test('a label is one of few words, whatever is reported', async () => {
  const { operations, figures } = operationsOf();
  const log = operations.log({ debug: () => {}, info: () => {}, warn: () => {}, error: () => {} });
  log.warn('turn-held-back', { because: 'CANARY and more than a word' });
  log.info('turn-ended', { outcome: 12 });
  const text = await figures();
  expect(text).toContain('dramatis_held_back_total{because="other"} 1');
  expect(text).toContain('dramatis_turns_total{outcome="other"} 1');
  expect(text).not.toContain('CANARY');
});

test('requests to models are counted by part and by what became of them', async () => {
  const { operations, figures } = operationsOf();
  const failing = {
    ...answeringModel(),
    // biome-ignore lint/correctness/useYield: it fails before anything is said.
    async *stream() {
      throw new ModelError('rate-limited', 'CANARY', { retryable: true });
    },
  };
  const models = { actor: answeringModel(), director: failing };
  const measured = operations.models(models);
  expect(operations.models(models)).toBe(measured);
  const { signal } = new AbortController();
  await Array.fromAsync(measured.actor?.stream(request, signal) ?? []);
  for await (const _ of measured.actor?.stream(request, signal) ?? []) break;
  await expect(Array.fromAsync(measured.director?.stream(request, signal) ?? [])).rejects.toThrow('CANARY');
  operations.failedTry('director', { failure: 'rate-limited', status: 429 });
  const text = await figures();
  expect(text).toContain('dramatis_model_requests_total{role="actor",outcome="ended-stop"} 1');
  expect(text).toContain('dramatis_model_requests_total{role="actor",outcome="left-early"} 1');
  expect(text).toContain('dramatis_model_requests_total{role="director",outcome="rate-limited"} 1');
  expect(text).toContain(
    'dramatis_model_failed_tries_total{role="director",failure="rate-limited",status="429"} 1',
  );
  expect(text).toMatch(/dramatis_model_tokens_total\{role="actor",kind="completion"\} \d/);
  expect(text).not.toContain('CANARY');
});

test('the store is timed, under a fence too, and its failures are counted', async () => {
  const { operations, figures } = operationsOf();
  const plain = await openStore('memory:');
  const store = operations.store(plain);
  const beat: Beat = { n: 1, at: 0, origin: 'local', witnesses: [], kind: 'setting', text: 'CANARY' };
  await store.append('CANARY', beat);
  await store.put('stage', 'CANARY', 1);
  const fence = await store.leases.take('lease', 'one', 1000);
  if (!fence) throw new Error('The lease is free.');
  const fenced = store.under(fence);
  await fenced.append('CANARY', { ...beat, n: 2 });
  expect((await Array.fromAsync(fenced.read('CANARY'))).map(({ n }) => n)).toEqual([1, 2]);
  expect(await operations.readiness.look()).toEqual({ ready: true, parts: { store: 'ok' } });
  await store.close();
  await expect(store.append('CANARY', { ...beat, n: 3 })).rejects.toThrow();
  const text = await figures();
  expect(text).toContain('dramatis_beats_total 2');
  expect(text).toContain('dramatis_store_seconds_count{operation="append"} 3');
  expect(text).toContain('dramatis_store_errors_total{operation="append"} 1');
  expect(text).not.toContain('CANARY');
});
