import { Pool } from 'pg';
import { expect, test } from 'vitest';
import { openStore } from '../../../src/store/open-store.ts';
import { allStored } from '../../e2e/discord/privacy/stored-words.ts';
import { ID, markersIn, NAME } from './person.ts';
import { leftIn, plant } from './plant.ts';

const KEY = Buffer.alloc(32, 0x5a);
const { TEST_REDIS_URL: redis, TEST_POSTGRES_URL: postgres } = process.env;

async function expectErased(url: string): Promise<void> {
  const store = await openStore(url, [KEY]);
  try {
    const { engine, markers } = await plant(store);
    expect(markersIn(await allStored(store))).toEqual(
      expect.arrayContaining([...markers, ...NAME.split(' '), ID]),
    );
    await engine.privacy.erase(ID);
    expect(leftIn(await allStored(store))).toEqual([]);
    await engine.close();
  } finally {
    await store.close();
  }
}

test.skipIf(redis === undefined)('a person is erased from every row of Redis', async () => {
  // Other tests use the first database meanwhile.
  const url = new URL(redis ?? '');
  url.pathname = '/9';
  await expectErased(url.href);
});

test.skipIf(postgres === undefined)('a person is erased from every row of PostgreSQL', async () => {
  const pool = new Pool({ connectionString: postgres });
  const name = `privacy_${process.pid}`;
  await pool.query(`CREATE DATABASE ${name}`);
  try {
    const url = new URL(postgres ?? '');
    url.pathname = `/${name}`;
    await expectErased(url.href);
  } finally {
    await pool.query(`DROP DATABASE ${name}`);
    await pool.end();
  }
});
