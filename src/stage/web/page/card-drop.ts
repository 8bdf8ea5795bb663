import type { ServerMessageOf } from '../server-message.ts';
import type { Connection } from './connection.ts';
import { el } from './dom.ts';

const LARGEST = 8 * 1024 * 1024;

/** Takes a character card that is dropped anywhere on the page. */
export function createCardDrop(options: {
  readonly connection: Connection;
  readonly onCard: (card: ServerMessageOf<'card'>) => void;
  readonly onProblem: (message: string) => void;
}): { readonly root: HTMLElement; bring(file: File): Promise<void> } {
  const { connection, onCard, onProblem } = options;
  const root = el(
    'div',
    { class: 'drop', hidden: true },
    el('p', { class: 'drop-words' }, 'Let go, and they can come on stage.'),
  );
  let depth = 0;

  async function bring(file: File): Promise<void> {
    if (file.size > LARGEST) {
      return onProblem(`${file.name} is too large: a card holds at most ${LARGEST / 1024 / 1024} MB.`);
    }
    try {
      const data = base64(new Uint8Array(await file.arrayBuffer()));
      if (data === '') return onProblem(`${file.name} is empty.`);
      onCard(await connection.ask({ type: 'card', name: file.name.slice(0, 255), data }, 'card'));
    } catch (error) {
      onProblem(error instanceof Error ? error.message : 'That card could not be read.');
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

function base64(bytes: Uint8Array): string {
  const pieces: string[] = [];
  for (let at = 0; at < bytes.length; at += 0x8000) {
    pieces.push(String.fromCharCode(...bytes.subarray(at, at + 0x8000)));
  }
  return btoa(pieces.join(''));
}
