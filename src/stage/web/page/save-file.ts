import type { WireFile } from '../wire-shapes.ts';
import { fromBase64 } from './base64.ts';
import { el } from './dom.ts';

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html',
  json: 'application/json',
  md: 'text/markdown',
  png: 'image/png',
  yaml: 'application/yaml',
};

/** A file's address in this page; who makes it lets go of it. */
export function fileAddress({ name, content, base64 }: WireFile): string {
  const type = TYPES[name.split('.').at(-1) ?? ''] ?? 'text/plain';
  return URL.createObjectURL(new Blob([base64 ? fromBase64(content) : content], { type }));
}

/** Hands a file to the person, as their browser saves files. */
export function saveFile(file: WireFile): void {
  const address = fileAddress(file);
  el('a', { href: address, download: file.name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
