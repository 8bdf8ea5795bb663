import type { Fault } from '../../src/format/parsed-turn.ts';
import { renderPlain } from '../../src/format/render-plain.ts';
import type { ChatModel } from '../../src/model/chat-model.ts';
import { playHouse } from '../../test/support/play-house.ts';
import { createRecordingStage } from '../../test/support/recording-stage.ts';
import type { PlayedScene } from './scenes.ts';
import type { Outcome } from './verdict.ts';

const SCENE = 'lab:usable';

/** A scene, who is spoken to in it, and what is said. */
export type Sample = {
  readonly scene: PlayedScene;
  readonly who: { readonly id: string; readonly name: string };
  readonly line: string;
};

/**
 * Plays one turn through the engine: the scene opens, the player speaks to somebody, and they answer.
 *
 * @returns each draft of that turn, in order; the last is the one that counted
 */
export async function playSample(
  model: ChatModel,
  { scene, who, line }: Sample,
): Promise<readonly Outcome[]> {
  const written: { raw: string; ended: string }[] = [];
  const reported: { faults: readonly Fault[]; beat: number | undefined; turn: string }[] = [];
  const stage = createRecordingStage('lab');
  const { engine } = await playHouse({
    library: scene.library,
    stage,
    models: { actor: tapped(model, written) },
    tracing: true,
  });
  try {
    engine.backstage.onDraft(({ faults, beat, turn }) => reported.push({ faults, beat, turn }));
    const player = { id: 'p1', name: scene.script.player.name };
    await engine.start({
      id: SCENE,
      stage: 'lab',
      owner: player,
      script: scene.script.id,
      cast: [...scene.script.cast],
      preset: 'called-only',
      pace: 'none',
      seed: 7,
    });
    await engine.idle(SCENE);
    await engine.hear(SCENE, { player, text: line });
    await engine.idle(SCENE);
  } finally {
    await engine.close();
  }
  // Whoever has a name in common with them may answer afterwards.
  const drafts = reported.filter(({ turn }) => turn === reported[0]?.turn).length;
  return written.slice(0, drafts).map(({ raw, ended }, at) => {
    const { faults = [], beat } = reported[at] ?? {};
    const shown = stage.shown.find(
      ({ n, kind, speaker }) => kind === 'line' && n === beat && speaker?.name === who.name,
    );
    return { raw, ended, faults, shown: shown ? renderPlain(shown.segments) : '' };
  });
}

/** The same model; what it writes is kept beside. */
function tapped(model: ChatModel, written: { raw: string; ended: string }[]): ChatModel {
  return {
    ...model,
    async *stream(request, signal) {
      let raw = '';
      for await (const delta of model.stream(request, signal)) {
        if (delta.type === 'text') raw += delta.text;
        if (delta.type === 'end') written.push({ raw, ended: delta.reason });
        yield delta;
      }
    },
  };
}
