import type { Player, SceneInfo } from '../../engine/engine-api.ts';
import { playerActorId } from '../../scene/beat.ts';
import type { StageBeat } from '../../scene/stage-beat.ts';
import type { ClientMessageOf, Scope } from './protocol.ts';
import type { RoomEvent } from './room.ts';
import type { ServerMessage } from './server-message.ts';
import { explain, ProtocolError } from './session-error.ts';
import type { StageHouse } from './stage-house.ts';
import { whispersOf } from './whispers.ts';
import { wireBeat, wireDraft, wireScene } from './wire-scene.ts';
import type { WireBeat, WireWhisper } from './wire-shapes.ts';

/** The scene a session looks at: caught up once, then followed. */
export type WatchedScene = {
  readonly scene: string;
  readonly player: Player;
  /** Sends the scene as it is now: cast, presence, chips, model. */
  refresh(): void;
  /** Sends the drafts kept so far (x-ray was switched on). */
  showDrafts(): void;
  close(): Promise<void>;
};

/** Beats sent when a scene is opened; earlier ones are asked for. */
export const BEATS_AT_ONCE = 300;

type WatchOptions = {
  readonly house: StageHouse;
  readonly scopes: ReadonlySet<Scope>;
  readonly send: (message: ServerMessage) => void;
  readonly scene: string;
  readonly player: Player;
  /** What the session asked for; absent where the stage itself starts it over. */
  readonly message?: ClientMessageOf<'open'>;
  readonly xray: () => boolean;
  readonly onReplaced: () => void;
};

/**
 * Sends `opened` with what the session has not seen, then every event in order. Events that come
 * while the log is read wait; a beat that was in it is not sent again.
 */
export async function watchScene(options: WatchOptions): Promise<WatchedScene> {
  const { house, scopes, send, scene, player, message } = options;
  const { engine, room } = house;
  const waiting: RoomEvent[] = [];
  let live = false;
  let last = 0;
  let lastWhisper = 0;
  let partialTurn: string | undefined;

  const stopListening = room.listen(scene, (event) => (live ? forward(event) : waiting.push(event)));
  const moment = room.moment(scene);
  const refresher = createRefresher(sendScene);

  async function catchUp(): Promise<string> {
    const info = await infoOf(house, scene);
    const fresh =
      message?.run === house.run && message.revision === moment.revision && message.scene === scene;
    const after = fresh ? (message.after ?? 0) : 0;
    const unseen = await engine.replay(scene, after + 1);
    const reset = after === 0 || unseen.length > BEATS_AT_ONCE;
    const sent = reset ? unseen.slice(-BEATS_AT_ONCE) : unseen;
    last = unseen.at(-1)?.n ?? after;
    send({
      type: 'opened',
      ...(message?.re === undefined ? {} : { re: message.re }),
      scene: wireScene(info, house.library, player),
      revision: moment.revision,
      reset,
      beats: await wireBeats(house, scopes, scene, sent),
      earlier: unseen.length > sent.length,
      whispers: await newWhispers(info),
    });
    return info.record.log;
  }

  async function sendScene(): Promise<void> {
    const info = await infoOf(house, scene);
    if (info.record.log !== log) return options.onReplaced();
    for (const whisper of await newWhispers(info)) send({ type: 'whisper', whisper });
    send({ type: 'scene', scene: wireScene(info, house.library, player) });
  }

  async function newWhispers(info: SceneInfo): Promise<WireWhisper[]> {
    if (!scopes.has('mind')) return [];
    const found = (await whispersOf(engine, info, player.id)).filter(({ n }) => n > lastWhisper);
    lastWhisper = found.at(-1)?.n ?? lastWhisper;
    return found;
  }

  function forward(event: RoomEvent): void {
    switch (event.type) {
      case 'beat':
        if (event.beat.n > last) {
          last = event.beat.n;
          send({ type: 'beat', beat: wireBeat(event.beat, scopes.has('peek') ? event.thoughts : 0) });
        } else if (partialTurn !== undefined) {
          send({ type: 'withdraw', turn: partialTurn });
        }
        partialTurn = undefined;
        refresher.refresh();
        break;
      case 'update': {
        const { n, beat, revision } = event;
        const thoughts = scopes.has('peek') ? event.thoughts : 0;
        send({ type: 'update', n, revision, ...(beat ? { beat: wireBeat(beat, thoughts) } : {}) });
        break;
      }
      case 'partial': {
        const { turn, speaker, segment } = event;
        partialTurn = turn;
        send({
          type: 'partial',
          turn,
          speaker: { id: speaker.id, name: speaker.name },
          segment: { kind: segment.kind, text: segment.text },
        });
        break;
      }
      case 'withdraw':
        partialTurn = undefined;
        send({ type: 'withdraw', turn: event.turn });
        break;
      case 'typing':
        send({ type: 'typing', ...(event.who ? { who: { id: event.who.id, name: event.who.name } } : {}) });
        if (!event.who) refresher.refresh();
        break;
      case 'notice': {
        const { kind, text, retry, only } = event.notice;
        if (only !== undefined && only !== player.id && only !== playerActorId(player.id)) break;
        send({ type: 'notice', kind, text, retry: retry ?? false });
        break;
      }
      case 'draft':
        if (scopes.has('xray') && options.xray()) send({ type: 'draft', draft: wireDraft(event.draft) });
        break;
      case 'changed':
        refresher.refresh();
        break;
    }
  }

  let log: string;
  try {
    log = await catchUp();
  } catch (error) {
    stopListening();
    throw error;
  }
  live = true;
  if (moment.typing) forward({ type: 'typing', who: moment.typing });
  for (const event of [...moment.partials, ...waiting]) forward(event);

  function showDrafts(): void {
    for (const draft of room.drafts(scene)) send({ type: 'draft', draft: wireDraft(draft) });
  }
  if (options.xray()) showDrafts();

  /** Asked for many times while it runs, it runs once more. */
  function createRefresher(work: () => Promise<void>): { refresh(): void; settled(): Promise<void> } {
    let running: Promise<void> | undefined;
    let again = false;
    async function run(): Promise<void> {
      do {
        again = false;
        await work().catch((error: unknown) => explain(error, house.log));
      } while (again);
      running = undefined;
    }
    return {
      refresh() {
        again = true;
        running ??= run();
      },
      settled: async () => running,
    };
  }

  return {
    scene,
    player,
    refresh: refresher.refresh,
    showDrafts,
    async close() {
      stopListening();
      await refresher.settled();
    },
  };
}

async function infoOf({ engine }: StageHouse, scene: string): Promise<SceneInfo> {
  const info = await engine.info(scene);
  if (!info) throw new ProtocolError('no-scene', 'That scene is not here any more.');
  return info;
}

/** Beats for a session, with the number of thoughts in each where it may know that. */
export async function wireBeats(
  { engine }: StageHouse,
  scopes: ReadonlySet<Scope>,
  scene: string,
  beats: readonly StageBeat[],
): Promise<WireBeat[]> {
  return Promise.all(
    beats.map(async (beat) => {
      const thoughts =
        scopes.has('peek') && beat.kind === 'line' ? await engine.backstage.thoughts(scene, beat.n) : [];
      return wireBeat(beat, thoughts.length);
    }),
  );
}
