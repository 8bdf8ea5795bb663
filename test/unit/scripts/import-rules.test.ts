import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** Rule by rule, imports (from -> to) that must break it. */
const FORBIDDEN: Record<string, [from: string, to: string][]> = {
  'no-circles': [['src/engine/a.ts', 'src/engine/b.ts']],
  'core-has-no-io': [
    ['src/format/a.ts', 'node:fs'],
    ['src/scene/a.ts', 'yaml'],
    ['src/scene/b.ts', 'src/cast/a.ts'],
  ],
  'format-knows-no-scene': [['src/format/b.ts', 'src/scene/a.ts']],
  'cast-is-below-who-plays-it': [['src/cast/a.ts', 'src/performer/a.ts']],
  'players-are-strangers': [
    ['src/director/a.ts', 'src/performer/a.ts'],
    ['src/judge/a.ts', 'src/engine/a.ts'],
  ],
  'engine-is-below-stages': [
    ['src/engine/c.ts', 'src/stage/web/a.ts'],
    ['src/engine/d.ts', 'commands/a.ts'],
  ],
  'stages-are-strangers': [['src/stage/web/b.ts', 'src/stage/discord/a.ts']],
  'stages-translate': [['src/stage/terminal/a.ts', 'src/director/b.ts']],
  'commands-speak-to-the-engine': [['commands/b.ts', 'src/stage/web/a.ts']],
  'lab-drives-the-rooms': [['src/lab/a.ts', 'src/stage/web/a.ts']],
  'model-is-a-leaf': [['src/model/a.ts', 'src/scene/c.ts']],
  'store-knows-beats-only': [['src/store/a.ts', 'src/engine/e.ts']],
  'config-wires-nothing': [['src/config/a.ts', 'src/engine/e.ts']],
  'model-through-its-interface': [['src/performer/b.ts', 'src/model/b.ts']],
  'store-through-its-interface': [['src/stage/discord/b.ts', 'src/store/b.ts']],
  'only-model-imports-openai': [['src/performer/c.ts', 'openai']],
  'only-store-imports-keyv': [
    ['src/engine/f.ts', 'keyv'],
    ['src/engine/g.ts', '@keyv/redis'],
  ],
  'only-the-discord-stage-imports-discord': [['commands/c.ts', 'discord.js']],
  'nothing-imports-the-command-line': [['src/stage/web/c.ts', 'src/cli/a.ts']],
  'shipped-code-needs-no-tools': [['src/cast/c.ts', 'fast-check']],
  'shipped-code-knows-no-tests': [['src/cast/d.ts', 'test/a.ts']],
  'all-imports-resolve': [['src/cast/e.ts', 'no-such-package']],
  'packages-are-declared': [['src/cast/f.ts', 'lodash']],
};

/** Imports that must break no rule. */
const ALLOWED: [from: string, to: string][] = [
  ['src/scene/m.ts', 'src/format/m.ts'],
  ['src/scene/n.ts', 'zod'],
  ['src/performer/m.ts', 'src/model/chat-model.ts'],
  ['src/cast/m.ts', 'src/errors.ts'],
  ['src/engine/m.ts', 'src/store/scene-store.ts'],
  ['src/engine/n.ts', 'src/director/m.ts'],
  ['src/stage/web/m.ts', 'commands/m.ts'],
  ['src/stage/discord/m.ts', 'discord.js'],
  ['src/model/m.ts', 'openai'],
  ['src/store/m.ts', '@keyv/postgres'],
  ['src/cli.ts', 'src/stage/web/m.ts'],
  ['src/cli/m.ts', 'src/store/m.ts'],
];

test('each import rule catches what it forbids, and no more', () => {
  const folder = mkdtempSync(join(tmpdir(), 'dramatis-rules-'));
  try {
    for (const file of ['package.json', 'tsconfig.json', '.dependency-cruiser.cjs'])
      cpSync(join(root, file), join(folder, file));
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'dir');
    const forbidden = Object.entries(FORBIDDEN).flatMap(([rule, imports]) =>
      imports.map(([from, to]) => [rule, from, to] as const),
    );
    const files = new Map<string, string>([['src/engine/b.ts', "import './a.ts';"]]);
    for (const [from, to] of [...forbidden.map(([, from, to]) => [from, to] as const), ...ALLOWED]) {
      files.set(from, `import '${isOurs(to) ? `${'../'.repeat(from.split('/').length - 1)}${to}` : to}';`);
      if (isOurs(to) && !files.has(to)) files.set(to, '');
    }
    for (const [file, text] of files) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), `${text}\nexport {};\n`);
    }

    const cruiser = join(root, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruiser.mjs');
    const args = [cruiser, '--config', '.dependency-cruiser.cjs', '--output-type', 'json', 'src', 'commands'];
    const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
    expect(stderr).toBe('');
    const found: { from: string; rule: { name: string } }[] = JSON.parse(stdout).summary.violations;
    const broken = new Set(found.map(({ from, rule }) => `${rule.name}: ${from}`));
    for (const [rule, from] of forbidden) expect(broken).toContain(`${rule}: ${from}`);
    for (const [from] of ALLOWED) expect([...broken].filter((line) => line.endsWith(` ${from}`))).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

function isOurs(to: string): boolean {
  return /^(src|commands|test)\//.test(to);
}
