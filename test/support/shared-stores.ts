import { describe, test } from 'vitest';

/** The stores that several processes can share; `url` is undefined where none runs for the tests. */
export const SHARED_STORES = [
  { name: 'Redis', variable: 'TEST_REDIS_URL' },
  { name: 'PostgreSQL', variable: 'TEST_POSTGRES_URL' },
].map(({ name, variable }) => ({ name, variable, url: process.env[variable] }));

/** Tests of each store that processes share; one skipped test says what is missing where there is none. */
export function onSharedStores(what: string, tests: (url: string) => void): void {
  describe.each(SHARED_STORES)(`${what}, on $name`, ({ variable, url }) => {
    if (url) tests(url);
    else test.skip(`(set ${variable} to run it; .ci/run does)`, () => {});
  });
}
