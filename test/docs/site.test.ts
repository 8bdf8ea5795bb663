import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { PAGES } from '../../docs/.vitepress/pages.ts';
import { DOCS, ROOT } from './blocks.ts';

const site = mkdtempSync(join(tmpdir(), 'dramatis-site-'));
afterAll(() => rmSync(site, { recursive: true }));

const LINKS = PAGES.flatMap(({ items }) => items.map(({ link }) => link.slice(1)));

test('the menu has every page, once', () => {
  const pages = [
    ...readdirSync(DOCS).filter((name) => name.endsWith('.md') && name !== 'index.md'),
    ...readdirSync(join(DOCS, 'guide')).map((name) => `guide/${name}`),
  ];
  expect(LINKS.toSorted()).toEqual(pages.map((name) => name.replace(/\.md$/u, '')).toSorted());
});

test('the site is built without a network, with no link that leads nowhere', {
  timeout: 240_000,
}, async () => {
  // No proxy, no registry, no font from elsewhere: what it needs is there.
  const env = { ...process.env, http_proxy: 'http://127.0.0.1:9', https_proxy: 'http://127.0.0.1:9' };
  const args = [join(ROOT, 'node_modules/vitepress/bin/vitepress.js'), 'build', 'docs', '--outDir', site];
  const child = spawn(process.execPath, args, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += String(chunk)));
  const [code] = (await once(child, 'close')) as [number];
  expect([code, code === 0 ? '' : said]).toEqual([0, '']);
  for (const link of LINKS) expect([link, existsSync(join(site, `${link}.html`))]).toEqual([link, true]);
  const page = readFileSync(join(site, 'guide/how-it-works.html'), 'utf8');
  expect(page).toContain('The one law');
  expect(page).not.toMatch(/(?:src|href)="https?:\/\/(?!arxiv\.org)/u);
});
