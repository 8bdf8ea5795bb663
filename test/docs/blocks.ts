import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));
export const DOCS = join(ROOT, 'docs');

/** Pages whose every snippet is tried: the guide, and what was written with it. */
export const GUIDE: readonly string[] = [
  'index.md',
  'mcp.md',
  ...readdirSync(join(DOCS, 'guide')).map((name) => `guide/${name}`),
];

/** A fenced block of a page; `page` is its path below `docs`. */
export type Block = { readonly page: string; readonly language: string; readonly text: string };

export function blocksOf(page: string): Block[] {
  const text = readFileSync(join(DOCS, page), 'utf8');
  return [...text.matchAll(/^```([^\n]*)\n(.*?)^```$/gmsu)].map(([, language = '', block = '']) => ({
    page,
    language: language.trim(),
    text: block,
  }));
}
