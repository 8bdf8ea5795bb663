import type { Beat } from '../../src/scene/beat.ts';
import type { SceneStore } from '../../src/store/scene-store.ts';
import { startOwnProcess } from '../measure/own-process.ts';
import { median, medianInterval, paired, ROUNDS } from '../measure/paired.ts';
import { aloneRow, figure, type Reach, type Row, timeRow } from '../measure/row.ts';
import { pastBeats } from '../turn/past.ts';
import type { ByHand } from './by-hand.ts';
import type { Resumed } from './resume.ts';
import type { Sealing } from './stored.ts';

/** Where beats are appended; the store, or an insert by hand. */
type Log = Pick<SceneStore, 'append'> | ByHand;

/** Beats of a scene as the engine writes them, 580 bytes on average; of the same text whoever stores them. */
const BEATS: readonly Beat[] = [...pastBeats(5, 4000)];

/** Appends a log's next beats one by one, each awaited, as the engine does. */
export async function append(log: Log, scene: string, first: number, count: number): Promise<void> {
  for (let n = first; n < first + count; n += 1) {
    const beat = BEATS[n % BEATS.length];
    if (beat) await log.append(scene, { ...beat, n });
  }
}

/** Appends a second, beside inserts by hand; the ratio is ours / theirs. Each round writes a scene of its own. */
export async function rateRow(
  measure: string,
  ours: Log,
  byHand: ByHand,
  { appends, reach }: { readonly appends: number; readonly reach: Reach },
): Promise<Row> {
  const write = (log: Log) => append(log, newScene(), 1, appends);
  const times = await paired(
    () => write(byHand),
    () => write(ours),
  );
  const perSecond = (ms: number) => figure((appends / ms) * 1000);
  const row = timeRow(measure, times, reach);
  return { ...row, unit: 'a second', value: perSecond(times.theirs), beside: perSecond(times.ours) };
}

/**
 * The time of an append to a log of `length` beats, beside one to a log of ten.
 * @param log where that many beats are; grows meanwhile
 */
export async function flatRow(
  measure: string,
  store: SceneStore,
  { log, length, appends, reach }: FlatOptions,
): Promise<Row> {
  const short = Array.from({ length: ROUNDS + 1 }, newScene);
  for (const scene of short) await append(store, scene, 1, 10);
  const next = short.values();
  let end = length;
  const times = await paired(
    async () => {
      await append(store, log, end + 1, appends);
      end += appends;
    },
    () => append(store, next.next().value ?? '', 11, appends),
  );
  return timeRow(measure, times, reach, { unit: 'µs', perMs: 1000 / appends });
}

type FlatOptions = {
  readonly log: string;
  readonly length: number;
  readonly appends: number;
  readonly reach: Reach;
};

/** Milliseconds from an opened store to a folded scene, each round in a new process. */
export async function resumeRow(
  measure: string,
  { url, sealing, scene, length, rounds, reach }: ResumeOptions,
): Promise<Row> {
  const times: number[] = [];
  let peak = 0;
  for (let round = 0; round < rounds; round += 1) {
    await using child = await startOwnProcess(new URL('./resume.ts', import.meta.url).href, {
      args: [url, sealing, scene],
    });
    const { ms, beats, peakMb } = child.ready as Resumed;
    if (beats !== length) throw new Error(`${measure}: ${beats} beats were resumed, not ${length}`);
    times.push(ms);
    peak = Math.max(peak, peakMb);
  }
  const told = `${measure} (${Math.round(peak)} MB of memory at most)`;
  return aloneRow(told, 'ms', median(times), medianInterval(times), reach);
}

type ResumeOptions = {
  readonly url: string;
  readonly sealing: Sealing;
  readonly scene: string;
  readonly length: number;
  readonly rounds: number;
  readonly reach: Reach;
};

let scenes = 0;

function newScene(): string {
  scenes += 1;
  return `lab:short-${scenes}`;
}
