import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { CliCommand } from '../../src/cli/cli-command.ts';
import { ROOT } from './blocks.ts';

/** What README and docs say of the command line and of npm's scripts, wherever they say it, is there. */
const PAGES = ['README.md', 'CONTRIBUTING.md', ...globSync('docs/**/*.md', { cwd: ROOT })].filter(
  (path) => !path.includes('.vitepress'),
);
const COMMANDS: Readonly<Record<string, () => Promise<CliCommand>>> = {
  start: async () => (await import('../../src/cli/start/start.ts')).start,
  play: async () => (await import('../../src/cli/play/play.ts')).play,
  inspect: async () => (await import('../../src/cli/inspect.ts')).inspect,
  cards: async () => (await import('../../src/cli/cards/cards.ts')).cards,
  doctor: async () => (await import('../../src/cli/doctor/doctor.ts')).doctor,
  store: async () => (await import('../../src/cli/store/store.ts')).store,
  apps: async () => (await import('../../src/cli/apps/apps.ts')).apps,
  mcp: async () => (await import('../../src/cli/mcp/mcp.ts')).mcp,
  lab: async () => (await import('../../src/cli/lab/lab.ts')).lab,
};

type Said = { readonly page: string; readonly line: string };

/** Commands as they are written in code, between backticks or in blocks, up to a pipe or a remark. */
function saidIn(page: string): Said[] {
  const text = readFileSync(join(ROOT, page), 'utf8');
  const code = [...text.matchAll(/^```[^\n]*\n(.*?)^```$|`([^`\n]+)`/gmsu)].map(
    ([, block, span]) => block ?? span ?? '',
  );
  return code.flatMap((piece) =>
    piece
      .replaceAll(/\\\n\s*/gu, ' ')
      .split('\n')
      .flatMap((line) => /(?:^|\s|\()dramatis (?:-- )?([a-z].*)$/u.exec(line)?.[1] ?? [])
      .map((line) => ({ page, line: line.split(/\s(?:[|>#]|2>)/u)[0]?.trim() ?? '' })),
  );
}

const said = PAGES.flatMap(saidIn);

test('all commands are looked at here, and many are said', () => {
  const listed = [...readFileSync(join(ROOT, 'src/cli.ts'), 'utf8').matchAll(/^ {4}name: '(\w+)'/gmu)];
  expect(Object.keys(COMMANDS)).toEqual(listed.map(([, name]) => name));
  expect(said.length).toBeGreaterThan(100);
});

describe.each(Object.keys(COMMANDS))('dramatis %s', (name) => {
  test('has the flags that the docs give it', async () => {
    const command = await COMMANDS[name]?.();
    for (const { page, line } of said) {
      const [first, ...rest] = line.split(' ');
      if (first !== name) continue;
      const flags = [...line.matchAll(/(?<=^|[\s[])--[a-z][a-z-]*/gu)].map(([flag]) => flag);
      const help = command?.helpOf?.([...rest, '--help']) ?? command?.help ?? '';
      const unknown = flags.filter(
        (flag) => flag !== '--help' && !new RegExp(`${flag}(?![a-z-])`, 'u').test(help),
      );
      expect([page, line, unknown]).toEqual([page, line, []]);
    }
  });
});

test('no other command is said', () => {
  const strange = said.filter(({ line }) => !Object.hasOwn(COMMANDS, line.split(' ')[0] ?? ''));
  expect(strange).toEqual([]);
});

test('npm has the scripts that are said', () => {
  const { scripts } = z
    .object({ scripts: z.record(z.string(), z.string()) })
    .parse(JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')));
  for (const page of PAGES) {
    const text = readFileSync(join(ROOT, page), 'utf8');
    for (const [, script = ''] of text.matchAll(/npm run (?:-s |--silent )?([\w:]+)/gu)) {
      expect([page, script, Object.hasOwn(scripts, script)]).toEqual([page, script, true]);
    }
  }
});
