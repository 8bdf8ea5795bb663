import { openHouse, playLine } from '../turn/house.ts';

/**
 * A bot in a process of its own, run with `--expose-gc`. It opens the store, as the bot does reads the record of
 * every scene there, and plays one scene warm; when it is told of scenes, it plays a line in each. It
 * answers with what it takes then.
 *
 * Arguments: the store’s URL, tokens that the actor’s model reads, the scene to warm up with.
 */
export type Taken = {
  /** Bytes. */
  readonly rss: number;
  readonly heap: number;
  readonly buffers: number;
  /** Scenes that are known, and milliseconds until they were. */
  readonly scenes: number;
  readonly ms: number;
};
export type PlayIn = readonly string[];

const [url = '', contextSize = '', warm = ''] = process.argv.slice(2);
const start = performance.now();
await using house = await openHouse(url, Number(contextSize));
const scenes = (await Array.fromAsync(house.engine.scenes())).length;
const ms = performance.now() - start;
// Code is compiled and the young generation has its size before anything is measured.
for (let line = 0; line < 20; line += 1) await playLine(house, warm);
process.on('message', (ids: PlayIn) => void playIn(ids));
process.send?.(taken());
// Nothing else keeps it alive between two messages.
process.channel?.ref();
await new Promise((resolve) => process.once('disconnect', resolve));

async function playIn(ids: PlayIn): Promise<void> {
  for (const id of ids) await playLine(house, id);
  process.send?.(taken());
}

/** After everything was collected that can be. */
function taken(): Taken {
  for (let round = 0; round < 3; round += 1)
    gc?.({ type: 'major', execution: 'sync', flavor: 'last-resort' });
  const { rss, heapUsed, arrayBuffers } = process.memoryUsage();
  return { rss, heap: heapUsed, buffers: arrayBuffers, scenes, ms };
}
