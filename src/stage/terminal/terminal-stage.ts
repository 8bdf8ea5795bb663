import type { SceneId, SceneRecord } from '../../engine/scene-record.ts';
import type { Stage } from '../../engine/stage.ts';
import { isPlayerId, type PlaceId } from '../../scene/beat.ts';
import type { StageBeat } from '../../scene/stage-beat.ts';
import type { Locale } from '../../words/locales.ts';
import type { HiddenLayers } from './beat-json.ts';
import type { BeatNotes } from './beat-text.ts';
import { speakerName } from './speaker-name.ts';
import type { Surface } from './surface.ts';

export type TerminalStage = Stage & {
  /** Why turns cannot be made, in words for the one at the keyboard; undefined while they can. */
  failure(): string | undefined;
  /** A beat of an earlier play, which is not to be shown twice. */
  showAgain(scene: SceneRecord, beat: StageBeat): Promise<void>;
  /** The next line of a player stands in the terminal already, as it was typed (or does not). */
  typed(standing: boolean): void;
  /** Resolves when all that was shown is written. */
  written(): Promise<void>;
};

export type TerminalStageOptions = {
  readonly surface: Surface;
  /** The language of whoever sits at the terminal; left out, English. */
  readonly locale?: Locale;
  /** X-ray: the layers under a beat. Asked after the engine is done with the beat. */
  readonly hidden?: (scene: SceneId, beat: StageBeat) => Promise<HiddenLayers | undefined>;
};

/** Beats that are shown again where the story went back: enough to see from where it goes on. */
const SHOWN_AGAIN = 3;
const REMEMBERED = 50;

/** The stage of `dramatis play`: one scene, one person, beats as they come. */
export function createTerminalStage({ surface, locale, hidden }: TerminalStageOptions): TerminalStage {
  const shown = new Set<number>();
  let standing = false;
  let passed = false;
  let failure: string | undefined;
  let written: Promise<void> = Promise.resolve();
  let lately: { readonly beat: StageBeat; readonly notes: BeatNotes }[] = [];

  const delivery = (scene: SceneRecord, { n }: StageBeat) => ({ messages: [`${scene.log}/${n}`] });

  async function write(scene: Pick<SceneRecord, 'id' | 'rooms'>, beat: StageBeat): Promise<void> {
    const notes = { room: roomName(scene, beat.place) };
    remember(beat, notes);
    await inTurn(async () => {
      const layers = await hidden?.(scene.id, beat).catch(() => undefined);
      await surface.beat(beat, { ...notes, hidden: layers });
    });
  }

  /** Hidden layers are asked of the scene's mailbox, which is busy with what is to be written. */
  async function inTurn(task: () => Promise<void>): Promise<void> {
    if (!hidden) return task();
    written = written.then(task);
  }

  function remember(beat: StageBeat, notes: BeatNotes): void {
    lately = [...lately.filter(({ beat: { n } }) => n !== beat.n), { beat, notes }].slice(-REMEMBERED);
  }

  return {
    name: 'terminal',
    durable: false,
    streams: false,
    language: () => locale,

    async show(scene, beat) {
      if (shown.has(beat.n)) return delivery(scene, beat);
      shown.add(beat.n);
      if (beat.kind !== 'line') {
        await write(scene, beat);
      } else if (isPlayerId(beat.speaker?.id ?? '')) {
        const echoed = standing;
        standing = false;
        if (!echoed) await write(scene, beat);
        else remember(beat, {});
      } else {
        failure = undefined;
        await write(scene, beat);
      }
      return delivery(scene, beat);
    },

    // Nothing that has scrolled by can be found again: a beat cut off by a crash is written anew.
    async find() {
      return undefined;
    },

    async update(scene, n, _delivery, beat) {
      if (beat) await write(scene, beat);
      else lately = lately.filter((one) => one.beat.n !== n);
    },

    async whisper(_scene, _player, beat) {
      await inTurn(() => surface.beat(beat, { whispered: true }));
      return true;
    },

    async rewound(_scene, to) {
      lately = lately.filter(({ beat }) => beat.n <= to);
      const standing = lately.slice(-SHOWN_AGAIN);
      await inTurn(() => surface.rewound(standing));
    },

    typing(scene, who, place) {
      const room = roomName(scene, place);
      surface.typing(who && `${room === undefined ? '' : `[${room}] `}${speakerName({ speaker: who })}`);
    },

    // A turn is shown when it is whole: a terminal cannot take back what has scrolled by.
    partial() {},
    withdraw() {},

    async notice(scene, { kind, text, place }) {
      // The engine says why right after the moment has passed, where someone here can mend it.
      if (passed && kind === 'info') failure = text;
      passed = kind === 'moment-passes';
      const room = roomName(scene, place);
      surface.aside(room === undefined ? text : `[${room}] ${text}`);
    },

    changed() {},

    async showAgain(scene, beat) {
      shown.add(beat.n);
      await write(scene, beat);
    },

    failure: () => failure,
    typed(isStanding) {
      standing = isStanding;
    },
    written: () => written,
  };
}

/** What a room of the scene is called; nothing for its main place. */
function roomName({ rooms }: Pick<SceneRecord, 'rooms'>, place: PlaceId | undefined): string | undefined {
  return place === undefined ? undefined : (rooms.find(({ id }) => id === place)?.name ?? 'elsewhere');
}
