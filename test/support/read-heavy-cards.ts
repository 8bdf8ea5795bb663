import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { readCastFile } from '../../src/cast/cards/read-cast-file.ts';

/**
 * A process of its own that reads the files it is given as cards. Prints what came of each, and the most
 * memory it held: `{"said": {…}, "mb": 123, "slowest": 45}`.
 */
const said: Record<string, string> = {};
let slowest = 0;
for (const path of process.argv.slice(2)) {
  const name = basename(path);
  const bytes = readFileSync(path);
  const start = performance.now();
  try {
    const file = readCastFile(bytes, name);
    said[name] =
      file.kind === 'cards' ? file.readings.flatMap(({ warnings }) => warnings).join('; ') : file.kind;
  } catch (error) {
    said[name] = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  }
  slowest = Math.max(slowest, performance.now() - start);
}
const mb = Math.round(process.resourceUsage().maxRSS / 1024);
process.stdout.write(`${JSON.stringify({ said, mb, slowest: Math.round(slowest) })}\n`);
