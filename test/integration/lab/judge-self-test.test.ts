import { expect, test } from 'vitest';
import { judgeHouse } from './judge-house.ts';
import { ruled } from './ruled.ts';

test('a judge that always takes the first is found out: exit code 1', async () => {
  const house = await judgeHouse({ script: (request) => ruled(request, 'first-shown') });
  const { code, out } = await house.judge(['--self-test', '--json']);
  expect(code).toBe(1);
  const [{ judge, probes, bias }] = JSON.parse(out).judges;
  expect(judge).toBe('double-1');
  expect(probes.some(({ outcome }: { outcome: string }) => outcome === 'fail')).toBe(true);
  expect(bias.position).toMatchObject({ firstShown: { share: 1 }, fitness: 'unfit' });
});

test('a table for people, and both judges where two are named', async () => {
  const house = await judgeHouse();
  const { code, out } = await house.judge(['--self-test', '--judge', 'one', '--judge', 'other']);
  expect(code).toBe(1);
  expect(out).toMatch(/^one$/m);
  expect(out).toMatch(/^other$/m);
  expect(out).toMatch(/longer won +\d+ %/);
});

test('a judge that answers prose cannot be read: exit code 1', async () => {
  const house = await judgeHouse({ script: () => 'They are both lovely.' });
  const { code, out } = await house.judge(['--self-test', '--json']);
  expect(code).toBe(1);
  const [{ probes }] = JSON.parse(out).judges;
  expect(probes.some(({ outcome }: { outcome: string }) => outcome === 'unread')).toBe(true);
});
