import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { checkDependencies, type Lock, type Manifest } from '../../../scripts/audit/dependencies.ts';
import { readReport } from '../../../scripts/audit/known-faults.ts';

const read = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');

test('what this repository installs is pinned, checked, explained, few and free to use', () => {
  const problems = checkDependencies({
    manifest: JSON.parse(read('package.json')) as Manifest,
    lock: JSON.parse(read('package-lock.json')) as Lock,
    npmrc: read('.npmrc'),
    documented: read('docs/dependencies.md'),
  });
  expect(problems).toEqual([]);
});

describe('the audit of what is installed', () => {
  const good = { version: '1.0.0', license: 'MIT', integrity: 'sha512-abc=' };

  function problemsOf(change: {
    readonly manifest?: Manifest;
    readonly locked?: object;
    readonly npmrc?: string;
  }): string[] {
    return checkDependencies({
      manifest: change.manifest ?? { dependencies: { a: '1.0.0' } },
      lock: { lockfileVersion: 3, packages: { '': {}, 'node_modules/a': { ...good, ...change.locked } } },
      npmrc: change.npmrc ?? 'ignore-scripts=true\n',
      documented: '`a` is here because',
    });
  }

  test('finds nothing where all is well', () => {
    expect(problemsOf({})).toEqual([]);
    expect(problemsOf({ locked: { license: '(GPL-3.0 OR MIT)' } })).toEqual([]);
    expect(problemsOf({ locked: { license: 'MPL-2.0', dev: true } })).toEqual([]);
  });

  test.each([
    ['a range', { manifest: { dependencies: { a: '^1.0.0' } } }, 'not one exact version'],
    ['a tag', { manifest: { devDependencies: { a: 'latest' } } }, 'not one exact version'],
    ['a package nobody explained', { manifest: { dependencies: { b: '1.0.0' } } }, 'does not say why'],
    ['no checksum', { locked: { integrity: undefined } }, 'no SHA-512'],
    ['a weak checksum', { locked: { integrity: 'sha1-abc' } }, 'no SHA-512'],
    ['another registry', { locked: { resolved: 'https://evil.example/a.tgz' } }, 'somewhere else'],
    ['an install script', { locked: { hasInstallScript: true } }, 'run a script'],
    [
      'a part from git',
      { locked: { dependencies: { c: 'git+ssh://evil.example/c' } } },
      'not from the registry',
    ],
    ['a part from an address', { locked: { dependencies: { c: 'https://evil.example/c' } } }, 'not from'],
    ['a licence that is not free for all', { locked: { license: 'GPL-3.0' } }, 'not on the list'],
    ['one of two licences', { locked: { license: 'MIT AND GPL-3.0' } }, 'not on the list'],
    ['no licence', { locked: { license: undefined } }, 'not on the list'],
    ['a licence only to work with', { locked: { license: 'MPL-2.0' } }, 'not on the list'],
    ['scripts that may run', { npmrc: 'fund=false\n' }, 'ignore-scripts'],
  ])('finds %s', (_name, change, problem) => {
    expect(problemsOf(change).join('\n')).toContain(problem);
  });
});

describe('what the registry knows', () => {
  test('counts by what is serious', () => {
    const vulnerabilities = {
      a: { severity: 'critical', range: '<2' },
      b: { severity: 'high' },
      c: { severity: 'moderate' },
    };
    expect(readReport(JSON.stringify({ vulnerabilities }), 'exit code 1')).toEqual({
      told: true,
      serious: ['a <2: critical', 'b : high'],
      others: 1,
    });
    expect(readReport('{"vulnerabilities":{}}', undefined)).toEqual({ told: true, serious: [], others: 0 });
  });

  test.each([
    ['{"message":"405 Method Not Allowed","error":{"summary":"","detail":""}}', '405 Method Not Allowed'],
    ['{"error":{"code":"ENOTFOUND","summary":""}}', 'ENOTFOUND'],
    ['', 'no answer'],
    ['<html>', 'no answer'],
  ])('%s is no answer, and is said to be none', (stdout, why) => {
    expect(readReport(stdout, undefined)).toEqual({ told: false, why });
  });
});
