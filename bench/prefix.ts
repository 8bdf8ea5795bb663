import type { Bench, Row } from './measure/row.ts';
import { crowdRows } from './prefix/crowd-rows.ts';
import { ENDLESS, playScene, TURNS } from './prefix/recorded-scene.ts';
import { shortRows } from './prefix/short-rows.ts';
import { type WindowReach, windowRows } from './prefix/window-rows.ts';

const WINDOWS: readonly WindowReach[] = [
  { name: '32k', tokens: 32_768, reused: 0.95, fewer: 10 },
  { name: '8k', tokens: 8192, reused: 0.83, fewer: 5 },
];
/** Tokens that a server can keep of prompts. */
const CACHES = [100_000, 300_000];
/** Scenes that are played at once. */
const CROWDS = [4, 8];

/**
 * What a server with prefix caching must still read of prompts: those of all characters, the director and
 * the Environment, in the order in which they are asked. Everything is counted, nothing timed.
 */
export const prefix: Bench = {
  name: 'prefix',
  about: `prompt tokens that a prefix cache leaves to be read, ${TURNS} turns of five characters and recorded short scenes`,
  async run() {
    const whole = await playScene(ENDLESS);
    const rows: Row[] = [];
    for (const window of WINDOWS) rows.push(...(await windowRows(whole, window)));
    rows.push(...(await shortRows(CACHES, CROWDS)));
    for (const window of WINDOWS) rows.push(...(await crowdRows(window, CACHES, CROWDS)));
    return rows;
  },
};
