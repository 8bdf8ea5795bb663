import { once } from 'node:events';
import { startOwnProcess } from '../measure/own-process.ts';
import { SIDES, type SideName } from './sides.ts';

/** What is asked of a reader: so many streams at once, so many times one after the other. */
export type Load = { readonly model: string; readonly streams: number; readonly times: number };
/** CPU in microseconds for a piece of text; the most memory while it ran, and before, in bytes. */
export type Spent = { readonly usPerPiece: number; readonly peak: number; readonly before: number };

/** One way of reading streams, in a process of its own, so that its memory and its time are its own. */
export async function startReader(side: SideName, url: string) {
  const own = await startOwnProcess(import.meta.url, { args: [side, url], execArgv: ['--expose-gc'] });
  return {
    async read(load: Load): Promise<Spent> {
      own.child.send(load);
      const [spent] = await once(own.child, 'message');
      return spent as Spent;
    },
    [Symbol.asyncDispose]: () => own[Symbol.asyncDispose](),
  };
}

if (process.send) {
  const [, , side, url = ''] = process.argv;
  const readOne = SIDES[side as SideName](url);
  process.on('message', (load: Load) => {
    void measured(load).then((spent) => process.send?.(spent));
  });
  process.once('disconnect', () => process.exit());
  // Nothing else keeps it alive between two loads.
  process.channel?.ref();

  async function measured({ model, streams, times }: Load): Promise<Spent> {
    globalThis.gc?.();
    const before = process.memoryUsage.rss();
    let peak = before;
    const watch = setInterval(() => {
      peak = Math.max(peak, process.memoryUsage.rss());
    }, 50);
    const began = process.cpuUsage();
    const readInTurn = async () => {
      let pieces = 0;
      for (let time = 0; time < times; time += 1) pieces += await readOne(model);
      return pieces;
    };
    const counts = await Promise.all(Array.from({ length: streams }, readInTurn));
    const { user, system } = process.cpuUsage(began);
    clearInterval(watch);
    const pieces = counts.reduce((sum, count) => sum + count, 0);
    if (pieces === 0) throw new Error('nothing was read');
    return { usPerPiece: (user + system) / pieces, peak: Math.max(peak, process.memoryUsage.rss()), before };
  }
  process.send('ready');
}
