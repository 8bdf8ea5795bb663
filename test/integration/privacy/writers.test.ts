import { glob, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/**
 * Every file that writes a document, and what of people is in it. `words` and `ids` are planted and looked
 * for in plant.ts, whatever the key they are under; a file that is not named here fails the test.
 */
const WRITERS: Readonly<Record<string, 'words' | 'ids' | 'nothing of people'>> = {
  'src/cli/doctor/doctor-checks.ts': 'nothing of people',
  'src/engine/access/blocks.ts': 'words',
  'src/engine/audit/audit-shelf.ts': 'words',
  'src/engine/budget/server-models.ts': 'nothing of people',
  'src/engine/budget/spending.ts': 'nothing of people',
  'src/engine/cards/server-shelf.ts': 'words',
  'src/engine/choices/choice-shelf.ts': 'words',
  'src/engine/choices/version-hash.ts': 'nothing of people',
  'src/engine/engine-room.ts': 'words',
  'src/engine/hear.ts': 'ids',
  'src/engine/ledger/rooms.ts': 'nothing of people',
  'src/engine/memory/server-memory.ts': 'words',
  'src/engine/memory/tell-folded.ts': 'nothing of people',
  'src/engine/past/branch.ts': 'nothing of people',
  'src/engine/past/tell-story.ts': 'nothing of people',
  'src/engine/principles/principle-shelf.ts': 'words',
  'src/engine/privacy/consents.ts': 'ids',
  'src/engine/privacy/erase-documents.ts': 'words',
  'src/engine/privacy/in-scene.ts': 'words',
  'src/engine/privacy/left-servers.ts': 'nothing of people',
  'src/engine/privacy/privacy.ts': 'ids',
  'src/engine/privacy/retention.ts': 'nothing of people',
  'src/engine/registry.ts': 'words',
  'src/engine/servers.ts': 'nothing of people',
  'src/engine/settings/stored-settings.ts': 'ids',
  'src/engine/show-beat.ts': 'nothing of people',
  'src/engine/turn/hand-over.ts': 'nothing of people',
  // Hands on what others write.
  'src/operations/measure-store.ts': 'nothing of people',
  'src/stage/discord/documents.ts': 'ids',
  'src/stage/discord/interactions/heard-whispers.ts': 'ids',
  'src/stage/discord/interactions/report-line.ts': 'words',
  // What the operator called a program.
  'src/stage/web/applications/application-shelf.ts': 'nothing of people',
};

test('every file that writes a document is known', async () => {
  const found: string[] = [];
  for await (const file of glob('src/**/*.ts', { cwd: ROOT })) {
    if (file.startsWith('src/store/')) continue;
    if (/\bstore\s*\.put\(/u.test(await readFile(`${ROOT}${file}`, 'utf8'))) found.push(file);
  }
  expect(found.length).toBeGreaterThan(10);
  // Say in WRITERS what of people a new one holds, plant it in plant.ts, and see that it is erased.
  expect(found.filter((file) => WRITERS[file] === undefined)).toEqual([]);
});
