import type { Library } from '../../cast/library/library-api.ts';
import { presentIn } from '../../engine/command/scene-here.ts';
import type { Engine, StartScene } from '../../engine/engine-api.ts';
import { PlayerError } from '../../errors.ts';
import type { Ink } from '../../stage/terminal/ink.ts';
import { type Header, playedBy, sceneHeader } from '../../stage/terminal/scene-header.ts';
import type { Surface } from '../../stage/terminal/surface.ts';
import type { TerminalStage } from '../../stage/terminal/terminal-stage.ts';
import { BadUse } from '../bad-use.ts';

export type OpenPlay = {
  readonly engine: Engine;
  readonly library: Library;
  readonly stage: TerminalStage;
  readonly surface: Surface;
  /** Absent with `--json`: then nothing but beats is written. */
  readonly ink?: Ink;
  readonly request: StartScene;
  /** What whoever sits at the prompt can do. */
  readonly hint?: string;
};

// Enough to know where one was.
const BEATS_SHOWN_AGAIN = 12;

/**
 * Starts the scene, or goes on with the one that is stored under its id.
 * @throws BadUse where it has ended, or nobody is there to play.
 */
export async function openPlay(play: OpenPlay): Promise<void> {
  const { engine, request } = play;
  const stored = await engine.info(request.id);
  if (!stored) return start(play);
  const { record, setting, model } = stored;
  if (record.status === 'ended') throw new BadUse('That scene has ended: --resume another name.');
  if (request.turns !== undefined && record.turns === undefined) {
    throw new BadUse('That scene was not started with --turns: --resume another name, or leave --turns out.');
  }
  tellHeader(play, { title: record.title, setting, cast: presentIn(stored).map(({ name }) => name), model });
  if (play.ink) {
    const before = await engine.replay(request.id);
    for (const beat of before.slice(-BEATS_SHOWN_AGAIN)) await play.stage.showAgain(record, beat);
  }
  if (record.status === 'paused') play.surface.aside('The scene is paused: /scene continue lets it go on.');
  await engine.resume(request.id);
}

async function start(play: OpenPlay): Promise<void> {
  const { engine, library, request } = play;
  const script = request.script === undefined ? undefined : library.scene(request.script);
  const cast = (request.cast ?? script?.cast ?? []).flatMap((id) => library.character(id)?.name ?? []);
  if (cast.length === 0 && request.turns !== undefined) {
    throw new BadUse('Nobody is there to play: name a --scene or a --cast (play --list names them).');
  }
  tellHeader(play, {
    title: script?.title ?? 'A scene',
    setting: script?.setting ?? '',
    cast,
    model: engine.models().actor?.name,
  });
  try {
    await engine.start(request);
  } catch (error) {
    if (error instanceof PlayerError) throw new BadUse(error.message, error);
    throw error;
  }
}

function tellHeader({ surface, ink, hint }: OpenPlay, header: Header): void {
  if (ink) surface.header(sceneHeader({ ...header, hint }, ink));
  else surface.aside(playedBy(header.model));
}
