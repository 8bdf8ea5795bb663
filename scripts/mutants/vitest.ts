// What the tests get as `vitest`: its own `expect`, and a `test` that only says what there is.
export { expect } from 'vitest';
export { afterAll, beforeAll, describe, test } from './collect.ts';
