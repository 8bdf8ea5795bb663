import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { z } from 'zod';
import { drawLaw } from './pictures/law-picture.ts';
import { cruiseSchema, roomsIn } from './pictures/rooms.ts';
import { drawRooms } from './pictures/rooms-picture.ts';
import { drawScene, playedBeatSchema } from './pictures/scene-picture.ts';

/** `npm run pictures`: draws the pictures of README and docs anew, from a scene that is played and from the imports. */
const ROOT = fileURLToPath(new URL('../', import.meta.url));
const FOLDER = join(ROOT, 'docs', 'pictures');
const run = promisify(execFile);

async function node(args: readonly string[]): Promise<string> {
  const env = { ...process.env, MODEL: 'understudy', STORE_URL: 'memory:' };
  const { stdout } = await run(process.execPath, args, { cwd: ROOT, env, maxBuffer: 256 * 1024 * 1024 });
  return stdout;
}

async function scene(): Promise<string> {
  const play = ['play', '--scene', 'the-letter', '--turns', '5', '--seed', '1', '--json', '--xray'];
  const lines = (await node([join('src', 'cli.ts'), ...play])).trimEnd().split('\n');
  const beats = lines
    .map((line) => playedBeatSchema.parse(JSON.parse(line)))
    .filter(({ kind }) => kind === 'line' || kind === 'narration');
  const thoughtful = beats.filter(({ hidden }) => (hidden?.thoughts.length ?? 0) > 0);
  return drawScene('The Letter', beats, new Set(thoughtful.slice(0, 3).map(({ beat }) => beat)));
}

/** What every room may import is told by the rules of the imports themselves. */
function openToAll(): RegExp {
  const rulesSchema = z.object({
    forbidden: z.array(z.object({ name: z.string(), to: z.object({ pathNot: z.unknown().optional() }) })),
  });
  const { forbidden } = rulesSchema.parse(createRequire(import.meta.url)('../.dependency-cruiser.cjs'));
  const rule = forbidden.find(({ name }) => name === 'cast-is-below-who-plays-it');
  return new RegExp(z.array(z.string()).parse(rule?.to.pathNot).at(-1) ?? '', 'u');
}

async function rooms(): Promise<string> {
  const cruiser = join('node_modules', 'dependency-cruiser', 'bin', 'dependency-cruiser.mjs');
  const rules = ['--config', '.dependency-cruiser.cjs', '--output-type', 'json'];
  const cruised = cruiseSchema.parse(JSON.parse(await node([cruiser, ...rules, 'src', 'commands'])));
  return drawRooms(roomsIn(cruised, openToAll()));
}

const drawn = { 'scene.svg': await scene(), 'rooms.svg': await rooms(), 'one-law.svg': drawLaw() };
await mkdir(FOLDER, { recursive: true });
for (const [name, svg] of Object.entries(drawn)) {
  await writeFile(join(FOLDER, name), svg);
  process.stdout.write(`docs/pictures/${name}\n`);
}
