import type { SceneStore } from '../../store/scene-store.ts';
import { createServerShelf } from './server-shelf.ts';

/**
 * Lists again what servers have in their libraries and no list names, as where a list was damaged: nobody
 * could play it any more, and nobody erase it.
 *
 * @returns how many
 */
export async function relistCards(store: SceneStore): Promise<number> {
  const shelf = createServerShelf(store);
  let listed = 0;
  for (const kind of ['card', 'world'] as const) {
    for (const key of await Array.fromAsync(store.ids(kind))) {
      const [server = '', id = '', ...picture] = key.split('/');
      if (id === '' || picture.length > 0) continue;
      const index = await shelf.index(server);
      if (kind === 'card') {
        const card = id in index.cards ? undefined : await shelf.card(server, id);
        if (card === undefined || card === 'broken') continue;
        await shelf.putCard(server, id, card, undefined);
      } else {
        const world = id in index.worlds ? undefined : await shelf.world(server, id);
        if (world === undefined || world === 'broken') continue;
        await shelf.putWorld(server, id, world);
      }
      listed += 1;
    }
  }
  return listed;
}
