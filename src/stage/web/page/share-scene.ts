import type { Connection } from './connection.ts';
import { el } from './dom.ts';

/** Saves the scene as one file. Returns what there is to say of it. */
export async function shareScene(connection: Connection): Promise<string> {
  const { name, html, thoughts } = await connection.ask({ type: 'share' }, 'share');
  const address = URL.createObjectURL(new Blob([html], { type: 'text/html' }));
  el('a', { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
  return thoughts
    ? `Saved as ${name}. A friend can open it anywhere, and the 💭 in it.`
    : `Saved as ${name}, without thoughts: in this scene not everyone may read them.`;
}
