import { spawn } from 'node:child_process';
import { expect, test } from 'vitest';
import { keepProcesses, SERVES } from '../../../src/fleet/keeper.ts';
import { silentLog } from '../../../src/log.ts';

const PATIENCE = { timeout: 20_000 };

/** A process that serves at once, or stands by until it is told otherwise; ends where its keeper does. */
const PROCESS = `
process.on('message', (message) => message === 'serve' ? process.send(${JSON.stringify(SERVES)}) : process.exit(3));
process.on('disconnect', () => process.exit(0));
if (process.argv[1] === 'serves') process.send(${JSON.stringify(SERVES)});
`;

function keep(processes: number, servesAtOnce: (nth: number) => boolean) {
  const stop = new AbortController();
  const children: ReturnType<typeof spawn>[] = [];
  const kept = keepProcesses({
    processes,
    log: silentLog,
    signal: stop.signal,
    againMs: 1,
    start() {
      const how = servesAtOnce(children.length + 1) ? 'serves' : 'stands by';
      const child = spawn(process.execPath, ['-e', PROCESS, how], {
        stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      });
      children.push(child);
      return child;
    },
  });
  const living = () =>
    children.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null);
  return {
    children,
    living,
    async end() {
      stop.abort();
      await kept;
      return living().length;
    },
  };
}

test('one process stands by as soon as those before it serve, and no more than are allowed', async () => {
  const kept = keep(3, (nth) => nth < 3);
  await expect.poll(() => kept.children.length, PATIENCE).toBe(3);
  kept.children[2]?.send('serve');
  await expect.poll(() => kept.living().length, PATIENCE).toBe(3);
  expect(kept.children).toHaveLength(3);
  expect(await kept.end()).toBe(0);
});

test('one that dies is started anew, whether it served or stood by', async () => {
  const kept = keep(2, (nth) => nth === 1);
  await expect.poll(() => kept.children.length, PATIENCE).toBe(2);
  kept.children[0]?.kill('SIGKILL');
  // The one that stands by is there already; the new one stands by when it has taken over.
  kept.children[1]?.send('serve');
  await expect.poll(() => kept.children.length, PATIENCE).toBe(3);
  kept.children[2]?.kill('SIGKILL');
  await expect.poll(() => kept.children.length, PATIENCE).toBe(4);
  expect(await kept.end()).toBe(0);
});

test('one that stands by and dies is started anew while the one that serves lives on', async () => {
  const kept = keep(2, (nth) => nth === 1);
  await expect.poll(() => kept.children.length, PATIENCE).toBe(2);
  kept.children[1]?.kill('SIGKILL');
  await expect.poll(() => kept.children.length, PATIENCE).toBe(3);
  expect(kept.children[0]?.exitCode).toBeNull();
  expect(await kept.end()).toBe(0);
});
