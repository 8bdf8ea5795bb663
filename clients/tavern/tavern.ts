import { parseArgs } from 'node:util';
import { connect, StageError } from '../js/src/index.ts';
import { CAST } from './evening.ts';
import { playTavern } from './game.ts';

const HELP = `Usage: npm run tavern -- [--frames N] [--once] [--tick MS] [--url URL --token TOKEN]

A tavern in the terminal: a game without pictures, whose loop drives three characters.
Actions are their animations, speech their subtitles, thoughts the state of their AI.

  --frames  it ends after so many; left out: Ctrl-C ends it
  --once    it ends when the evening is told
  --tick    milliseconds a frame (default 250)
  --url     a stage that runs already; left out: one of its own, without a model.
            It must have the tavern’s characters: copy clients/tavern/characters/*.yaml
            to its data/characters.
  --token   of an application there: dramatis apps add Tavern --scopes play,direct,peek
`;

const TICK_MS = 250;
const CLEAR = '\u001b[H\u001b[J';

/** Plays until its frames are over or the signal comes. Returns the exit code. */
async function main(args: readonly string[], signal: AbortSignal): Promise<number> {
  const flags = readFlags(args);
  if (typeof flags === 'string') {
    process.stderr.write(flags);
    return flags === HELP ? 0 : 2;
  }
  const { frames, once, tickMs } = flags;
  await using opened = new AsyncDisposableStack();
  let { join } = flags;
  if (!join) {
    // The stage is loaded where it is needed: a game that joins one has no need of it.
    const { openOwnStage } = await import('./own-stage.ts');
    const own = await openOwnStage(TICK_MS / tickMs);
    opened.defer(own.close);
    join = own;
  }
  try {
    const stage = await connect({ url: join.url, token: join.token });
    opened.defer(stage.close);
    const known = stage.hello.library.characters.map(({ id }) => id);
    const missing = CAST.filter((id) => !known.includes(id));
    if (missing.length > 0) {
      process.stderr.write(
        `That stage does not know ${missing.join(', ')}: copy clients/tavern/characters/*.yaml to its data/characters.\n`,
      );
      return 1;
    }
    const scene = await playTavern(stage, {
      frames,
      once,
      tickMs,
      signal,
      // In a terminal each frame takes the place of the one before; in a file they stand below each other.
      draw: (frame) => process.stdout.write(process.stdout.isTTY ? `${CLEAR}${frame}\n` : `${frame}\n`),
    });
    process.stdout.write(`The lamp is out. It was scene ${scene}.\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof StageError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 1;
  }
}

type Flags = {
  readonly frames: number;
  readonly once: boolean;
  readonly tickMs: number;
  readonly join: { readonly url: string; readonly token: string } | undefined;
};

/** What was asked for, or what to say instead. */
function readFlags(args: readonly string[]): Flags | string {
  let values: {
    frames?: string;
    once?: boolean;
    tick?: string;
    url?: string;
    token?: string;
    help?: boolean;
  };
  try {
    ({ values } = parseArgs({
      args: [...args],
      options: {
        frames: { type: 'string' },
        once: { type: 'boolean' },
        tick: { type: 'string' },
        url: { type: 'string' },
        token: { type: 'string' },
        help: { type: 'boolean' },
      },
    }));
  } catch (error) {
    return `${error instanceof Error ? error.message : String(error)}\n\n${HELP}`;
  }
  const { frames = 'Infinity', once = false, tick = String(TICK_MS), url, token, help } = values;
  const [count, tickMs] = [Number(frames), Number(tick)];
  if (help) return HELP;
  if (!(count >= 1)) return 'frames: a number of frames, 1 or more.\n';
  if (!(tickMs >= 1 && tickMs <= 60_000)) return 'tick: milliseconds, 1 to 60,000.\n';
  if ((url === undefined) !== (token === undefined))
    return 'A stage of your own takes both --url and --token.\n';
  return {
    frames: count,
    once,
    tickMs,
    join: url === undefined || token === undefined ? undefined : { url, token },
  };
}

const leaving = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => leaving.abort());
process.exitCode = await main(process.argv.slice(2), leaving.signal);
