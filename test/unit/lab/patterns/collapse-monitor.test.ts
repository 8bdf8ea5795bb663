import { expect, test } from 'vitest';
import type { Segment } from '../../../../src/format/segments.ts';
import { createCollapseMonitor } from '../../../../src/lab/patterns/collapse-monitor.ts';

const said: readonly Segment[] = [{ kind: 'speech', text: 'No.' }];
const done: readonly Segment[] = [
  { kind: 'action', text: 'coils the rope' },
  { kind: 'speech', text: 'No.' },
];

test('of nothing it says nothing, and gives no alarm', () => {
  expect(createCollapseMonitor().figures()).toEqual({
    ...{ n: 0, top1Share: 0, top1Pattern: '', entropy: 0, selfBleu: null, distinct: 0, alarm: false },
  });
});

test('two patterns, equally common, are one bit', () => {
  const monitor = createCollapseMonitor();
  for (let turn = 0; turn < 40; turn += 1) monitor.add(turn % 2 === 0 ? said : done, `turn ${turn}`);
  expect(monitor.figures()).toMatchObject({ n: 40, top1Share: 0.5, entropy: 1, distinct: 2, alarm: false });
});

test('above its share it gives the alarm, and only with turns enough', () => {
  const monitor = createCollapseMonitor({ alarmAt: 0.6 });
  for (let turn = 0; turn < 19; turn += 1) monitor.add(said, 'No.');
  expect(monitor.figures().alarm).toBe(false);
  monitor.add(said, 'No.');
  expect(monitor.figures()).toMatchObject({ alarm: true, top1Pattern: 'speech', top1Share: 1 });
});

test('exactly at the share there is no alarm', () => {
  const monitor = createCollapseMonitor({ alarmAt: 0.6 });
  for (let turn = 0; turn < 100; turn += 1) monitor.add(turn < 60 ? said : done, `turn ${turn}`);
  expect(monitor.figures()).toMatchObject({ top1Share: 0.6, alarm: false });
});

test('what left the window counts no more: a policy that recovers is told so', () => {
  const monitor = createCollapseMonitor({ window: 30 });
  for (let turn = 0; turn < 100; turn += 1) monitor.add(said, 'No.');
  for (let turn = 0; turn < 30; turn += 1) monitor.add(done, 'the tide is wrong until four');
  expect(monitor.figures()).toMatchObject({ n: 30, distinct: 1, top1Pattern: 'act→speech' });
});

test('Self-BLEU tells turns in one mould from turns of their own, and follows a change', () => {
  const words = ['tide', 'rope', 'bell', 'stone', 'deed', 'coat', 'brother', 'narrows', 'lamp', 'slip'];
  const own = (turn: number) =>
    words.map((_, at) => `${words[(at * (turn % 9) + turn) % 10]}${turn}`).join(' ');
  const monitor = createCollapseMonitor({ window: 200 });
  for (let turn = 0; turn < 200; turn += 1) monitor.add(said, own(turn));
  expect(monitor.figures().selfBleu).toBeLessThan(0.1);
  for (let turn = 0; turn < 200; turn += 1) monitor.add(said, 'I will not cross after dark again');
  expect(monitor.figures().selfBleu).toBeCloseTo(1);
});
