import type { SceneRecord } from '../../src/engine/scene-record.ts';
import type { Delivery, Notice, Stage } from '../../src/engine/stage.ts';
import { StageError } from '../../src/engine/stage.ts';
import type { StageBeat } from '../../src/scene/stage-beat.ts';

/** A stage that remembers everything it was handed, in order; and can refuse, as a real one may. */
export type RecordingStage = Stage & {
  readonly shown: StageBeat[];
  readonly notices: Notice[];
  /** `partial speaker kind text`, `withdraw`, `typing name`, `typing nobody`. */
  readonly pieces: string[];
  /** `name: text` of every line and narration that was shown. */
  lines(): string[];
  /** What stands on the surface, by message id. */
  readonly standing: Map<string, StageBeat>;
  refuse: StageError['reason'] | undefined;
  /** Runs before a beat is put up; a test may cut a process off here. */
  beforeShow: (beat: StageBeat) => Promise<void>;
};

export function createRecordingStage(name: Stage['name'] = 'web', keeps = false): RecordingStage {
  const shown: StageBeat[] = [];
  const notices: Notice[] = [];
  const pieces: string[] = [];
  const standing = new Map<string, StageBeat>();

  const stage: RecordingStage = {
    name,
    durable: keeps,
    streams: !keeps,
    shown,
    notices,
    pieces,
    standing,
    refuse: undefined,
    beforeShow: async () => {},
    lines: () =>
      shown
        .filter((beat) => beat.kind === 'line' || beat.kind === 'narration')
        .map((beat) => `${beat.speaker?.name}: ${beat.segments.map((segment) => segment.text).join(' ')}`),
    async show(scene: SceneRecord, beat: StageBeat): Promise<Delivery> {
      await stage.beforeShow(beat);
      if (stage.refuse) throw new StageError(stage.refuse, 'refused by the test');
      shown.push(beat);
      if (!keeps) return { messages: [] };
      const message = `m-${scene.log}-${beat.n}`;
      standing.set(message, beat);
      return { messages: [message] };
    },
    async find(scene, beat) {
      const message = `m-${scene.log}-${beat.n}`;
      return standing.has(message) ? { messages: [message] } : undefined;
    },
    async update(_scene, delivery, beat) {
      for (const message of delivery.messages) {
        if (beat) standing.set(message, beat);
        else standing.delete(message);
      }
    },
    typing(_scene, who) {
      pieces.push(`typing ${who?.name ?? 'nobody'}`);
    },
    partial(_scene, _turn, speaker, segment) {
      pieces.push(`partial ${speaker.name} ${segment.kind} ${segment.text}`);
    },
    withdraw() {
      pieces.push('withdraw');
    },
    async notice(_scene, notice) {
      notices.push(notice);
    },
    changed() {},
  };
  return stage;
}
