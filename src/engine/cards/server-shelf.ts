import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { cardDataSchema } from '../../cast/cards/card-data.ts';
import { OperatorError } from '../../errors.ts';
import type { SceneStore } from '../../store/scene-store.ts';
import { DAMAGED } from '../damaged-entries.ts';
import { createMailbox } from '../mailbox.ts';

/** `by`: stage user id of whoever brought it. `size`: of what is stored, in bytes. */
const kept = z.object({ by: z.string().optional(), size: z.number() });
const indexSchema = z.object({
  cards: z.record(z.string(), kept),
  worlds: z.record(z.string(), kept),
});

const pictureMark = z.object({
  mime: z.enum(['image/png', 'image/jpeg', 'image/webp']),
  /** Tells whether two pictures are the same. */
  digest: z.string(),
  /** It stands in the second of two places: a new one is written beside the one before, which stays until then. */
  second: z.literal(true).optional(),
});
const cardSchema = z.object({
  card: cardDataSchema,
  by: z.string().optional(),
  picture: pictureMark.optional(),
});
const worldSchema = z.object({
  name: z.string(),
  raw: z.record(z.string(), z.unknown()),
  by: z.string().optional(),
});

export type ServerIndex = Readonly<z.infer<typeof indexSchema>>;
export type StoredCard = Readonly<z.infer<typeof cardSchema>>;
export type StoredWorld = Readonly<z.infer<typeof worldSchema>>;
type PictureMark = Readonly<z.infer<typeof pictureMark>>;
export type StoredPicture = {
  readonly mime: PictureMark['mime'];
  readonly bytes: Uint8Array;
};

const INDEX = 'cards/';
const NOTHING: ServerIndex = { cards: {}, worlds: {} };

/**
 * The characters and worlds of servers in storage. What a server has stands in an index of its own, so that
 * one is read without going through all others. A key stands in the index before and until what it names is
 * there: nothing is ever left that no index names.
 */
export type ServerShelf = {
  index(server: string): Promise<ServerIndex>;
  /** Ids of all servers that have any. */
  servers(): Promise<readonly string[]>;
  /** Undefined where there is none; 'broken' where it cannot be read. */
  card(server: string, id: string): Promise<StoredCard | 'broken' | undefined>;
  world(server: string, id: string): Promise<StoredWorld | 'broken' | undefined>;
  picture(server: string, id: string, mark: PictureMark): Promise<Uint8Array | undefined>;
  /** @param picture null: none any more; undefined: as it was. Returns what is stored then. */
  putCard(
    server: string,
    id: string,
    stored: StoredCard,
    picture: StoredPicture | null | undefined,
  ): Promise<StoredCard>;
  putWorld(server: string, id: string, stored: StoredWorld): Promise<void>;
  removeCard(server: string, id: string): Promise<void>;
  removeWorld(server: string, id: string): Promise<void>;
};

export function createServerShelf(store: SceneStore): ServerShelf {
  // An index is read and written one at a time.
  const turns = createMailbox();

  async function index(server: string): Promise<ServerIndex> {
    return indexSchema.safeParse(await store.get('server', INDEX + server)).data ?? NOTHING;
  }

  /** What it lists would be lost if a new one took its place. */
  async function indexToChange(server: string): Promise<ServerIndex> {
    const stored = await store.get('server', INDEX + server);
    if (stored === DAMAGED) {
      throw new OperatorError(
        `The list of server ${server}’s characters is damaged: run dramatis doctor --repair.`,
      );
    }
    return indexSchema.safeParse(stored).data ?? NOTHING;
  }

  async function list(
    server: string,
    kind: keyof ServerIndex,
    id: string,
    entry: z.infer<typeof kept> | undefined,
  ): Promise<void> {
    const before = await indexToChange(server);
    const { [id]: _, ...others } = before[kind];
    const after = { ...before, [kind]: entry ? { ...others, [id]: entry } : others };
    const isEmpty = Object.keys(after.cards).length + Object.keys(after.worlds).length === 0;
    if (isEmpty) await store.remove('server', INDEX + server);
    else await store.put('server', INDEX + server, after);
  }

  async function read<T>(
    kind: 'card' | 'world',
    key: string,
    schema: z.ZodType<T>,
  ): Promise<T | 'broken' | undefined> {
    const found = await store.get(kind, key);
    if (found === undefined) return undefined;
    return schema.safeParse(found).data ?? 'broken';
  }

  async function removePictures(server: string, id: string): Promise<void> {
    await store.remove('card', pictureKey(server, id));
    await store.remove('card', pictureKey(server, id, true));
  }

  return {
    index,
    async servers() {
      const keys = await Array.fromAsync(store.ids('server'));
      return keys.filter((key) => key.startsWith(INDEX)).map((key) => key.slice(INDEX.length));
    },
    card: (server, id) => read('card', keyOf(server, id), cardSchema),
    world: (server, id) => read('world', keyOf(server, id), worldSchema),
    async picture(server, id, { second }) {
      const found = z
        .object({ base64: z.string() })
        .safeParse(await store.get('card', pictureKey(server, id, second)));
      return found.success ? Uint8Array.from(Buffer.from(found.data.base64, 'base64')) : undefined;
    },
    putCard: (server, id, stored, picture) =>
      turns.post(async () => {
        const { picture: before, ...bare } = stored;
        const second = before !== undefined && !before.second;
        const mark = picture === undefined ? before : picture ? markOf(picture, second) : undefined;
        const after: StoredCard = mark ? { ...bare, picture: mark } : bare;
        await list(server, 'cards', id, { ...byOf(stored), size: sizeOf(stored.card) });
        if (picture) {
          const base64 = Buffer.from(picture.bytes).toString('base64');
          await store.put('card', pictureKey(server, id, second), { base64 });
        }
        await store.put('card', keyOf(server, id), after);
        if (picture === null) await removePictures(server, id);
        else if (picture && before) await store.remove('card', pictureKey(server, id, before.second));
        return after;
      }),
    putWorld: (server, id, stored) =>
      turns.post(async () => {
        await list(server, 'worlds', id, { ...byOf(stored), size: sizeOf(stored.raw) });
        await store.put('world', keyOf(server, id), stored);
      }),
    removeCard: (server, id) =>
      turns.post(async () => {
        await store.remove('card', keyOf(server, id));
        await removePictures(server, id);
        await list(server, 'cards', id, undefined);
      }),
    removeWorld: (server, id) =>
      turns.post(async () => {
        await store.remove('world', keyOf(server, id));
        await list(server, 'worlds', id, undefined);
      }),
  };
}

/** Bytes of a value as it is stored. */
export function sizeOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}

function keyOf(server: string, id: string): string {
  return `${server}/${id}`;
}

/** Beside its card: a picture is only read to be shown. */
function pictureKey(server: string, id: string, second = false): string {
  return `${server}/${id}/picture${second ? '-2' : ''}`;
}

function markOf({ mime, bytes }: StoredPicture, second: boolean): PictureMark {
  const digest = createHash('sha256').update(bytes).digest('hex').slice(0, 16);
  return second ? { mime, digest, second } : { mime, digest };
}

function byOf({ by }: { readonly by?: string | undefined }) {
  return by === undefined ? {} : { by };
}
