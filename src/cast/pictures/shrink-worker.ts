import { parentPort, workerData } from 'node:worker_threads';
import type { ShrinkTask } from './shrink-aside.ts';
import { shrinkPng } from './shrink-png.ts';

/** A thread of its own: shrinks one picture, answers, and ends. */
const { png, sides, mostBytes, mostUnpacked } = workerData as ShrinkTask;
let small: Uint8Array | undefined;
for (const side of sides) {
  small = shrinkPng(png, side, mostUnpacked);
  if (!small || small.length <= mostBytes) break;
}
parentPort?.postMessage(small && small.length <= mostBytes ? small : undefined);
