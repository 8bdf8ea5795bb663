import { commands } from '../../../commands/index.ts';
import type { Place, Who } from '../../engine/command/command.ts';
import { ModelError } from '../../model/chat-model.ts';
import { createInk } from '../../stage/terminal/ink.ts';
import { openPrompt, runPrompt } from '../../stage/terminal/prompt.ts';
import { createPromptSurface } from '../../stage/terminal/prompt-surface.ts';
import { createJsonSurface, createTextSurface } from '../../stage/terminal/surface.ts';
import { createTerminalStage } from '../../stage/terminal/terminal-stage.ts';
import { typeLines } from '../../stage/terminal/type-lines.ts';
import { createTypist } from '../../stage/terminal/typist.ts';
import { createXray } from '../../stage/terminal/x-ray.ts';
import { localeFor } from '../../words/locales.ts';
import type { CliCommand, CliIo } from '../cli-command.ts';
import { type House, openHouse } from '../house.ts';
import { untilAborted } from '../until-aborted.ts';
import { type PlayFlags, readPlayFlags } from './play-flags.ts';
import { PLAY_HELP } from './play-help.ts';
import { linesOf, readScript } from './play-lines.ts';
import { listPlayable } from './play-list.ts';
import { openPlay } from './play-open.ts';
import { castFor, playerFor, sceneFor, storyFor, withScene } from './play-request.ts';
import { playTurns } from './play-turns.ts';

export const play: CliCommand = {
  help: PLAY_HELP,
  async run(args, io) {
    const flags = readPlayFlags(args);
    const script = flags.script === undefined ? undefined : await readScript(flags.script);
    const house = await openHouse(io, {
      quiet: true,
      ...(flags.resume === undefined ? { storeUrl: 'memory:' } : {}),
    });
    try {
      if (flags.list) listPlayable(house.library, flags.json, io);
      else await playIn(house, flags, script, io);
      return 0;
    } finally {
      await house.close();
    }
  },
};

async function playIn(
  house: House,
  flags: PlayFlags,
  script: readonly string[] | undefined,
  { signal, stdin, stdout, stderr, env }: CliIo,
): Promise<void> {
  const told = await storyFor(flags, house.library);
  const cast = told?.request.cast ?? castFor(flags, house.library);
  const scene = await sceneFor(flags, cast, house.library);
  const library = scene ? withScene(house.library, scene) : house.library;
  const engine = house.createEngine({ library, tracing: flags.xray });
  const place: Place = { scene: `terminal:${flags.resume ?? 'play'}`, stage: 'terminal', quiet: true };
  const locale = localeFor(env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG']);
  const who: Who = { ...playerFor(flags, scene, told?.user), manager: true, operator: true, locale };

  const ink = createInk(isTerminal(stdout) && !env['NO_COLOR']);
  const atPrompt = !flags.json && !flags.turns && !script && isTerminal(stdin) && isTerminal(stdout);
  const prompt = atPrompt ? openPrompt(stdin, stdout, (line) => typist.complete(line)) : undefined;
  const surface = prompt
    ? createPromptSurface(prompt, stdout, who.name, ink)
    : flags.json
      ? createJsonSurface(stdout, stderr)
      : createTextSurface(stdout, ink);
  const hidden = flags.xray ? { hidden: createXray(engine.backstage) } : {};
  const stage = createTerminalStage({ surface, locale, ...hidden });
  const typist = createTypist({
    engine,
    library,
    commands,
    place,
    who,
    signal,
    folder: process.cwd(),
    reply: surface.aside,
    // Only at a prompt does what was typed stay on the screen.
    typed: (standing) => stage.typed(standing && atPrompt),
  });
  async function rest(): Promise<void> {
    await untilAborted(engine.idle(place.scene), signal);
    await stage.written();
  }

  engine.attach(stage);
  await openPlay({
    engine,
    library,
    stage,
    surface,
    ...(flags.json ? {} : { ink }),
    ...(prompt ? { hint: HINT } : {}),
    request: {
      id: place.scene,
      stage: 'terminal',
      owner: who,
      ...(scene ? { script: scene.id } : {}),
      ...(cast ? { cast } : {}),
      ...(flags.seed === undefined ? {} : { seed: flags.seed }),
      ...(flags.turns === undefined ? {} : { turns: flags.turns }),
      pace: atPrompt ? 'reading' : 'none',
      origin: 'local',
      ...told?.request,
    },
  });
  if (flags.turns) await playTurns({ engine, stage, scene: place.scene, turns: flags.turns, rest });
  else if (prompt) {
    await runPrompt({
      prompt,
      typist,
      surface,
      output: stdout,
      stop: () => engine.stop(place.scene),
      rest,
      signal,
    });
    const status = (await engine.info(place.scene))?.record.status;
    if (flags.resume && status !== 'ended')
      stdout.write(`Kept. To go on with it: play --resume ${flags.resume}\n`);
  } else await typeLines(script ?? linesOf(stdin, signal), { typist, surface, rest });
  signal.throwIfAborted();
  const failure = stage.failure();
  if (failure && !prompt) throw new ModelError('unreachable', failure, { retryable: true });
}

const HINT = 'Say something, take a choice by its number, or type /help. Ctrl-C leaves.';

function isTerminal(stream: object): boolean {
  return 'isTTY' in stream && stream.isTTY === true;
}
