import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { readEnvironment } from '../../src/config/environment.ts';
import { inviteLink } from '../../src/stage/discord/access/permissions.ts';
import { blocksOf, DOCS, GUIDE, ROOT } from './blocks.ts';
import { type Clone, makeClone } from './clone.ts';

const BLOCKS = GUIDE.flatMap(blocksOf);
const CARD = 'data/characters/ines-carrow.yaml';

/** How each command of the docs is tried: what it prints, on whichever stream; `until`: it goes on until Ctrl-C. */
const COMMANDS: Readonly<Record<string, { readonly prints?: RegExp; readonly until?: RegExp }>> = {
  'npm start': { until: /Open http:\/\/127\.0\.0\.1:\d+ in a browser/u },
  'cp .env.example .env': {},
  'npm run dramatis -- doctor': { prints: /^ok +node: 24/mu },
  'npm run dramatis -- play': { prints: /^Mr\. Darcy: /mu },
  'npm run dramatis -- play --list': { prints: /the-letter/u },
  'npm run dramatis -- play --turns 4 --seed 1': { prints: /^Mr\. Bennet: /mu },
  [`npm run dramatis -- cards validate ${CARD}`]: { prints: /ines-carrow\.yaml: ok|ok +.*ines-carrow/iu },
  [`npm run dramatis -- cards show ${CARD}`]: { prints: /To see one more winter through/u },
  [`npm run dramatis -- cards convert ${CARD} --to v3`]: { prints: /"chara_card_v3"/u },
  [`npm run dramatis -- cards convert ${CARD} -o ines.png`]: {},
  'npm run dramatis -- play --cast "Ines Carrow" --turns 1': { prints: /^Ines Carrow: /mu },
  'npm run --silent dramatis -- play --turns 2 --seed 1 --json --xray': { prints: /"systemThinking":/u },
  "echo '<system_thinking>Plan.</system_thinking><role_thinking>Hm.</role_thinking>Good evening.' | npm run --silent dramatis -- inspect --audience stage":
    { prints: /^Good evening\.\n$/u },
  'npm run dramatis -- lab eval coser --out out/first --plan': { prints: /calls/u },
  'echo \'{"judge_flaws":[{"severity":2}],"rounds":10}\' | npm run --silent dramatis -- lab eval score - --json':
    { prints: /^\{"score":[\d.]+\}\n$/u },
};

const mcpSettings = z.strictObject({
  mcpServers: z.strictObject({
    dramatis: z.strictObject({
      command: z.literal('node'),
      args: z.tuple([z.string().endsWith('/scripts/run.mjs'), z.literal('mcp')]),
      env: z.strictObject({ DRAMATIS_TOKEN: z.string() }),
    }),
  }),
});

/** How a block that is no command is tried, by its page and its first line. */
const FILES: Readonly<Record<string, (text: string) => void>> = {
  'mcp.md: {': (text) => void mcpSettings.parse(JSON.parse(text)),
  'guide/your-server.md: DISCORD_TOKEN=the-token-of-step-1': (text) => {
    const { discord, servers, owners } = readEnvironment(parseEnv(text), '/nowhere');
    expect([discord?.token, servers, owners]).toEqual([
      'the-token-of-step-1',
      ['123456789012345678'],
      ['234567890123456789'],
    ]);
  },
  'guide/your-server.md: OPENAI_BASE_URL=http://127.0.0.1:11434/v1': (text) =>
    expect(readEnvironment(parseEnv(text), '/nowhere').models.actor?.name).toBe('the-name-of-a-model'),
  // Its commands are run on it.
  'guide/card-authors.md: name: Ines Carrow': (text) =>
    expect(parse(text)).toMatchObject({ name: 'Ines Carrow' }),
};

/** Told, and not run. */
const FREE = new Set(['text']);

const COMMAND_LINES = [
  ...new Set(
    BLOCKS.filter(({ language }) => language === 'sh').flatMap(({ text }) => text.trimEnd().split('\n')),
  ),
];

let clone: Clone;
beforeAll(() => {
  clone = makeClone();
  const card = BLOCKS.find(({ text }) => text.startsWith('name: Ines Carrow'));
  mkdirSync(dirname(join(clone.folder, CARD)), { recursive: true });
  writeFileSync(join(clone.folder, CARD), card?.text ?? '');
});
afterAll(() => clone.remove());

describe('commands', () => {
  test('each is known here, and each that is known here is in the docs', () => {
    expect(COMMAND_LINES.toSorted()).toEqual(Object.keys(COMMANDS).toSorted());
  });

  test.concurrent.each(COMMAND_LINES)('%s', { timeout: 60_000 }, async (line: string) => {
    const how = COMMANDS[line] ?? {};
    const { end, out, err } = await clone.run(line, how.until);
    expect([out, err].join('')).toMatch(how.prints ?? how.until ?? /^/u);
    // npm itself ends by the Ctrl-C that ends what it runs.
    expect([end, out + err]).toEqual([how.until ? 'SIGINT' : 0, out + err]);
  });
});

describe('other blocks', () => {
  const others = BLOCKS.filter(({ language }) => language !== 'sh' && !FREE.has(language));
  const nameOf = ({ page, text }: (typeof others)[number]) => `${page}: ${text.split('\n')[0]}`;

  test('each is known here, and each that is known here is in the docs', () => {
    expect(others.map(nameOf).toSorted()).toEqual(Object.keys(FILES).toSorted());
  });

  test.each(others.map((block) => [nameOf(block), block.text] as const))('%s', (name, text) => {
    FILES[name]?.(text);
  });
});

test('the invite asks for the permissions that the program asks for', () => {
  const text = readFileSync(join(DOCS, 'guide/your-server.md'), 'utf8');
  expect(text).toContain(inviteLink('YOUR_APPLICATION'));
});

test('slash commands that the guide names are there', () => {
  for (const page of GUIDE) {
    const text = readFileSync(join(DOCS, page), 'utf8');
    for (const [, name = ''] of text.matchAll(/`\/([a-z]+)/gu)) {
      expect([page, name, existsSync(join(ROOT, 'commands', `${name}.ts`))]).toEqual([page, name, true]);
    }
  }
});

function parseEnv(text: string): Record<string, string> {
  const lines = text.trimEnd().split('\n');
  return Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );
}
