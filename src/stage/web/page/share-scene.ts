import type { Connection } from './connection.ts';
import { el } from './dom.ts';

/** Saves the scene as one file in which a friend can open the 💭. */
export async function shareScene(connection: Connection): Promise<string> {
  const { name, html } = await connection.ask({ type: 'share' }, 'share');
  const address = URL.createObjectURL(new Blob([html], { type: 'text/html' }));
  el('a', { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
  return name;
}
