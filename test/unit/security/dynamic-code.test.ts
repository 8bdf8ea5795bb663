import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { dynamicCodeIn } from './dynamic-code.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** The few places that may, each with its reason. Nothing that a person or a model writes reaches any of them. */
const ALLOWED: Readonly<Record<string, string>> = {
  'src/cast/pictures/shrink-aside.ts': 'a thread of ours that makes pictures smaller',
  'src/cast/pictures/shrink-worker.ts': 'that thread',
  'src/fleet/keeper.ts': 'starts this program itself, without a shell',
  'src/model/gguf/load-llama.ts': 'a package of a fixed name that the operator installed, or did not',
  'src/stage/web/page-files.ts': 'takes the types out of our own page',
  'src/store/redis/redis-leases.ts': 'scripts for Redis; what varies is handed over as arguments',
  'src/store/redis/redis-writes.ts': 'the same',
  'src/store/sealed/opening-thread.ts': 'that thread',
  'src/store/sealed/page-opener.ts': 'a thread of ours that opens what is sealed',
};

test('nothing in the program turns text into code or starts a program, but for the places listed here', () => {
  const found = new Map<string, string[]>();
  for (const folder of ['src', 'commands']) {
    for (const name of readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })) {
      if (!/\.(?:ts|js|mjs)$/.test(name)) continue;
      const path = `${folder}/${name.replaceAll('\\', '/')}`;
      const findings = dynamicCodeIn(path, readFileSync(join(root, path), 'utf8'));
      if (findings.length > 0)
        found.set(
          path,
          findings.map(({ what, line }) => `${line}: ${what}`),
        );
    }
  }
  const unexpected = [...found].filter(([path]) => !Object.hasOwn(ALLOWED, path));
  expect(Object.fromEntries(unexpected)).toEqual({});
  // What is listed and does so no more is to be taken off the list.
  expect(Object.keys(ALLOWED).filter((path) => !found.has(path))).toEqual([]);
});

describe('what is found', () => {
  test.each([
    'eval(text)',
    'globalThis.eval(text)',
    "globalThis['eval'](text)",
    '(0, eval)(text)',
    'new Function(text)()',
    'Function(text)()',
    'x.constructor(text)()',
    'await import(path)',
    "await import('./' + name)",
    "import vm from 'node:vm'",
    "import { exec } from 'child_process'",
    "import { spawn } from 'node:child_process'",
    "await import('node:child_process')",
    'const load = createRequire(import.meta.url)',
    "setTimeout('alert(1)', 5)",
    'element.innerHTML = text',
    "element.insertAdjacentHTML('beforeend', text)",
    'document.write(text)',
    'new Worker(url)',
  ])('%s', (source) => {
    expect(dynamicCodeIn('x.ts', source)).toHaveLength(1);
  });

  test.each([
    "await import('./page.ts')",
    "import type { ChildProcess } from 'node:child_process'",
    'setTimeout(() => next(), 5)',
    '// eval(text)',
    "const words = 'eval(text)'",
    'response.write(text)',
    'evaluate(text)',
  ])('not: %s', (source) => {
    expect(dynamicCodeIn('x.ts', source)).toEqual([]);
  });
});
