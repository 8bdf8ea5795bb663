import type { WireFile } from '../wire-shapes.ts';
import { el } from './dom.ts';

const TYPES: Readonly<Record<string, string>> = { html: 'text/html', md: 'text/markdown' };

/** Files that a command handed over, each to be saved by a click. */
export function filesElement(files: readonly WireFile[]): HTMLElement {
  return el(
    'div',
    { class: 'reply-files' },
    ...files.map(({ name, content }) => {
      const type = TYPES[name.split('.').at(-1) ?? ''] ?? 'text/plain';
      const address = URL.createObjectURL(new Blob([content], { type }));
      return el('a', { href: address, download: name, class: 'quiet-button' }, `⤓ ${name}`);
    }),
  );
}
