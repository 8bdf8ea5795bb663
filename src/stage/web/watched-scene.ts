import type { SceneInfo } from '../../engine/engine-api.ts';
import { createMailbox } from '../../engine/mailbox.ts';
import type { Player } from '../../engine/player.ts';
import { playerActorId } from '../../scene/beat.ts';
import type { StageBeat } from '../../scene/stage-beat.ts';
import type { ClientMessageOf, Scope } from './protocol.ts';
import { createRefresher } from './refresher.ts';
import type { RoomEvent } from './room.ts';
import { detailsOf } from './scene-details.ts';
import type { ServerMessage } from './server-message.ts';
import { explain, ProtocolError } from './session-error.ts';
import { createSight, type Sight } from './sight.ts';
import type { StageHouse } from './stage-house.ts';
import { whispersOf, wireWhisper } from './whispers.ts';
import { wireJudged } from './wire-judged.ts';
import { wireBeat, wireDraft, wireScene, wireVisible } from './wire-scene.ts';
import type { WireBeat, WireWhisper } from './wire-shapes.ts';

/** The scene a session looks at: caught up once, then followed. */
export type WatchedScene = {
  readonly scene: string;
  /** Where the session's player speaks: a room of the scene, or (the scene's own id) its main place. */
  readonly place: string;
  readonly player: Player;
  readonly sight: Sight;
  readonly thoughts: boolean;
  /** Sends the scene as it is now: cast, presence, chips, model. */
  refresh(): void;
  /** Sends the drafts and verdicts kept so far (x-ray was switched on). */
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
  readonly place: string;
  readonly player: Player;
  /** What the session asked for; absent where the stage itself starts it over. */
  readonly message?: ClientMessageOf<'open'>;
  readonly xray: () => boolean;
  /** After each line its thoughts are sent unasked; the session may peek. */
  readonly thoughts: boolean;
  /** The log is another one now, or went back: the session is to start over. */
  readonly onReplaced: (how: 'another' | 'rewound') => void;
};

/**
 * Sends `opened` with what the session has not seen, then every event in order, each only where it
 * is before this session's eyes. Events that come while the log is read wait; a beat that was in it
 * is not sent again.
 */
export async function watchScene(options: WatchOptions): Promise<WatchedScene> {
  const { house, scopes, send, scene, place, player, message } = options;
  const { engine, room } = house;
  const sight = createSight(engine, scopes, scene, player);
  const self = playerActorId(player.id);
  // What must be looked up for one event holds up those that come after it.
  const outbox = createMailbox();
  const whispered = new Set<number>();
  const waiting: RoomEvent[] = [];
  let live = false;
  let last = 0;
  let making = false;
  let partialTurn: string | undefined;

  const stopListening = room.listen(scene, (event) => (live ? forward(event) : waiting.push(event)));
  const moment = room.moment(scene);
  const refresher = createRefresher(() =>
    sendScene().catch((error: unknown) => void explain(error, house.log)),
  );

  async function catchUp(): Promise<string> {
    const info = await infoOf(house, scene);
    const fresh =
      message?.run === house.run && message.revision === moment.revision && message.scene === place;
    const after = fresh ? (message.after ?? 0) : 0;
    const log = await engine.replay(scene, after + 1);
    const unseen = await sight.perceived(log);
    const reset = after === 0 || unseen.length > BEATS_AT_ONCE;
    const sent = reset ? unseen.slice(-BEATS_AT_ONCE) : unseen;
    last = log.at(-1)?.n ?? after;
    send({
      type: 'opened',
      ...(message?.re === undefined ? {} : { re: message.re }),
      scene: wireScene(info, house.library, player, await detailsOf(engine, info, scopes, sight)),
      ...(place === scene ? {} : { place }),
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
    if (info.record.log !== log) return options.onReplaced('another');
    for (const whisper of await newWhispers(info)) send({ type: 'whisper', whisper });
    const details = await detailsOf(engine, info, scopes, sight);
    send({ type: 'scene', scene: wireScene(info, house.library, player, details) });
  }

  async function newWhispers(info: SceneInfo): Promise<WireWhisper[]> {
    const found = await whispersOf(engine, info, player.id, scopes.has('mind'));
    const unsent = found.filter(({ n }) => !whispered.has(n));
    for (const { n } of unsent) whispered.add(n);
    return unsent;
  }

  function forward(event: RoomEvent): void {
    void outbox.post(() => pass(event)).catch((error: unknown) => explain(error, house.log));
  }

  async function pass(event: RoomEvent): Promise<void> {
    switch (event.type) {
      case 'beat': {
        const [beat] = event.beat.n > last ? await sight.perceived([event.beat]) : [];
        last = Math.max(last, event.beat.n);
        if (beat) send({ type: 'beat', beat: wireBeat(beat, mayPeek(event.thoughts)) });
        else dropPieces();
        partialTurn = undefined;
        if (beat) await sendThoughts(beat.n, event.thoughts);
        return refresher.refresh();
      }
      case 'update':
        return update(event);
      case 'partial': {
        if (!(await sight.sees(event.place))) return;
        const { turn, speaker, segment } = event;
        partialTurn = turn;
        return send({
          type: 'partial',
          turn,
          speaker: { id: speaker.id, name: speaker.name },
          segment: wireVisible(segment),
          ...(event.place === undefined ? {} : { place: event.place }),
        });
      }
      case 'withdraw':
        if (partialTurn === event.turn) dropPieces();
        return;
      case 'typing':
        return typing(event);
      case 'whisper': {
        if (event.player !== player.id) return;
        // A session that may look into minds is told who heard it, too.
        if (scopes.has('mind') || whispered.has(event.beat.n)) return refresher.refresh();
        whispered.add(event.beat.n);
        const whisper = wireWhisper(event.beat, [{ id: self, name: player.name }]);
        if (whisper) send({ type: 'whisper', whisper });
        return;
      }
      case 'rewound':
        return options.onReplaced('rewound');
      case 'notice': {
        const { kind, text, retry, only, place: where } = event.notice;
        const isFor = only === undefined ? await sight.sees(where) : only === player.id || only === self;
        if (!isFor) return;
        const at = where === undefined ? {} : { place: where };
        return send({ type: 'notice', kind, text, retry: retry ?? false, ...at });
      }
      case 'draft':
        if (scopes.has('xray') && options.xray()) send({ type: 'draft', draft: wireDraft(event.draft) });
        return;
      case 'judged':
        if (scopes.has('xray') && options.xray()) send({ type: 'judged', judged: wireJudged(event.report) });
        return;
      case 'changed':
        return refresher.refresh();
    }
  }

  async function update({ n, beat, revision, thoughts }: Extract<RoomEvent, { type: 'update' }>) {
    const [perceived] = beat ? await sight.perceived([beat]) : [];
    if (perceived) {
      send({ type: 'update', n, revision, beat: wireBeat(perceived, mayPeek(thoughts)) });
      await sendThoughts(n, thoughts);
    } else if (!beat) send({ type: 'update', n, revision });
    // Another version of a line stands now: its pieces are no beat of their own.
    if (!making) dropPieces();
    refresher.refresh();
  }

  async function typing({ who, why, place: where }: Extract<RoomEvent, { type: 'typing' }>) {
    const shown = who !== undefined && (await sight.sees(where));
    if (shown || making) {
      send({
        type: 'typing',
        ...(shown ? { who: { id: who.id, name: who.name } } : {}),
        ...(shown && why ? { why } : {}),
        ...(shown && where !== undefined ? { place: where } : {}),
      });
    }
    making = shown;
    if (!who) refresher.refresh();
  }

  async function sendThoughts(beat: number, count: number): Promise<void> {
    if (!options.thoughts || mayPeek(count) === 0) return;
    const found = await engine.backstage.thoughts(scene, beat);
    send({ type: 'thoughts', beat, thoughts: found.map(({ kind, text }) => ({ kind, text })) });
  }

  function dropPieces(): void {
    if (partialTurn !== undefined) send({ type: 'withdraw', turn: partialTurn });
    partialTurn = undefined;
  }

  function mayPeek(thoughts: number): number {
    return scopes.has('peek') ? thoughts : 0;
  }

  let log: string;
  try {
    log = await catchUp();
  } catch (error) {
    stopListening();
    throw error;
  }
  live = true;
  if (moment.typing) forward(moment.typing);
  for (const event of [...moment.partials, ...waiting]) forward(event);

  function showDrafts(): void {
    const isOfLog = (one: { readonly log: string }) => one.log === log;
    for (const draft of room.drafts(scene).filter(isOfLog)) send({ type: 'draft', draft: wireDraft(draft) });
    for (const report of room.verdicts(scene).filter(isOfLog))
      send({ type: 'judged', judged: wireJudged(report) });
  }
  if (options.xray()) showDrafts();

  return {
    scene,
    place,
    player,
    sight,
    thoughts: options.thoughts,
    refresh: refresher.refresh,
    showDrafts,
    async close() {
      stopListening();
      await outbox.empty();
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
