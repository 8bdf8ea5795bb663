import type { ServerMessageOf } from '../server-message.ts';
import { toBase64 } from './base64.ts';
import type { Asks } from './connection.ts';
import { el } from './dom.ts';

/** Bytes of a message's share of a file; of three, so that base64 fills nothing up. */
const PIECE = 3 * 256 * 1024;
/** A CharX archive may hold so much; a single card less, and the stage says so. */
const LARGEST = 32 * 1024 * 1024;

/** Takes files of cards and worlds that are dropped anywhere on the page. */
export function createCardDrop(options: {
  readonly connection: Asks;
  readonly onBrought: (what: ServerMessageOf<'card'>) => void;
  readonly onProblem: (message: string) => void;
}): { readonly root: HTMLElement; bring(file: File): Promise<void> } {
  const { connection, onBrought, onProblem } = options;
  const root = el(
    'div',
    { class: 'drop', hidden: true },
    el('p', { class: 'drop-words' }, 'Let go, and they can come on stage.'),
  );
  let depth = 0;
  // The stage takes one file at a time from a page.
  let bringing: Promise<void> = Promise.resolve();

  function bring(file: File): Promise<void> {
    bringing = bringing.then(() => bringOne(file));
    return bringing;
  }

  async function bringOne(file: File): Promise<void> {
    if (file.size > LARGEST) {
      return onProblem(`${file.name} is too large: a file may have ${LARGEST / 1024 / 1024} MB at most.`);
    }
    try {
      if (file.size === 0) return onProblem(`${file.name} is empty.`);
      const upload = crypto.randomUUID();
      for (let at = 0; at < file.size; at += PIECE) {
        const piece = new Uint8Array(await file.slice(at, at + PIECE).arrayBuffer());
        await connection.ask({ type: 'card-part', upload, data: toBase64(piece) }, 'done');
      }
      onBrought(await connection.ask({ type: 'card', name: file.name.slice(0, 255), upload }, 'card'));
    } catch (error) {
      // What the browser cannot read it tells in words for programmers.
      if (error instanceof DOMException) onProblem(`${file.name} cannot be read: drop files, not folders.`);
      else onProblem(error instanceof Error ? error.message : 'That file could not be read.');
    }
  }

  function holdsFiles(event: DragEvent): boolean {
    return event.dataTransfer?.types.includes('Files') ?? false;
  }

  addEventListener('dragenter', (event) => {
    if (!holdsFiles(event)) return;
    depth += 1;
    root.hidden = false;
  });
  addEventListener('dragleave', () => {
    depth = Math.max(0, depth - 1);
    if (depth === 0) root.hidden = true;
  });
  addEventListener('dragover', (event) => {
    if (holdsFiles(event)) event.preventDefault();
  });
  addEventListener('drop', (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    depth = 0;
    root.hidden = true;
    for (const file of event.dataTransfer?.files ?? []) void bring(file);
  });

  return { root, bring };
}
