import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FOLDER, protocolDocuments } from './schemas/documents.ts';

/** Writes docs/protocol: the stage protocol as JSON Schema and AsyncAPI. A test tells when they are stale. */
const folder = join(import.meta.dirname, '..', FOLDER);
mkdirSync(folder, { recursive: true });
for (const [name, content] of Object.entries(protocolDocuments())) {
  writeFileSync(join(folder, name), content);
  process.stdout.write(`${FOLDER}/${name}\n`);
}
