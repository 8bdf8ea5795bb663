import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { openStore } from '../../../src/store/open-store.ts';
import { describeLeases } from '../../contract/leases.ts';
import { onSharedStores } from '../../support/shared-stores.ts';

const folder = mkdtempSync(join(tmpdir(), 'dramatis-leases-'));
afterAll(() => rmSync(folder, { recursive: true }));

describeLeases('in memory', () => openStore('memory:'));
describeLeases('SQLite', () => openStore(`sqlite://${join(folder, 'leases.db')}`));
onSharedStores('shared', (url) => describeLeases('over the network', () => openStore(url)));
