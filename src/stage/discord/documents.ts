import { z } from 'zod';
import type { Delivery } from '../../engine/stage.ts';
import type { DocumentKind, SceneStore } from '../../store/scene-store.ts';

const webhookSchema = z.object({ id: z.string(), token: z.string() });
const cardSchema = z.object({
  message: z.string(),
  /** Addresses of the portraits that were uploaded with the card, by card id. */
  avatars: z.record(z.string(), z.string()),
});
const postedSchema = z.object({
  scene: z.string(),
  /** Key of the scene's log: a channel hosts one scene after another. */
  log: z.string(),
  n: z.int(),
});
const deliverySchema = z.object({ messages: z.array(z.string()) });
const rowsSchema = z.array(z.object({ log: z.string(), n: z.int(), message: z.string() }));
const leftSchema = z.object({ message: z.string(), place: z.string(), ours: z.boolean() });
/** One that was never edited is its id alone, as nearly all are. */
const heardSchema = z.union([z.string(), z.object({ id: z.string(), edited: z.number() })]);
const seenSchema = z.object({ message: z.string(), heard: z.array(heardSchema) });

/** A webhook of ours. Its token lets anyone post: it is never logged. */
export type OwnWebhook = Readonly<z.infer<typeof webhookSchema>>;
export type CardDocument = Readonly<z.infer<typeof cardSchema>>;
export type Posted = Readonly<z.infer<typeof postedSchema>>;
/** The end of a character's line, where its buttons are. */
export type RowBearer = Readonly<z.infer<typeof rowsSchema>[number]>;
/** A message that a rewind left behind: where it stands, and whether it is one of our webhook's. */
export type LeftMessage = Readonly<z.infer<typeof leftSchema>>;
/** A message that was heard; where it was edited, with when that was done last. No text. */
export type Heard = Readonly<z.infer<typeof heardSchema>>;
/** The newest message of a channel that was taken in, and the last ones that were heard. */
export type Seen = Readonly<z.infer<typeof seenSchema>>;

/** What the stage keeps between two runs. What is stored is checked when it is read. */
export type Documents = {
  webhook(channel: string): Promise<OwnWebhook | undefined>;
  putWebhook(channel: string, webhook: OwnWebhook): Promise<void>;
  removeWebhook(channel: string): Promise<void>;
  card(log: string): Promise<CardDocument | undefined>;
  putCard(log: string, card: CardDocument): Promise<void>;
  /** Which beat a message is. */
  posted(message: string): Promise<Posted | undefined>;
  putPosted(message: string, posted: Posted): Promise<void>;
  /** Whether a message was ever part of a scene, posted or heard. */
  known(message: string): Promise<boolean>;
  delivery(log: string, n: number): Promise<Delivery | undefined>;
  putDelivery(log: string, n: number, delivery: Delivery): Promise<void>;
  /** Messages of a channel that may bear the buttons of a newest line, the one that should last. */
  rows(channel: string): Promise<readonly RowBearer[]>;
  putRows(channel: string, rows: readonly RowBearer[]): Promise<void>;
  /** Whether we took this message of a player away ourselves. */
  tookAway(message: string): Promise<boolean>;
  putTookAway(message: string): Promise<void>;
  /** What a rewind is still to take away of a scene, in that order. */
  erasing(log: string): Promise<readonly LeftMessage[]>;
  putErasing(log: string, left: readonly LeftMessage[]): Promise<void>;
  seen(channel: string): Promise<Seen | undefined>;
  putSeen(channel: string, seen: Seen): Promise<void>;
  /** Whether a scene paused because Discord was out of order, and is to go on by itself. */
  waiting(scene: string): Promise<boolean>;
  putWaiting(scene: string): Promise<void>;
  removeWaiting(scene: string): Promise<void>;
};

/** The stage's documents in the common store; those of beats have the engine's own keys and shapes. */
export function createDocuments(store: SceneStore): Documents {
  async function read<T>(schema: z.ZodType<T>, kind: DocumentKind, id: string): Promise<T | undefined> {
    const found = schema.safeParse(await store.get(kind, id));
    return found.success ? found.data : undefined;
  }
  return {
    webhook: (channel) => read(webhookSchema, 'webhook', channel),
    putWebhook: (channel, webhook) => store.put('webhook', channel, webhook),
    removeWebhook: (channel) => store.remove('webhook', channel),
    card: (log) => read(cardSchema, 'stage', `card/${log}`),
    putCard: (log, card) => store.put('stage', `card/${log}`, card),
    posted: (message) => read(postedSchema, 'message', message),
    putPosted: (message, posted) => store.put('message', message, posted),
    known: async (message) =>
      (await store.get('message', message)) !== undefined ||
      (await store.get('heard', message)) !== undefined,
    delivery: (log, n) => read(deliverySchema, 'delivery', `${log}/${n}`),
    putDelivery: (log, n, delivery) => store.put('delivery', `${log}/${n}`, delivery),
    rows: async (channel) => (await read(rowsSchema, 'stage', `rows/${channel}`)) ?? [],
    putRows: (channel, rows) => store.put('stage', `rows/${channel}`, rows),
    tookAway: async (message) => (await store.get('stage', `took-away/${message}`)) !== undefined,
    putTookAway: (message) => store.put('stage', `took-away/${message}`, true),
    erasing: async (log) => (await read(z.array(leftSchema), 'stage', `erasing/${log}`)) ?? [],
    putErasing: (log, left) =>
      left.length > 0 ? store.put('stage', `erasing/${log}`, left) : store.remove('stage', `erasing/${log}`),
    seen: (channel) => read(seenSchema, 'stage', `seen/${channel}`),
    putSeen: (channel, seen) => store.put('stage', `seen/${channel}`, seen),
    waiting: async (scene) => (await store.get('stage', `waiting/${scene}`)) !== undefined,
    putWaiting: (scene) => store.put('stage', `waiting/${scene}`, true),
    removeWaiting: (scene) => store.remove('stage', `waiting/${scene}`),
  };
}
