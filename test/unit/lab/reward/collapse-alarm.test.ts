import { expect, test } from 'vitest';
import { createCollapseMonitor } from '../../../../src/lab/patterns/collapse-monitor.ts';
import { watchCollapse } from '../../../../src/lab/reward/collapse-alarm.ts';

test('the alarm is said once when it begins and once when it is over', () => {
  const monitor = createCollapseMonitor({ window: 20, alarmAt: 0.6 });
  const said: string[] = [];
  const { look, close } = watchCollapse(monitor.figures, (line) => said.push(line), 1_000_000);
  const add = (kind: 'speech' | 'action', times: number) => {
    for (let at = 0; at < times; at += 1) monitor.add([{ kind, text: `words ${at}` }], `words ${at}`);
    look();
  };
  add('speech', 10);
  expect(said).toEqual([]);
  add('speech', 10);
  add('speech', 3);
  expect(said).toEqual(['collapse: 100 % of the last 20 turns are speech; the policy writes to one mould.']);
  add('action', 8);
  // 60 % are not over 60 %.
  expect(said.slice(1)).toEqual(['collapse: over; 60 % of the last 20 turns are speech.']);
  close();
});
