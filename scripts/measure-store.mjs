#!/usr/bin/env node
// Measures what docs/storage.md says of the store: appends beside a raw insert of the same text, the
// cost of an append in a short and in a long log, and the time to read a log again.
// node scripts/measure-store.mjs [STORE_URL]   (Node 24; without a URL: SQLite in a temporary folder)
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openStore } from '../src/store/open-store.ts';

const ROUNDS = 15;
const APPENDS = 2000;
const LONG = 100_000;

const folder = mkdtempSync(join(tmpdir(), 'dramatis-measure-'));
const elsewhere = process.argv[2];
const open = (name) => openStore(elsewhere ?? `sqlite://${join(folder, `${name}.db`)}`);
let scenes = 0;
const newScene = () => `lab:${process.pid}-${++scenes}`;

/** A line of ordinary length, thought included: about 600 bytes as JSON. */
const beat = (n) => ({
  n,
  at: 1_700_000_000_000 + n,
  origin: 'lab',
  witnesses: ['character:elizabeth', 'character:darcy', 'player:100000000000000001'],
  kind: 'line',
  speaker: { id: 'character:darcy', name: 'Mr. Darcy' },
  turn: `turn-${n}`,
  segments: [
    { kind: 'thought', text: 'She laughs at me, and I find that I would rather be laughed at. '.repeat(2) },
    { kind: 'action', text: 'turns from the window, one hand still on the curtain' },
    { kind: 'speech', text: 'I have no objection to the country, madam, only to the roads. '.repeat(3) },
  ],
});

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const perSecond = (count, milliseconds) => Math.round((count / milliseconds) * 1000);

async function timed(work) {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

async function append(store, scene, first, count) {
  for (let n = first; n < first + count; n += 1) await store.append(scene, beat(n));
}

function rawInserter() {
  const database = new DatabaseSync(join(folder, 'raw.db'));
  database.exec(
    'PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; CREATE TABLE raw (key TEXT PRIMARY KEY, value TEXT)',
  );
  const insert = database.prepare('INSERT INTO raw VALUES (?, ?)');
  return (scene) => {
    for (let n = 1; n <= APPENDS; n += 1) insert.run(`${scene}/${n}`, JSON.stringify(beat(n)));
  };
}

const store = await open('ours');
const rawInsert = rawInserter();
const ratios = [];
const rates = { raw: [], ours: [] };
for (let round = 0; round < ROUNDS; round += 1) {
  const scene = newScene();
  const raw = await timed(() => rawInsert(scene));
  const ours = await timed(() => append(store, scene, 1, APPENDS));
  rates.raw.push(perSecond(APPENDS, raw));
  rates.ours.push(perSecond(APPENDS, ours));
  ratios.push(raw / ours);
  if (elsewhere) await store.erase(scene);
}
console.log(
  `raw SQLite insert: ${median(rates.raw)}/s; append: ${median(rates.ours)}/s; ratio ${median(ratios).toFixed(2)}`,
);

const long = newScene();
await append(store, long, 1, LONG);
const short = [];
const late = [];
for (let round = 0; round < ROUNDS; round += 1) {
  const scene = newScene();
  await append(store, scene, 1, 10);
  short.push(await timed(() => append(store, scene, 11, APPENDS)));
  late.push(await timed(() => append(store, long, LONG + 1 + round * APPENDS, APPENDS)));
}
const microseconds = (values) => ((median(values) / APPENDS) * 1000).toFixed(1);
console.log(
  `append from beat 10 on: ${microseconds(short)} µs; from beat ${LONG} on: ${microseconds(late)} µs`,
);

await store.close();
const again = await open('ours');
let beats = 0;
const resume = await timed(async () => {
  for await (const _ of again.read(long)) beats += 1;
});
console.log(
  `read ${beats} beats again: ${resume.toFixed(0)} ms, ${((resume / beats) * LONG).toFixed(0)} ms for ${LONG}`,
);
await again.erase(long);
await again.close();
rmSync(folder, { recursive: true });
