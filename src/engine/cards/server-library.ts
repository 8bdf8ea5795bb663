import type { CardData } from '../../cast/cards/card-data.ts';
import { characterFromCard } from '../../cast/cards/character-from-card.ts';
import { readCard } from '../../cast/cards/read-card.ts';
import { CastFileError } from '../../cast/cast-file-error.ts';
import type { Avatar, Character } from '../../cast/character.ts';
import { findCharacters } from '../../cast/library/find-characters.ts';
import type { Added, KeptCard, Library, SaveCard } from '../../cast/library/library-api.ts';
import { readWorldFile } from '../../cast/library/read-world-file.ts';
import { slugOf } from '../../cast/library/slug.ts';
import { freeId } from '../../cast/library/unique-ids.ts';
import { CARD_BOOK } from '../../cast/lore/card-book.ts';
import { readWorld } from '../../cast/lore/read-world.ts';
import type { World } from '../../cast/lore/world.ts';
import { fitPicture } from '../../cast/pictures/fit-picture.ts';
import { PlayerError } from '../../errors.ts';
import { say } from '../../words/text.ts';
import { createMailbox } from '../mailbox.ts';
import { type ServerShelf, type StoredCard, type StoredWorld, sizeOf } from './server-shelf.ts';

const MB = 1024 * 1024;
const MOST_CARDS = 200;
const MOST_WORLDS = 100;
/** A card as text, without its picture; a world. */
const MOST_TEXT = MB;
/** All of a server's cards and worlds together, which are in memory once somebody plays there. */
const MOST_IN_ALL = 20 * MB;

/**
 * Whom and what one server may play with: everyone's characters and worlds, and those that it added for
 * itself, which take the place of everyone's of the same id. What is written is in storage before it is here; pictures stay there.
 *
 * @param unread told of what storage holds and cannot be read: it is left out
 */
export async function openServerLibrary(
  server: string,
  everyones: Library,
  shelf: ServerShelf,
  unread: (kind: 'card' | 'world', id: string) => void,
): Promise<Library> {
  const changes = createMailbox();
  let own: ReadonlyMap<string, Character> = new Map();
  let worlds: ReadonlyMap<string, World> = new Map();
  await load();

  async function load(): Promise<void> {
    const index = await shelf.index(server);
    const left: (() => Promise<void>)[] = [];
    const read = async <S, T>(
      kind: 'card' | 'world',
      ids: Iterable<string>,
      get: (server: string, id: string) => Promise<S | 'broken' | undefined>,
      made: (id: string, stored: S) => T,
      remove: (server: string, id: string) => Promise<void>,
    ): Promise<Map<string, T>> => {
      const found = await Promise.all(
        [...ids].map(async (id): Promise<[string, T] | undefined> => {
          const stored = await get(server, id);
          if (stored === 'broken') unread(kind, id);
          // What was being written or removed when the process ended, or storage failed.
          if (stored === undefined) left.push(() => remove(server, id));
          return stored === undefined || stored === 'broken' ? undefined : [id, made(id, stored)];
        }),
      );
      return new Map(found.filter((one) => one !== undefined));
    };
    const cards = Object.keys(index.cards);
    own = byName(
      await read('card', cards, shelf.card, (id, stored) => characterOf(id, stored), shelf.removeCard),
    );
    const books = Object.keys(index.worlds);
    worlds = byName(await read('world', books, shelf.world, worldOf, shelf.removeWorld));
    for (const remove of left) await remove();
  }

  function characterOf(
    id: string,
    stored: StoredCard,
    warn: (warning: string) => void = () => {},
  ): Character {
    const { picture, by } = stored;
    const avatar: Avatar | undefined = picture && {
      type: 'stored',
      mime: picture.mime,
      digest: picture.digest,
      read: () => shelf.picture(server, id, picture),
    };
    const character = characterFromCard(stored.card, 'server', warn, avatar);
    return { ...character, id, ...(by === undefined ? {} : { by }) };
  }

  let merged: {
    readonly of: readonly Character[];
    readonly own: typeof own;
    readonly all: readonly Character[];
  };
  function characters(): readonly Character[] {
    const of = everyones.characters();
    if (merged?.of !== of || merged.own !== own) {
      merged = { of, own, all: [...of.filter(({ id }) => !own.has(id)), ...own.values()] };
    }
    return merged.all;
  }
  const character = (id: string) => own.get(id) ?? everyones.character(id);
  const world = (id: string) => worlds.get(id) ?? everyones.world(id);

  /** @throws PlayerError naming the limit */
  async function refuseTooMuch(kind: 'cards' | 'worlds', id: string, size: number): Promise<void> {
    if (size > MOST_TEXT)
      throw new PlayerError('That is longer than 1 MB, which is the most here: leave something out.');
    const index = await shelf.index(server);
    const [most, there] = kind === 'cards' ? [MOST_CARDS, own.has(id)] : [MOST_WORLDS, worlds.has(id)];
    if (!there && Object.keys(index[kind]).length >= most) {
      throw new PlayerError(
        kind === 'cards'
          ? say('This server has {{most}} characters of its own, which is the most: remove one first.', {
              most,
            })
          : say('This server has {{most}} worlds, which is the most: remove one first.', { most }),
      );
    }
    const others = [index.cards, index.worlds].flatMap((some) => Object.entries(some));
    const used = others.reduce((sum, [other, entry]) => sum + (other === id ? 0 : entry.size), 0);
    if (used + size > MOST_IN_ALL) {
      throw new PlayerError(
        'The characters and worlds of this server hold 20 MB of text, which is the most: remove some first.',
      );
    }
  }

  async function save(card: CardData, how: SaveCard = {}): Promise<Added> {
    const { id = freeId(slugOf(card.name), { has: (other) => character(other) !== undefined }) } = how;
    if (how.id !== undefined && !character(id))
      throw new PlayerError(
        say('There is no character “{{cardId}}” here. /summon shows who can come.', { cardId: id }),
      );
    await refuseTooMuch('cards', id, sizeOf(card));
    const fitted = how.picture ? await fitPicture(how.picture) : how.picture;
    if (fitted && 'refused' in fitted) throw new PlayerError(fitted.refused);
    const before = own.has(id) ? await shelf.card(server, id) : undefined;
    const known = before === 'broken' ? undefined : before;
    const by = known?.by ?? how.by;
    const stored: StoredCard = {
      card,
      ...(by === undefined ? {} : { by }),
      ...(known?.picture ? { picture: known.picture } : {}),
    };
    const warnings: string[] = [];
    const warn = (warning: string) => void warnings.push(warning);
    const saved = characterOf(id, await shelf.putCard(server, id, stored, fitted), warn);
    own = byName(new Map([...own, [id, saved]]));
    return { character: saved, warnings };
  }

  async function addWorld(fileName: string, bytes: Uint8Array, by: string | undefined) {
    const reading = readWorldFile(bytes, fileName);
    if (!reading) throw new CastFileError(fileName, 'is no lorebook');
    const id = freeId(slugOf(reading.name), {
      has: (one) => one === CARD_BOOK || world(one) !== undefined,
    });
    const { name, raw, warnings } = reading;
    await refuseTooMuch('worlds', id, sizeOf(raw));
    const stored: StoredWorld = { name, raw, ...(by === undefined ? {} : { by }) };
    await shelf.putWorld(server, id, stored);
    const added = worldOf(id, stored);
    worlds = byName(new Map([...worlds, [id, added]]));
    return { world: added, warnings };
  }

  async function add(fileName: string, bytes: Uint8Array, by: string | undefined): Promise<Added> {
    const { card, character: read, warnings } = readCard(bytes, fileName, 'server');
    const { avatar } = read;
    const picture = avatar?.type === 'bytes' ? { picture: avatar.bytes } : {};
    const { character: added } = await save(card, { ...picture, ...(by === undefined ? {} : { by }) });
    return { character: added, warnings };
  }

  async function keptCard(id: string): Promise<KeptCard | undefined> {
    const stored = own.has(id) ? await shelf.card(server, id) : undefined;
    if (stored === undefined || stored === 'broken') return everyones.card(id);
    const picture = stored.picture && (await shelf.picture(server, id, stored.picture));
    return { card: stored.card, ...(picture ? { picture } : {}) };
  }

  return {
    characters,
    character,
    find: (text, limit) => findCharacters(characters(), text, limit),
    scenes: () => everyones.scenes(),
    scene: (id) => everyones.scene(id),
    add: (fileName, bytes, by) => changes.post(() => add(fileName, bytes, by)),
    card: keptCard,
    save: (card, how) => changes.post(() => save(card, how)),
    remove: (id) =>
      changes.post(async () => {
        if (!own.has(id)) return false;
        await shelf.removeCard(server, id);
        own = without(own, id);
        return true;
      }),
    worlds: () => [...everyones.worlds().filter(({ id }) => !worlds.has(id)), ...worlds.values()],
    world,
    addWorld: (fileName, bytes, by) => changes.post(() => addWorld(fileName, bytes, by)),
    removeWorld: (id) =>
      changes.post(async () => {
        if (!worlds.has(id)) return false;
        await shelf.removeWorld(server, id);
        worlds = without(worlds, id);
        return true;
      }),
    problems: () => [],
    refresh: async () => undefined,
    close: () => changes.empty(),
  };
}

function worldOf(id: string, { name, raw, by }: StoredWorld): World {
  const book = { ...readWorld(raw, name, () => {}), id, name };
  return { id, name, book, raw, ...(by === undefined ? {} : { by }) };
}

function byName<T extends { readonly name: string }>(of: ReadonlyMap<string, T>): ReadonlyMap<string, T> {
  return new Map([...of].sort(([, one], [, other]) => one.name.localeCompare(other.name, 'en')));
}

function without<T>(of: ReadonlyMap<string, T>, id: string): ReadonlyMap<string, T> {
  return new Map([...of].filter(([other]) => other !== id));
}
