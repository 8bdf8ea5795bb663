import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { newLease, takeWhenFree } from '../../contract/leases.ts';
import { all, line, newScene, range } from '../../contract/scene-store.ts';
import { openingStores } from '../../support/opening-stores.ts';
import { onSharedStores } from '../../support/shared-stores.ts';
import { SOON } from '../../support/soon.ts';

const PROCESS = fileURLToPath(new URL('leased-process.ts', import.meta.url));

onSharedStores('a process that stood still while another took its lease', (url) => {
  const open = openingStores(url);

  test.each(range(1, 3))(
    'writes nothing after it wakes, and nothing that it was told is done is lost (%i)',
    async () => {
      const store = await open();
      const [scene, lease] = [newScene(), newLease()];
      const child = spawn(process.execPath, [PROCESS, url, lease, scene, '500'], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const ended = once(child, 'exit');
      const told: string[] = [];
      const lines = createInterface(child.stdout).on('line', (text) => told.push(text));
      await expect.poll(() => told.length, SOON).toBeGreaterThan(20);

      child.kill('SIGSTOP');
      const owner = store.under(await takeWhenFree(store, lease, 'another'));
      const length = await owner.length(scene);
      const ours = range(length + 1, length + 5).map((n) => line(n, 'another'));
      for (const beat of ours) await owner.append(scene, beat);
      child.kill('SIGCONT');
      await once(lines, 'close');
      await ended;

      const numbers = told.filter((text) => /^\d+$/.test(text)).map(Number);
      expect(told.at(-1)).toBe('StaleWriteError');
      expect(numbers).toEqual(range(1, numbers.length));
      expect(length).toBeGreaterThanOrEqual(numbers.length);
      const theirs = range(1, length).map((n) => line(n, 'process'));
      expect(await all(owner.read(scene))).toEqual([...theirs, ...ours]);
    },
  );
});
