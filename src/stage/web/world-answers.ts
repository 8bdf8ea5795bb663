import type { World } from '../../cast/lore/world.ts';
import { PlayerError } from '../../errors.ts';
import { say } from '../../words/text.ts';
import type { WireWorld } from './card-shapes.ts';
import type { ClientMessage } from './protocol.ts';
import { askerOf, type Seat } from './seat.ts';
import type { ServerMessageOf } from './server-message.ts';
import { wireLoreEntry } from './wire-card.ts';

/** What is asked about lorebooks; all of it needs the scope `admin`. */
export type WorldMessage = Extract<ClientMessage, { type: `world-${string}` }>;

type Answer = ServerMessageOf<'worlds' | 'world' | 'file' | 'done'>;

/** Looks after the operator's own lorebooks. @throws PlayerError where there is no such one */
export async function answerWorld(message: WorldMessage, seat: Seat): Promise<Answer> {
  const { engine, library } = seat.house;
  if (message.type === 'world-list') {
    return { type: 'worlds', worlds: await wireWorlds(library.worlds(), seat) };
  }
  const world = library.world(message.world);
  if (!world) throw new PlayerError(say('There is no world “{{id}}” here.', { id: message.world }));
  switch (message.type) {
    case 'world-open': {
      const [wire] = await wireWorlds([world], seat);
      if (!wire) throw new Error('one world makes one');
      return { type: 'world', world: wire, entries: world.book.entries.map(wireLoreEntry) };
    }
    case 'world-export':
      return {
        type: 'file',
        file: { name: `${world.id}.json`, content: `${JSON.stringify(world.raw, null, 2)}\n` },
      };
    case 'world-delete':
      await engine.cards.removeWorld({ by: askerOf(seat) }, world.id);
      return { type: 'done' };
  }
}

/** Each with whether it is in play where this session speaks. */
export async function wireWorlds(worlds: readonly World[], { house, scene }: Seat): Promise<WireWorld[]> {
  const rules = await house.engine.settings.rules({ stage: 'web', scene });
  return worlds.map(({ id, name, book }) => ({
    id,
    name,
    entries: book.entries.length,
    here: rules.worlds.includes(id),
  }));
}
