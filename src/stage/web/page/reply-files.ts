import type { WireFile } from '../wire-shapes.ts';
import { el } from './dom.ts';
import { fileAddress } from './save-file.ts';

/** Files that a command handed over, each to be saved by a click. */
export function filesElement(files: readonly WireFile[]): HTMLElement {
  return el(
    'div',
    { class: 'reply-files' },
    ...files.map((file) =>
      el('a', { href: fileAddress(file), download: file.name, class: 'quiet-button' }, `⤓ ${file.name}`),
    ),
  );
}
