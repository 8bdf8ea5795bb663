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
  /** `player: speaker: text` of everything that one player alone was handed. */
  readonly whispers: string[];
  /** Beats to which the story went back. */
  readonly rewinds: { readonly to: number; readonly left: readonly Delivery[]; readonly erase: boolean }[];
  /** Beat numbers whose place was handed a new text, and the text; '' where it went. */
  readonly updates: { readonly n: number; readonly text: string }[];
  refuse: StageError['reason'] | undefined;
  /** Runs before a beat is put up; a test may cut a process off here. */
  beforeShow: (beat: StageBeat) => Promise<void>;
};

export function createRecordingStage(name: Stage['name'] = 'web', keeps = false): RecordingStage {
  const shown: StageBeat[] = [];
  const notices: Notice[] = [];
  const pieces: string[] = [];
  const standing = new Map<string, StageBeat>();
  const whispers: string[] = [];
  const rewinds: RecordingStage['rewinds'] = [];
  const updates: RecordingStage['updates'] = [];
  const textOf = (beat: StageBeat | undefined) =>
    beat?.segments.map((segment) => segment.text).join(' ') ?? '';

  const stage: RecordingStage = {
    name,
    durable: keeps,
    streams: !keeps,
    shown,
    notices,
    pieces,
    standing,
    whispers,
    rewinds,
    updates,
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
    async whisper(_scene, player, beat) {
      whispers.push(`${player}: ${beat.speaker?.name}: ${textOf(beat)}`);
      return true;
    },
    async rewound(_scene, to, left, erase) {
      rewinds.push({ to, left, erase });
    },
    async update(_scene, n, delivery, beat) {
      updates.push({ n, text: textOf(beat) });
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
