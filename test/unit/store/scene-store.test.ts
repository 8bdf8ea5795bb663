import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, test } from 'vitest';
import { openStore } from '../../../src/store/open-store.ts';
import { describeSceneStore } from '../../contract/scene-store.ts';

const folder = mkdtempSync(join(tmpdir(), 'dramatis-store-'));
afterAll(() => rmSync(folder, { recursive: true }));

describeSceneStore('in memory', () => openStore('memory:'));
describeSceneStore('SQLite', () => openStore(`sqlite://${join(folder, 'contract.db')}`));

describe.each([
  ['Redis', 'TEST_REDIS_URL'],
  ['PostgreSQL', 'TEST_POSTGRES_URL'],
])('on %s', (name, variable) => {
  const url = process.env[variable];
  if (url) describeSceneStore(name, () => openStore(url));
  else test.skip(`a scene store: ${name} (set ${variable} to run it; .ci/run does)`, () => {});
});
