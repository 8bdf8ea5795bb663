import { writeSync } from 'node:fs';
import { openStore } from '../../../src/store/open-store.ts';

/**
 * A process of its own that appends to scene `s` of the store it is given until it is killed, and
 * tells the number of each beat once `append` has resolved. A refusal is told on stderr, exit 1.
 */
const store = await openStore(process.argv[2] ?? '').catch((error: Error) => {
  process.stderr.write(`${error.name}: ${error.message}\n`);
  process.exit(1);
});
for (let n = 1; ; n += 1) {
  await store.append('s', { n, at: n, origin: 'lab', witnesses: [], kind: 'setting', text: `Room ${n}.` });
  writeSync(1, `${n}\n`);
}
