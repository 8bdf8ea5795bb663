/** One test of a file: what Stryker calls it, and how it is run. */
export type CollectedTest = { readonly id: string; readonly run: () => unknown };

type Body = (...args: never[]) => unknown;
type Hook = () => unknown;

let file = '';
let path: string[] = [];
let tests: CollectedTest[] = [];
let before: Hook[] = [];
let after: Hook[] = [];

/**
 * Loads a test file and tells which tests it holds. The file’s own `beforeAll` have run then; `end` runs its
 * `afterAll`.
 *
 * @param name the file’s path from the root of the repository
 * @param load imports it
 */
export async function collect(
  name: string,
  load: () => Promise<unknown>,
): Promise<{ tests: readonly CollectedTest[]; end: () => Promise<void> }> {
  file = name;
  path = [];
  tests = [];
  before = [];
  after = [];
  await load();
  const collected = { tests, after };
  for (const hook of before) await hook();
  return {
    tests: collected.tests,
    end: async () => {
      for (const hook of collected.after) await hook();
    },
  };
}

function group(name: string, body: () => void): void {
  path.push(name);
  body();
  path.pop();
}

/** As vitest’s, as far as the tests of the four rooms use it. */
export const describe = Object.assign(group, {
  each:
    (cases: readonly unknown[]) =>
    (name: string, body: (...args: never[]) => void): void => {
      for (const [at, values] of cases.entries())
        group(`${name} [${at}]`, () => body(...argumentsOf(values)));
    },
});

function add(name: string, run: () => unknown): void {
  const id = `${file}#${[...path, name].join(' > ')}`;
  const same = tests.filter((test) => test.id === id || test.id.startsWith(`${id} (`)).length;
  tests.push({ id: same === 0 ? id : `${id} (${same + 1})`, run });
}

/** A case of a table: what its body is called with. */
function argumentsOf(values: unknown): never[] {
  return (Array.isArray(values) ? values : [values]) as never[];
}

/** Options and timeouts stand before or after the body; here neither matters. */
const bodyOf = (rest: readonly unknown[]) => rest.find((one) => typeof one === 'function') as Body;

function declare(skipped: boolean) {
  const one = (name: string, ...rest: unknown[]): void => {
    const body = bodyOf(rest);
    if (!skipped) add(name, () => body());
  };
  const each =
    (cases: readonly unknown[]) =>
    (name: string, ...rest: unknown[]): void => {
      const body = bodyOf(rest);
      if (skipped) return;
      for (const [at, values] of cases.entries()) {
        add(`${name} [${at}]`, () => body(...argumentsOf(values)));
      }
    };
  return Object.assign(one, { each });
}

/** As vitest’s, as far as the tests of the four rooms use it. */
export const test = Object.assign(declare(false), {
  skipIf: (skipped: unknown) => declare(Boolean(skipped)),
});

/** Runs once, when the file was loaded. */
export const beforeAll = (hook: Hook): void => void before.push(hook);

/** Runs once, when the file is given up. */
export const afterAll = (hook: Hook): void => void after.push(hook);
