import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { paired } from './measure/paired.ts';
import {
  aloneRow,
  atLeast,
  atMost,
  type Bench,
  NO_REACH,
  type Reach,
  type Row,
  timeRow,
} from './measure/row.ts';
import { type ByHand, postgresByHand, redisByHand, sqliteByHand } from './store/by-hand.ts';
import { copyToPostgres, copyToRedis, countBeats, type Part } from './store/copied.ts';
import { append, flatRow, rateRow, resumeRow } from './store/measures.ts';
import { type Server, startPostgres, startRedis } from './store/servers.ts';
import { inStore, type Sealing } from './store/stored.ts';
import { writeScene } from './turn/house.ts';

const LENGTH = 100_000;
const SEALINGS: readonly Sealing[] = ['plain', 'sealed'];
const RATE = { plain: atLeast(0.5), sealed: atLeast(0.3) };
const FLAT = atMost(1.2);
const ALL_BEATS: Reach = {
  words: `= ${LENGTH}`,
  side: 'low',
  meets: (beats) => beats === LENGTH,
};

/** A store to measure. */
type Kind = {
  readonly name: string;
  url(sealing: Sealing): string;
  readonly byHand: ByHand;
  /** Appends in a round, more than 50 ms of them; what a commit costs differs tenfold. */
  readonly appends: number;
  readonly resumes: number;
};

/** A server, and how a scene of the SQLite file gets into it. */
type ServerKind = {
  readonly name: string;
  start(): Promise<Server | undefined>;
  openByHand(url: string): Promise<ByHand>;
  copy(file: string, part: Part, url: string): Promise<void>;
  readonly appends: number;
};

const SERVERS: readonly ServerKind[] = [
  { name: 'Redis', start: startRedis, openByHand: redisByHand, copy: copyToRedis, appends: 2000 },
  {
    name: 'PostgreSQL',
    start: startPostgres,
    openByHand: postgresByHand,
    copy: copyToPostgres,
    appends: 300,
  },
];

/**
 * What appends and resumed scenes take, plain and sealed, in each store that is there. Ours does more for an append
 * than the insert by hand beside it: the beat passes its schema, its number is checked against the log, one
 * that is there already may be written anew, and where it is sealed it is encrypted, by hand never.
 */
export const store: Bench = {
  name: 'store',
  about: `appends, and scenes of ${LENGTH.toLocaleString('en')} beats resumed, in SQLite, Redis and PostgreSQL`,
  async run() {
    const folder = await mkdtemp(join(tmpdir(), 'dramatis-bench-'));
    try {
      const rows = await rowsOfSqlite(folder);
      for (const kind of SERVERS) rows.push(...(await rowsOfServer(kind, folder)));
      return rows;
    } finally {
      await rm(folder, { recursive: true });
    }
  },
};

async function rowsOfSqlite(folder: string): Promise<Row[]> {
  const counted: Row[] = [];
  for (const sealing of SEALINGS) {
    await inStore(`sqlite://${fileOf(folder, sealing)}`, sealing, (filled) =>
      writeScene(filled, sceneOf(sealing), 3, LENGTH),
    );
    const beats = countBeats(fileOf(folder, sealing), logOf(sealing));
    counted.push(aloneRow(`SQLite, ${sealing}: rows of a scene`, 'rows', beats, null, ALL_BEATS));
  }
  await using byHand = sqliteByHand(join(folder, 'by-hand.db'));
  const kind: Kind = {
    name: 'SQLite',
    url: (sealing) => `sqlite://${fileOf(folder, sealing)}`,
    byHand,
    appends: 2000,
    resumes: 7,
  };
  return [...counted, ...(await rowsOf(kind)), await powerCutRow(folder, byHand)];
}

async function rowsOfServer(kind: ServerKind, folder: string): Promise<Row[]> {
  await using server = await kind.start();
  if (!server) return [aloneRow(`${kind.name}: not installed`, '', 0, null, NO_REACH)];
  const { url } = server;
  for (const sealing of SEALINGS) {
    const file = fileOf(folder, sealing);
    const scene = sceneOf(sealing);
    const record = await inStore(`sqlite://${file}`, sealing, (filled) => filled.get('scene', scene));
    await inStore(url, sealing, async (empty) => {
      await empty.put('scene', scene, record);
      // Has the store make its table, where it has tables.
      await append(empty, `lab:first-${sealing}`, 1, 1);
      await kind.copy(file, { log: logOf(sealing), length: LENGTH }, url);
    });
  }
  await using byHand = await kind.openByHand(url);
  return await rowsOf({ name: server.version, url: () => url, byHand, appends: kind.appends, resumes: 5 });
}

async function rowsOf({ name, url, byHand, appends, resumes }: Kind): Promise<Row[]> {
  const rows: Row[] = [];
  for (const sealing of SEALINGS) {
    const what = `${name}, ${sealing}`;
    // First: what comes after it makes the scene longer.
    rows.push(
      await resumeRow(`${what}: resume of ${LENGTH.toLocaleString('en')} beats`, {
        url: url(sealing),
        sealing,
        scene: sceneOf(sealing),
        length: LENGTH,
        rounds: resumes,
        reach: atMost(1000, 'ms'),
      }),
    );
    await inStore(url(sealing), sealing, async (ours) => {
      const reach = RATE[sealing];
      rows.push(await rateRow(`${what}: appends, beside INSERT by hand`, ours, byHand, { appends, reach }));
      const measure = `${what}: an append at beat ${LENGTH.toLocaleString('en')}, beside one at 10`;
      const log = logOf(sealing);
      rows.push(await flatRow(measure, ours, { log, length: LENGTH, appends, reach: FLAT }));
    });
  }
  return rows;
}

/** What `synchronous = FULL` would cost: not ours, which is NORMAL, but nothing that we do would change it. */
async function powerCutRow(folder: string, normal: ByHand): Promise<Row> {
  const appends = 200;
  let scenes = 0;
  const write = (log: ByHand) => {
    scenes += 1;
    return append(log, `lab:full-${scenes}`, 1, appends);
  };
  await using full = sqliteByHand(join(folder, 'full.db'), 'FULL');
  const times = await paired(
    () => write(full),
    () => write(normal),
  );
  return timeRow(
    'SQLite, by hand: an insert that survives a power cut, beside one that does not',
    times,
    NO_REACH,
    {
      unit: 'µs',
      perMs: 1000 / appends,
    },
  );
}

function sceneOf(sealing: Sealing): string {
  return `lab:${sealing}`;
}

function logOf(sealing: Sealing): string {
  return `${sceneOf(sealing)}#1`;
}

function fileOf(folder: string, sealing: Sealing): string {
  return join(folder, `${sealing}.db`);
}
