import { median, medianInterval } from './measure/paired.ts';
import { aloneRow, atMost, type Bench, figure, NO_REACH, type Row } from './measure/row.ts';
import { type Load, type Spent, startReader } from './stream/reader-process.ts';
import type { SideName } from './stream/sides.ts';
import { startSseProcess } from './stream/sse-server.ts';

const MOST_ADDED_US = 3;
const NAMES: readonly SideName[] = ['ours', 'openai', 'undici'];

type Case = Load & { readonly what: string; readonly rounds: number; readonly memory?: boolean };
/** Each stream is 500 pieces of text, or as many as come in 20 seconds. */
const CASES: readonly Case[] = [
  { what: '1 stream, coalesced', model: 'burst', streams: 1, times: 60, rounds: 15 },
  { what: '100 streams, coalesced', model: 'burst', streams: 100, times: 1, rounds: 15 },
  { what: '100 streams, 100 pieces a second each', model: 'paced-10', streams: 100, times: 1, rounds: 3 },
  {
    what: '1,000 streams, 10 pieces a second each',
    model: 'paced-100',
    streams: 1000,
    times: 1,
    rounds: 1,
    memory: true,
  },
];

/**
 * What a streamed piece of text costs from the socket to the visible segment, beside the client’s own loop that does
 * nothing with it, and beside an HTTP client by hand. CPU of the reading process, all its threads; the server has one
 * of its own. A reader lives through a case: what its code costs when it is warm is measured, and each has its own heap.
 */
export const stream: Bench = {
  name: 'stream',
  about: 'CPU and memory per streamed piece of text, beside the client’s own loop',
  async run() {
    await using server = await startSseProcess();
    const rows: Row[] = [];
    for (const one of CASES) rows.push(...(await rowsFor(one, server.url)));
    return rows;
  },
};

async function rowsFor({ what, rounds, memory, ...load }: Case, url: string): Promise<Row[]> {
  const spent = new Map<SideName, Spent[]>(NAMES.map((name) => [name, []]));
  await using readers = new AsyncDisposableStack();
  const reading = await Promise.all(
    NAMES.map(async (name) => ({ name, reader: readers.use(await startReader(name, url)) })),
  );
  for (const { reader } of reading) await reader.read({ model: 'burst', streams: 10, times: 20 });
  for (let round = 0; round < rounds; round += 1) {
    const order = round % 2 === 0 ? reading : reading.toReversed();
    for (const { name, reader } of order) spent.get(name)?.push(await reader.read(load));
  }
  const of = (name: SideName) => spent.get(name) ?? [];
  const cpu = (name: SideName) => of(name).map(({ usPerPiece }) => usPerPiece);
  const added = cpu('ours').map((us, round) => us - (cpu('openai')[round] ?? us));
  const interval = medianInterval(added);
  const reach = atMost(MOST_ADDED_US, 'µs added');
  return [
    {
      measure: `${what}: CPU a piece, socket to visible segment, beside the client’s own loop; the interval is of what is added`,
      value: figure(median(cpu('ours'))),
      unit: 'µs',
      beside: figure(median(cpu('openai'))),
      ratio: figure(median(cpu('ours')) / median(cpu('openai'))),
      interval: [figure(interval[0]), figure(interval[1])],
      reach: reach.words,
      ok: reach.meets(interval[0]),
    },
    aloneRow(`${what}: an HTTP client by hand`, 'µs', median(cpu('undici')), null, NO_REACH),
    ...(memory
      ? NAMES.map((name) => memoryRow(`${what}: memory a stream, ${name}`, of(name), load.streams))
      : []),
  ];
}

function memoryRow(measure: string, spent: readonly Spent[], streams: number): Row {
  const megabytes = spent.map(({ peak, before }) => (peak - before) / streams / 2 ** 20);
  return aloneRow(measure, 'MB', median(megabytes), null, NO_REACH);
}
