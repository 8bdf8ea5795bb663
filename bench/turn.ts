import { once } from 'node:events';
import { type OwnProcess, startOwnProcess } from './measure/own-process.ts';
import { median, medianInterval, ROUNDS } from './measure/paired.ts';
import { aloneRow, atMost, type Bench, figure, NO_REACH, type Reach, type Row } from './measure/row.ts';
import type { SideArgs, SideMessage, SideReady } from './turn/scene-process.ts';

const SHORTEST = 100;
const LONGER = [1_000, 10_000, 100_000] as const;
const LINES = 20;
/** A window that 100 beats fill, so that prompts are as long at 100 beats as at 100,000. Tokens. */
const SMALL_CONTEXT = 4096;
/** One that 100 beats leave half empty: there the prompt itself is longer in a long scene. */
const LARGE_CONTEXT = 32_768;
const REACH = 1.2;

/**
 * What the engine itself costs per turn, by the length of the log: hearing a line, director, prompt,
 * recall, parser, budgets, log and delivery, with the store that ships (SQLite on disk, sealed). Models and
 * Discord answer at once. Each length has a process of its own; they take turns.
 */
export const turn: Bench = {
  name: 'turn',
  about: 'engine time per turn at 100 to 100,000 beats, SQLite included',
  async run() {
    // What is measured grows by what is played, so each round finds a short scene of its own.
    const fresh = ROUNDS + 1;
    await using short = await startSide({
      length: SHORTEST,
      scenes: fresh * (LONGER.length + 1),
      contextSize: SMALL_CONTEXT,
    });
    const rows: Row[] = [];
    for (const length of LONGER) {
      const scenes = length < 10_000 ? fresh : 1;
      await using long = await startSide({ length, scenes, contextSize: SMALL_CONTEXT });
      rows.push(
        await rowFor(
          `engine time per turn at ${words(length)} beats, beside ${SHORTEST}`,
          long,
          short,
          atMost(REACH),
        ),
      );
      if (length !== LONGER.at(-1)) continue;
      const { resumeMs, firstLineMs } = long.ready as SideReady;
      rows.push(
        aloneRow(`after a start: reading ${words(length)} beats`, 'ms', resumeMs, null, NO_REACH),
        aloneRow('after a start: the first line there and its answers', 'ms', firstLineMs, null, NO_REACH),
      );
      for (const side of [long, short]) await ask(side, { contextSize: LARGE_CONTEXT });
      rows.push(
        await rowFor(
          `the same where the model reads ${words(LARGE_CONTEXT)} tokens, which ${SHORTEST} beats do not fill`,
          long,
          short,
          NO_REACH,
        ),
      );
    }
    return rows;
  },
};

function startSide({ length, scenes, contextSize }: SideArgs): Promise<OwnProcess> {
  const url = new URL('./turn/scene-process.ts', import.meta.url).href;
  return startOwnProcess(url, { args: [length, scenes, contextSize].map(String) });
}

async function rowFor(measure: string, long: OwnProcess, short: OwnProcess, reach: Reach): Promise<Row> {
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let round = -1; round < ROUNDS; round += 1) {
    const sides = round % 2 === 0 ? ([long, short] as const) : ([short, long] as const);
    const first = await play(sides[0]);
    const second = await play(sides[1]);
    // The first round warms up.
    if (round < 0) continue;
    ours.push(round % 2 === 0 ? first : second);
    theirs.push(round % 2 === 0 ? second : first);
  }
  const ratios = ours.map((time, round) => time / (theirs[round] ?? time));
  const interval = medianInterval(ratios);
  return {
    measure,
    value: figure(median(ours)),
    unit: 'µs',
    beside: figure(median(theirs)),
    ratio: figure(median(ratios)),
    interval: [figure(interval[0]), figure(interval[1])],
    reach: reach.words,
    ok: reach.meets(interval[0]),
  };
}

/** Microseconds a turn. */
async function play(side: OwnProcess): Promise<number> {
  return Number(await ask(side, { play: LINES }));
}

async function ask({ child }: OwnProcess, message: SideMessage): Promise<unknown> {
  child.send(message);
  const [answer] = await once(child, 'message');
  return answer;
}

function words(count: number): string {
  return count.toLocaleString('en');
}
