import { modelsOf, openFolder, openHouse, playLine, writeScene } from './house.ts';

/**
 * One bot whose scenes all have the same length, in a process of its own: no other length is in its
 * heap. It plays when it is told to, and answers with microseconds a turn.
 *
 * Arguments: beats of a scene, scenes, tokens that the actor’s model reads.
 */
export type SideArgs = { readonly length: number; readonly scenes: number; readonly contextSize: number };
export type SideReady = { readonly resumeMs: number; readonly firstLineMs: number };
/** `contextSize` from now on. */
export type SideMessage = { readonly play: number } | { readonly contextSize: number };

const [length = 0, scenes = 0, contextSize = 0] = process.argv.slice(2).map(Number);
const send = (message: unknown) => process.send?.(message);
const idOf = (at: number) => `discord:${at}`;

await using folder = await openFolder();
await using house = await openHouse(folder.url, contextSize);
for (let at = 0; at < scenes; at += 1) await writeScene(house.store, idOf(at), at + 1, length);

const start = performance.now();
await house.engine.resume(idOf(0));
const resumed = performance.now();
await playLine(house, idOf(0));
const ready: SideReady = { resumeMs: resumed - start, firstLineMs: performance.now() - resumed };
await warmUp();
send(ready);

let next = 0;
process.on('message', (message: SideMessage) => void answer(message));
// Nothing else keeps it alive between two messages.
process.channel?.ref();
await new Promise((resolve) => process.once('disconnect', resolve));

async function answer(message: SideMessage): Promise<void> {
  if ('contextSize' in message) {
    house.engine.useModels(modelsOf(message.contextSize));
    await warmUp();
    send(true);
    return;
  }
  // What is measured grows by what is played: a short scene is played once.
  const id = idOf(next % scenes);
  next += 1;
  const before = house.turns();
  const began = performance.now();
  for (let line = 0; line < message.play; line += 1) await playLine(house, id);
  send(((performance.now() - began) * 1000) / (house.turns() - before));
}

/** Every scene is in memory, and its prompts are laid out, before anything is measured. */
async function warmUp(): Promise<void> {
  for (let at = 0; at < scenes; at += 1) await playLine(house, idOf(at));
}
