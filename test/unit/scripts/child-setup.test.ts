import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';

const SET_UP = new URL('../../../scripts/child-setup.mjs', import.meta.url).href;

test('what a package forks from the program lives by its own channel', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'dramatis-fork-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const script = join(folder, 'forked.mjs');
  await writeFile(script, "process.on('message', (word) => { process.send(word); process.disconnect(); });");
  // As `fork` does by itself within the program, whose own arguments these are.
  const child = fork(script, { execArgv: [`--import=${SET_UP}`], stdio: 'ignore' });
  const exited = once(child, 'exit');
  const answered = once(child, 'message');
  child.send('still here');
  expect(await Promise.race([answered, exited])).toEqual(['still here', undefined]);
  expect(await exited).toEqual([0, null]);
});
