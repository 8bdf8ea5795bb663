import type { DraftReport, Engine } from '../../engine/engine-api.ts';
import type { JudgeReport } from '../../engine/judging/judge-report.ts';
import { createMailbox, type Mailbox } from '../../engine/mailbox.ts';
import type { SceneId, SceneRecord } from '../../engine/scene-record.ts';
import type { Delivery, Notice, Stage } from '../../engine/stage.ts';
import type { VisibleSegment } from '../../format/segments.ts';
import { type Actor, isCharacterId, MAIN_PLACE, type PlaceId } from '../../scene/beat.ts';
import type { StageBeat } from '../../scene/stage-beat.ts';
import type { Locale } from '../../words/locales.ts';

/** What happens in a scene, for the sessions that look at it. */
export type RoomEvent =
  | { readonly type: 'beat'; readonly beat: StageBeat; readonly thoughts: number }
  | {
      readonly type: 'update';
      readonly n: number;
      readonly beat: StageBeat | undefined;
      readonly thoughts: number;
      readonly revision: number;
    }
  | {
      readonly type: 'partial';
      readonly turn: string;
      readonly speaker: Actor;
      readonly segment: VisibleSegment;
      readonly place: PlaceId | undefined;
    }
  | { readonly type: 'withdraw'; readonly turn: string }
  | {
      readonly type: 'typing';
      readonly who: Actor | undefined;
      /** The director's reason for them, for everyone. */
      readonly why: string | undefined;
      readonly place: PlaceId | undefined;
    }
  /** For one player alone. */
  | { readonly type: 'whisper'; readonly player: string; readonly beat: StageBeat }
  /** The story went back: what was shown is to be read anew. */
  | { readonly type: 'rewound'; readonly revision: number }
  | { readonly type: 'notice'; readonly notice: Notice }
  | { readonly type: 'changed' }
  | { readonly type: 'draft'; readonly draft: DraftReport }
  | { readonly type: 'judged'; readonly report: JudgeReport };

type Listener = (event: RoomEvent) => void;
type TypingEvent = Extract<RoomEvent, { type: 'typing' }>;

/** What a session that comes in the middle of a turn has missed. */
export type Moment = {
  readonly revision: number;
  readonly typing: TypingEvent | undefined;
  readonly partials: readonly Extract<RoomEvent, { type: 'partial' }>[];
};

/**
 * The web stage as the engine sees it: what it is handed goes to every session that looks at the
 * scene. It keeps no story; pages catch up from the log.
 */
export type Room = {
  readonly stage: Stage;
  /** The language of the browser that came last: notices to the room are in it. */
  isReadIn(locale: Locale): void;
  /** Returns how to stop listening. */
  listen(scene: SceneId, listener: Listener): () => void;
  tell(scene: SceneId, event: RoomEvent): void;
  moment(scene: SceneId): Moment;
  /** Drafts of this process, oldest first. In memory only, the last few of each scene. */
  drafts(scene: SceneId): readonly DraftReport[];
  /** How turns of this process were chosen, likewise. */
  verdicts(scene: SceneId): readonly JudgeReport[];
  close(): Promise<void>;
};

const DRAFTS_KEPT = 200;

type State = {
  revision: number;
  typing: TypingEvent | undefined;
  partials: Extract<RoomEvent, { type: 'partial' }>[];
  drafts: DraftReport[];
  verdicts: JudgeReport[];
  readonly listeners: Set<Listener>;
  /** Events leave in the order in which they came, whatever must be looked up for one of them. */
  readonly outbox: Mailbox;
};

export function createRoom({ backstage, info }: Pick<Engine, 'backstage' | 'info'>): Room {
  let locale: Locale = 'en';
  const states = new Map<SceneId, State>();

  function stateOf(scene: SceneId): State {
    let state = states.get(scene);
    if (!state) {
      state = {
        revision: 0,
        typing: undefined,
        partials: [],
        drafts: [],
        verdicts: [],
        listeners: new Set(),
        outbox: createMailbox(),
      };
      states.set(scene, state);
    }
    return state;
  }

  function tell(scene: SceneId, event: RoomEvent): void {
    send(scene, async (state) => {
      note(state, event);
      return event;
    });
  }

  // The engine must not wait for a look into its own mailbox, so beats leave after `show` returned.
  function tellBeat(
    scene: SceneId,
    beat: StageBeat | undefined,
    make: (thoughts: number, state: State) => RoomEvent,
  ): void {
    send(scene, async (state) => {
      const event = make(await thoughtsIn(scene, beat), state);
      note(state, event);
      return event;
    });
  }

  function send(scene: SceneId, make: (state: State) => Promise<RoomEvent>): void {
    const state = stateOf(scene);
    void state.outbox.post(async () => {
      const event = await make(state);
      for (const listener of state.listeners) listener(event);
    });
  }

  async function thoughtsIn(scene: SceneId, beat: StageBeat | undefined): Promise<number> {
    if (beat?.kind !== 'line' || !beat.speaker || !isCharacterId(beat.speaker.id)) return 0;
    // A scene that was erased meanwhile has none.
    const thoughts = await backstage.thoughts(scene, beat.n).catch(() => []);
    return thoughts.length;
  }

  /** Of whoever is still at it; a turn that is over needs none. */
  async function reasonFor(scene: SceneId, who: Actor): Promise<string | undefined> {
    const now = await info(scene).catch(() => undefined);
    return now?.making?.id === who.id ? now.why : undefined;
  }

  const stage: Stage = {
    name: 'web',
    language: () => locale,
    durable: false,
    streams: true,
    async show(scene, beat) {
      tellBeat(scene.id, beat, (thoughts) => ({ type: 'beat', beat, thoughts }));
      return delivered(scene, beat);
    },
    async find(scene, beat) {
      return delivered(scene, beat);
    },
    async update(scene, n, _delivery, beat) {
      tellBeat(scene.id, beat, (thoughts, { revision }) => ({
        type: 'update',
        n,
        beat,
        thoughts,
        revision: revision + 1,
      }));
    },
    async whisper(scene, player, beat) {
      tell(scene.id, { type: 'whisper', player, beat });
      // Where that player's page is not open now, it finds the whisper in the log when it comes.
      return true;
    },
    async rewound(scene, to) {
      send(scene.id, async (state) => {
        // What was drafted since belongs to no story any more, thrown away or not.
        const last = state.drafts.findLastIndex(({ beat }) => beat !== undefined && beat <= to);
        state.drafts = state.drafts.slice(0, last + 1);
        state.verdicts = state.verdicts.filter(({ candidates }) =>
          candidates.some(({ beat }) => beat !== undefined && beat <= to),
        );
        const event: RoomEvent = { type: 'rewound', revision: state.revision + 1 };
        note(state, event);
        return event;
      });
    },
    typing(scene, who, where) {
      // As on beats: the main place is none of its own.
      const place = where === MAIN_PLACE ? undefined : where;
      send(scene.id, async (state) => {
        const event: RoomEvent = { type: 'typing', who, why: who && (await reasonFor(scene.id, who)), place };
        note(state, event);
        return event;
      });
    },
    partial(scene, turn, speaker, segment) {
      send(scene.id, async (state) => {
        const event: RoomEvent = { type: 'partial', turn, speaker, segment, place: state.typing?.place };
        note(state, event);
        return event;
      });
    },
    withdraw(scene, turn) {
      tell(scene.id, { type: 'withdraw', turn });
    },
    async notice(scene, notice) {
      tell(scene.id, { type: 'notice', notice });
    },
    changed(scene) {
      tell(scene.id, { type: 'changed' });
    },
  };

  const stopDrafts = backstage.onDraft((draft) => {
    if (draft.scene.startsWith('web:')) tell(draft.scene, { type: 'draft', draft });
  });
  const stopVerdicts = backstage.onJudged((report) => {
    if (report.scene.startsWith('web:')) tell(report.scene, { type: 'judged', report });
  });
  // At once, and again behind what waits to be told: it was drafted before.
  const stopForgetting = backstage.onForgotten((log) => {
    for (const state of states.values()) {
      forgetLog(state, log);
      void state.outbox.post(async () => forgetLog(state, log));
    }
  });

  return {
    stage,
    isReadIn(spoken) {
      locale = spoken;
    },
    listen(scene, listener) {
      const { listeners } = stateOf(scene);
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    tell,
    moment(scene) {
      const { revision, typing, partials } = stateOf(scene);
      return { revision, typing, partials: [...partials] };
    },
    drafts: (scene) => [...stateOf(scene).drafts],
    verdicts: (scene) => [...stateOf(scene).verdicts],
    async close() {
      stopDrafts();
      stopVerdicts();
      stopForgetting();
      for (const { outbox } of states.values()) await outbox.empty();
    },
  };
}

/** Keeps of an event what a later session needs. */
function note(state: State, event: RoomEvent): void {
  switch (event.type) {
    case 'beat':
      state.partials = [];
      break;
    case 'update':
      state.revision = event.revision;
      // A line that is gone is gone with what was behind it.
      if (!event.beat) forget(state, event.n);
      // Another version of a line has taken its place: its pieces are no beat of their own.
      if (!state.typing) state.partials = [];
      break;
    case 'rewound':
      state.revision = event.revision;
      state.partials = [];
      break;
    case 'partial':
      state.partials.push(event);
      break;
    case 'withdraw':
      state.partials = state.partials.filter(({ turn }) => turn !== event.turn);
      break;
    case 'typing':
      state.typing = event.who && event;
      break;
    case 'draft':
      state.drafts.push(event.draft);
      if (state.drafts.length > DRAFTS_KEPT) state.drafts.shift();
      break;
    case 'judged':
      state.verdicts.push(event.report);
      if (state.verdicts.length > DRAFTS_KEPT) state.verdicts.shift();
      break;
    case 'whisper':
    case 'notice':
    case 'changed':
      break;
  }
}

function forget(state: State, n: number): void {
  state.drafts = state.drafts.filter(({ beat }) => beat !== n);
  state.verdicts = state.verdicts.filter(({ candidates }) => !candidates.some(({ beat }) => beat === n));
}

/** Words of a log are gone; what was drafted with them in view may quote them. */
function forgetLog(state: State, log: string): void {
  state.drafts = state.drafts.filter((draft) => draft.log !== log);
  state.verdicts = state.verdicts.filter((verdict) => verdict.log !== log);
}

// Pages keep nothing: one that comes later reads the log. So what is in the log stands here, and
// its place there is its name.
function delivered({ log }: SceneRecord, { n }: StageBeat): Delivery {
  return { messages: [`${log}/${n}`] };
}
