import { PlayerError } from '../../errors.ts';
import type { ClientMessageOf, Scope } from '../../stage/web/protocol.ts';
import type { ServerMessage, ServerMessageOf } from '../../stage/web/server-message.ts';
import type { WireLibrary, WirePlaying, WireScene } from '../../stage/web/wire-shapes.ts';
import { linkToStage, type Question, type StageLink } from './stage-link.ts';
import { createStory, type Happening, type Story } from './story.ts';

/** The player that an agent is: one at a time, in one scene at a time. */
export type AgentSeat = {
  /** What the token allowed when it was let in. */
  readonly scopes: readonly Scope[];
  readonly story: Story;
  library(): WireLibrary;
  playing(): WirePlaying;
  /** As `StageLink.ask`. Where the stage had gone it is joined anew, in the scene that was open. */
  ask<T extends ServerMessage['type']>(
    question: Question,
    answer: T,
    signal: AbortSignal,
  ): Promise<ServerMessageOf<T>>;
  /** Opens a scene, under the persona given here or, without one, the last that was. */
  open(request: OpenRequest, signal: AbortSignal): Promise<WireScene>;
  /** @throws PlayerError where none is open */
  scene(): WireScene;
  /** Aborted once the stage is gone. */
  gone(): AbortSignal;
  /** What happened since this was asked last, without what the agent did itself. */
  news(): readonly Happening[];
  /** The `story.count` up to which `news` told it. */
  told(): number;
  /** It is none where the agent did it itself. */
  isNews(happening: Happening): boolean;
  /** A line of the agent's own: no news to it. */
  own(beat: number): void;
  close(): Promise<void>;
};

export type Persona = NonNullable<ClientMessageOf<'open'>['as']>;
export type OpenRequest = Pick<ClientMessageOf<'open'>, 'scene' | 'as' | 'start'>;

/** @throws OperatorError where no stage is there, or it lets this token not in */
export async function takeSeat(options: {
  readonly url: string;
  readonly token: string;
  readonly signal: AbortSignal;
}): Promise<AgentSeat> {
  const story = createStory();
  const ownBeats = new Set<number>();
  let told = 0;
  let persona: Persona | undefined;
  let library: WireLibrary | undefined;
  let playing: WirePlaying | undefined;
  let joining: Promise<StageLink> | undefined;

  function hear(message: ServerMessage): void {
    if (message.type === 'library') library = message.library;
    else if (message.type === 'playing') playing = message.playing;
    else story.take(message);
  }

  async function join(): Promise<StageLink> {
    const joined = await linkToStage({ ...options, hear });
    ({ library, playing } = joined.hello);
    return joined;
  }

  let link = await join();
  const { scopes } = link.hello;

  /** A stage that came back, where it had gone: two that ask at once join it once. */
  async function present(): Promise<StageLink> {
    if (!link.gone.aborted) return link;
    joining ??= rejoin().finally(() => {
      joining = undefined;
    });
    link = await joining;
    return link;
  }

  async function rejoin(): Promise<StageLink> {
    const again = await join();
    const scene = story.place ?? story.scene?.id;
    if (scene === undefined) return again;
    await again.ask({ type: 'open', scene, ...as() }, 'opened', options.signal).catch((error: unknown) => {
      // It may be gone with a store in memory. Whatever is asked next says so itself.
      if (!(error instanceof PlayerError)) throw error;
    });
    return again;
  }

  function as(): { as?: Persona } {
    return persona === undefined ? {} : { as: persona };
  }

  const isNews = (happening: Happening) => happening.kind !== 'beat' || !ownBeats.has(happening.beat.n);

  return {
    scopes,
    story,
    library: () => library ?? link.hello.library,
    playing: () => playing ?? link.hello.playing,
    async ask(question, answer, signal) {
      return (await present()).ask(question, answer, signal);
    },
    async open({ as: given, ...request }, signal) {
      persona = given ?? persona;
      const joined = await present();
      const { scene } = await joined.ask({ type: 'open', ...request, ...as() }, 'opened', signal);
      told = story.count;
      return scene;
    },
    scene() {
      if (!story.scene) throw new PlayerError('Open a scene first.');
      return story.scene;
    },
    gone: () => link.gone,
    news() {
      const found = story.since(told).filter(isNews);
      told = story.count;
      return found;
    },
    told: () => told,
    isNews,
    own: (beat) => void ownBeats.add(beat),
    close: async () => link.close(),
  };
}
