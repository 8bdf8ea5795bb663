import { writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { openStore } from '../../../src/store/open-store.ts';
import { line } from '../../contract/scene-store.ts';

/**
 * A process of its own that takes a lease and then, under it, appends to a scene until it is refused: it tells
 * the number of each beat once `append` has resolved, and at last the name of the error.
 */
const [url = '', lease = '', scene = '', ms = ''] = process.argv.slice(2);
const store = await openStore(url);
const fence = await store.leases.take(lease, 'process', Number(ms));
if (!fence) throw new Error('Somebody holds it.');
const owner = store.under(fence);
try {
  for (let n = 1; ; n += 1) {
    await owner.append(scene, line(n, 'process'));
    writeSync(1, `${n}\n`);
    await sleep(1);
  }
} catch (error) {
  writeSync(1, `${error instanceof Error ? error.name : 'unknown'}\n`);
}
await store.close();
