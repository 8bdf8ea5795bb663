import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import manifest from '../../../package.json' with { type: 'json' };

// Plain JavaScript without types: what is imported is checked by what the tests do with it.
const { findNode, nodeMissing, nodePackage } = await import(`${'../../../scripts'}/find-node.mjs`);
const { isInstalled } = await import(`${'../../../scripts'}/install.mjs`);

const root = fileURLToPath(new URL('../../../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'dramatis-set-up-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('the Node that is run', () => {
  const intelMac = { platform: 'darwin', arch: 'x64', execPath: '/usr/bin/node' };

  test("is this one where it fits and the repository's own does not run here", () => {
    expect(findNode(folder, { ...intelMac, version: 'v24.0.0' })).toBe('/usr/bin/node');
    expect(findNode(folder, { ...intelMac, version: 'v26.1.0' })).toBe('/usr/bin/node');
    expect(findNode(folder, { ...process, version: 'v25.0.0', execPath: 'here' })).toBe('here');
  });

  test('is none where neither fits, and the message says what to do', () => {
    const machine = { ...intelMac, version: 'v20.19.0' };
    expect(findNode(folder, machine)).toBeUndefined();
    expect(nodeMissing(machine)).toMatch(
      /needs Node 24.*v20\.19\.0.*darwin-x64: install Node 24 from https:\S+/,
    );
  });

  test('comes in packages that are optional dependencies, pinned', () => {
    const pairs = ['linux-x64', 'linux-arm64', 'win32-x64', 'darwin-arm64'].map((name) => name.split('-'));
    const packages = pairs.map(([platform, arch]) => nodePackage({ platform, arch }));
    expect(packages.toSorted()).toEqual(Object.keys(manifest.optionalDependencies).toSorted());
    for (const version of Object.values(manifest.optionalDependencies))
      expect(version).toMatch(/^24\.\d+\.\d+$/);
  });
});

describe('what is installed', () => {
  const package_ = { version: '1.0.0', integrity: 'sha512-a' };
  const lock = {
    '': { version: '0.1.0' },
    'node_modules/a': package_,
    'node_modules/tool': { ...package_, dev: true },
    'node_modules/fast': { ...package_, optional: true },
  };
  let repositories = 0;

  function repository(present?: object, text?: string): string {
    repositories += 1;
    const place = join(folder, `repository-${repositories}`);
    mkdirSync(join(place, 'node_modules'), { recursive: true });
    writeFileSync(join(place, 'package-lock.json'), JSON.stringify({ packages: lock }));
    const hidden = join(place, 'node_modules', '.package-lock.json');
    if (present) writeFileSync(hidden, JSON.stringify({ packages: present }));
    if (text) writeFileSync(hidden, text);
    return place;
  }

  const { 'node_modules/a': a, 'node_modules/tool': tool } = lock;
  test.each([
    ['all that is named', { 'node_modules/a': a, 'node_modules/tool': tool }, true, true],
    ['no tools, and none are needed', { 'node_modules/a': a }, false, true],
    ['no tools, and they are needed', { 'node_modules/a': a }, true, false],
    ['another version', { 'node_modules/a': { ...a, version: '0.9.0' } }, false, false],
    ['another content', { 'node_modules/a': { ...a, integrity: 'sha512-b' } }, false, false],
    ['less', {}, false, false],
    ['nothing', undefined, false, false],
  ])('%s', (_what, present, dev, fits) => {
    expect(isInstalled(repository(present), { dev })).toBe(fits);
  });

  test('an installation that was cut off counts as none', () => {
    expect(isInstalled(repository(undefined, '{"packages": {'), { dev: false })).toBe(false);
  });

  test('this repository is installed', () => {
    expect(isInstalled(root, { dev: true })).toBe(true);
  });
});
