import type { SceneId, SceneRecord } from '../../engine/scene-record.ts';
import type { Stage } from '../../engine/stage.ts';
import { isPlayerId } from '../../scene/beat.ts';
import type { StageBeat } from '../../scene/stage-beat.ts';
import type { HiddenLayers } from './beat-json.ts';
import { speakerName } from './speaker-name.ts';
import type { Surface } from './surface.ts';

export type TerminalStage = Stage & {
  /** Why turns cannot be made, in words for the one at the keyboard; undefined while they can. */
  failure(): string | undefined;
  /** A beat of an earlier play, which is not to be shown twice. */
  showAgain(scene: SceneId, beat: StageBeat): Promise<void>;
  /** The next line of a player stands in the terminal already, as it was typed (or does not). */
  typed(standing: boolean): void;
  /** Resolves when all that was shown is written. */
  written(): Promise<void>;
};

export type TerminalStageOptions = {
  readonly surface: Surface;
  /** X-ray: the layers under a beat. Asked after the engine is done with the beat. */
  readonly hidden?: (scene: SceneId, beat: StageBeat) => Promise<HiddenLayers | undefined>;
};

/** The stage of `dramatis play`: one scene, one person, beats as they come. */
export function createTerminalStage({ surface, hidden }: TerminalStageOptions): TerminalStage {
  const shown = new Set<number>();
  let standing = false;
  let passed = false;
  let failure: string | undefined;
  let written: Promise<void> = Promise.resolve();

  const delivery = (scene: SceneRecord, { n }: StageBeat) => ({ messages: [`${scene.log}/${n}`] });

  async function write(scene: SceneId, beat: StageBeat): Promise<void> {
    if (!hidden) return surface.beat(beat);
    // Hidden layers are asked of the scene's mailbox, which is busy with this very beat.
    written = written.then(async () => {
      const layers = await hidden(scene, beat).catch(() => undefined);
      await surface.beat(beat, layers);
    });
  }

  return {
    name: 'terminal',
    durable: false,
    streams: false,

    async show(scene, beat) {
      if (shown.has(beat.n)) return delivery(scene, beat);
      shown.add(beat.n);
      if (beat.kind !== 'line') {
        await write(scene.id, beat);
      } else if (isPlayerId(beat.speaker?.id ?? '')) {
        const echoed = standing;
        standing = false;
        if (!echoed) await write(scene.id, beat);
      } else {
        failure = undefined;
        await write(scene.id, beat);
      }
      return delivery(scene, beat);
    },

    // Nothing that has scrolled by can be found again: a beat cut off by a crash is written anew.
    async find() {
      return undefined;
    },

    async update(scene, _delivery, beat) {
      if (beat) await write(scene.id, beat);
    },

    typing(_scene, who) {
      surface.typing(who && speakerName({ speaker: who }));
    },

    // A turn is shown when it is whole: a terminal cannot take back what has scrolled by.
    partial() {},
    withdraw() {},

    async notice(_scene, { kind, text }) {
      // The engine says why right after the moment has passed, where someone here can mend it.
      if (passed && kind === 'info') failure = text;
      passed = kind === 'moment-passes';
      surface.aside(text);
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
