import { expect, test } from 'vitest';
import type { DraftReport } from '../../../../src/engine/engine-api.ts';
import { createTraces } from '../../../../src/engine/traces/traces.ts';

const HOUR = 3600 * 1000;

function draft(turn: string, change: Partial<DraftReport> = {}): DraftReport {
  return {
    scene: 's',
    log: 's#1',
    turn,
    speaker: { id: 'character:tom', name: 'Tom' },
    why: '',
    systemThinking: `plan of ${turn}`,
    thoughts: [],
    faults: [],
    scripted: false,
    attempt: 1,
    ...change,
  };
}

function plans(traces: ReturnType<typeof createTraces>, n: number, log = 's#1') {
  return traces.of(log, n).map(({ systemThinking }) => systemThinking);
}

test('a beat’s drafts are found, those that were thrown away before it too', () => {
  const traces = createTraces(() => 0);
  traces.note(draft('1.1', { systemThinking: 'thrown away' }));
  traces.note(draft('1.1', { attempt: 2, beat: 5 }));
  traces.note(draft('2.2', { beat: 6 }));
  expect(plans(traces, 5)).toEqual(['thrown away', 'plan of 1.1']);
  expect(plans(traces, 5, 's#2')).toEqual([]);
  expect(plans(traces, 7)).toEqual([]);
});

test('200 drafts and an hour are remembered, and none without a plan', () => {
  let now = 0;
  const traces = createTraces(() => now);
  for (let n = 1; n <= 201; n += 1) traces.note(draft(String(n), { beat: n }));
  const { systemThinking: _, ...bare } = draft('bare', { beat: 300 });
  traces.note(bare);
  expect(plans(traces, 1)).toEqual([]);
  expect(plans(traces, 2)).toEqual(['plan of 2']);
  expect(traces.of('s#1', 300)).toEqual([]);
  now = HOUR;
  expect(plans(traces, 201)).toEqual([]);
});

test('a scene’s drafts are forgotten', () => {
  const traces = createTraces(() => 0);
  traces.note(draft('1', { beat: 1 }));
  traces.note(draft('1', { beat: 1, log: 'other#1' }));
  traces.forget('s#1');
  expect(plans(traces, 1)).toEqual([]);
  expect(plans(traces, 1, 'other#1')).toEqual(['plan of 1']);
});
