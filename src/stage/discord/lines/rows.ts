import type { Engine } from '../../../engine/engine-api.ts';
import { createMailbox, type Mailbox } from '../../../engine/mailbox.ts';
import type { SceneRecord } from '../../../engine/scene-record.ts';
import { StageError } from '../../../engine/stage.ts';
import { PlayerError } from '../../../errors.ts';
import type { Log } from '../../../log.ts';
import { MAIN_PLACE, type PlaceId } from '../../../scene/beat.ts';
import type { Locale } from '../../../words/locales.ts';
import { type ButtonRow, controlRow, isCharacterLine } from '../card/control-row.ts';
import type { Documents, RowBearer } from '../documents.ts';
import { type Background, nameOf } from '../gateway/background.ts';
import { channelOf, placesOf } from '../scene-place.ts';
import type { OwnMessages } from './own-messages.ts';

/** The buttons under the newest line of a character in each place, and under no other. */
export type Rows = {
  /**
   * A character's newest line ends with this message, which was posted with its row. Resolves when
   * that is written down; earlier rows go in the background.
   */
  stands(scene: SceneRecord, place: PlaceId | undefined, line: Line): Promise<void>;
  /** This line reads differently now, and ends with that message. `bears`: it was posted with a row. */
  reads(scene: SceneRecord, place: PlaceId | undefined, line: Line, bears: boolean): Promise<void>;
  /** Another line may be the newest now: the row goes there. */
  refresh(scene: SceneRecord, place: PlaceId | undefined): void;
  /**
   * After a restart: where the row was not moved in time, it goes where it belongs. Of a settled scene
   * (nothing was recorded since it rested) the log need not be read to tell.
   */
  takeUp(scene: SceneRecord, settled: boolean): Promise<void>;
  /** The scene has ended: there is nothing to press any more. */
  over(scene: SceneRecord): void;
};

export type Line = { readonly n: number; readonly message: string };

export type RowOptions = {
  /** What stands, and what versions a line has; never asked while the engine waits for us. */
  readonly engine: Pick<Engine, 'info' | 'replay'> & { readonly past: Pick<Engine['past'], 'swipes'> };
  /** The language of what everyone in the room reads. */
  readonly localeOf: (scene: SceneRecord) => Locale;
  readonly documents: Documents;
  readonly own: OwnMessages;
  readonly background: Background;
  readonly log: Log;
};

/** A message, and as JSON the row that it is known to bear. */
type Bearer = RowBearer & { shown: string | undefined };
type Channel = { bearers: Bearer[]; wanted: ButtonRow[]; readonly mailbox: Mailbox };

const NO_ROW = '[]';

export function createRows({ engine, documents, own, background, log, localeOf }: RowOptions): Rows {
  const channels = new Map<string, Promise<Channel>>();

  const fresh = (scene: SceneRecord) => controlRow(undefined, localeOf(scene));

  function open(scene: SceneRecord, id: string): Promise<Channel> {
    const opened = channels.get(id) ?? load(scene, id);
    channels.set(id, opened);
    opened.catch(() => channels.delete(id));
    return opened;
  }

  async function load(scene: SceneRecord, id: string): Promise<Channel> {
    const bearers = (await documents.rows(id)).map((bearer) => ({ ...bearer, shown: undefined }));
    return { bearers, wanted: fresh(scene), mailbox: createMailbox() };
  }

  /** From now on this is the last bearer, and those before it are to be stripped. */
  async function put(scene: SceneRecord, id: string, line: Line, shown: string | undefined): Promise<void> {
    const channel = await open(scene, id);
    const same = channel.bearers.find(({ message }) => message === line.message);
    const others = channel.bearers.filter((bearer) => bearer !== same);
    channel.bearers = [...others, { ...line, log: scene.log, shown: shown ?? same?.shown }];
    channel.wanted = fresh(scene);
    await documents.putRows(id, stored(channel));
  }

  /** One after another in each channel, and nobody waits for it. */
  function later(scene: SceneRecord, id: string, task: (channel: Channel) => Promise<void>): void {
    if (background.signal.aborted) return;
    background.run('rows', async () => {
      const channel = await open(scene, id);
      await channel.mailbox.post(async () => {
        background.signal.throwIfAborted();
        await task(channel);
        await tidy(scene, id, channel);
      });
    });
  }

  /** One edit for each message whose row is not as it should be. What refuses it keeps its row. */
  async function tidy(scene: SceneRecord, id: string, channel: Channel): Promise<void> {
    const before = stored(channel);
    channel.bearers = channel.bearers.filter(({ message }) => !own.isGone(message));
    for (const bearer of [...channel.bearers]) {
      const last = bearer === channel.bearers.at(-1);
      const row = last ? channel.wanted : [];
      const shown = JSON.stringify(row);
      if (bearer.shown === shown || (await edit(scene, id, bearer, row))) bearer.shown = shown;
    }
    channel.bearers = channel.bearers.filter(({ shown }) => shown !== NO_ROW);
    if (stored(channel).length !== before.length) await documents.putRows(id, stored(channel));
  }

  /** False where it is worth another try with the next line. */
  async function edit(
    scene: SceneRecord,
    id: string,
    { message }: Bearer,
    row: ButtonRow[],
  ): Promise<boolean> {
    try {
      await own.change(scene, id, message, { components: row });
      return true;
    } catch (error) {
      if (background.signal.aborted) return false;
      // An old message may not be changed any more; its buttons say so when they are pressed.
      log.info('row-stays', { channel: id, error: nameOf(error) });
      return !(error instanceof StageError && error.reason === 'unreachable');
    }
  }

  /** Which of how many versions stands, as the engine counts them. */
  async function count(channel: Channel, scene: SceneRecord, place: PlaceId): Promise<void> {
    const newest = channel.bearers.at(-1);
    const swiped = await unlessOver(engine.past.swipes(place === MAIN_PLACE ? scene.id : place));
    if (newest !== channel.bearers.at(-1)) return;
    channel.wanted = swiped && swiped.n === newest?.n ? controlRow(swiped, localeOf(scene)) : fresh(scene);
  }

  /** The last line of a character that stands in a place. */
  async function newestIn(scene: SceneRecord, place: PlaceId): Promise<Line | undefined> {
    if ((await unlessOver(engine.info(scene.id)))?.record.log !== scene.log) return undefined;
    const beats = (await unlessOver(engine.replay(scene.id))) ?? [];
    for (const beat of beats.toReversed()) {
      if (!isCharacterLine(beat) || (beat.place ?? MAIN_PLACE) !== place) continue;
      const message = (await documents.delivery(scene.log, beat.n))?.messages.at(-1);
      return message === undefined ? undefined : { n: beat.n, message };
    }
    return undefined;
  }

  function refresh(scene: SceneRecord, place: PlaceId = MAIN_PLACE): void {
    later(scene, channelOf(scene, place), async (channel) => {
      const before = channel.bearers.at(-1);
      const line = await newestIn(scene, place);
      // A line that came meanwhile brought its own row.
      if (before !== channel.bearers.at(-1)) return;
      if (line) await put(scene, channelOf(scene, place), line, undefined);
      else channel.wanted = [];
      if (line) await count(channel, scene, place);
    });
  }

  return {
    async stands(scene, place = MAIN_PLACE, line) {
      const id = channelOf(scene, place);
      await put(scene, id, line, JSON.stringify(fresh(scene)));
      // It may come with other versions behind it.
      later(scene, id, (channel) => count(channel, scene, place));
    },
    async reads(scene, place = MAIN_PLACE, line, bears) {
      const id = channelOf(scene, place);
      const newest = (await open(scene, id)).bearers.at(-1);
      if (newest?.n !== line.n || newest.log !== scene.log) return;
      await put(scene, id, line, bears ? JSON.stringify(fresh(scene)) : undefined);
      later(scene, id, (channel) => count(channel, scene, place));
    },
    refresh,
    async takeUp(scene, settled) {
      for (const place of placesOf(scene)) {
        const bearers = await documents.rows(channelOf(scene, place));
        const isElsewhere = async () => bearers.at(0)?.message !== (await newestIn(scene, place))?.message;
        if (bearers.length > 1 || (!settled && (await isElsewhere()))) refresh(scene, place);
      }
    },
    over(scene) {
      for (const place of placesOf(scene)) {
        later(scene, channelOf(scene, place), async (channel) => {
          if (channel.bearers.at(-1)?.log === scene.log) channel.wanted = [];
        });
      }
    },
  };
}

function stored({ bearers }: Channel): RowBearer[] {
  return bearers.map(({ log, n, message }) => ({ log, n, message }));
}

/** A scene may end, or the engine close, before it could be asked. */
async function unlessOver<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof PlayerError || (error instanceof Error && error.name === 'AbortError'))
      return undefined;
    throw error;
  }
}
