import { once } from 'node:events';
import { makeKeyFile } from '../../../../src/store/sealed/key-file.ts';

/** A process of its own that waits for a line on stdin, makes the key file, and prints its key. */
process.stdout.write('ready\n');
await once(process.stdin, 'data');
const [key] = makeKeyFile(process.argv[2] ?? '');
process.stdout.write(`${Buffer.from(key ?? []).toString('hex')}\n`);
process.exit();
