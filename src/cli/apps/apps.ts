import type { z } from 'zod';
import { OperatorError } from '../../errors.ts';
import {
  APPLICATION_SCOPES,
  type Application,
  applicationNameSchema,
  originSchema,
  readScopes,
} from '../../stage/web/applications/application.ts';
import {
  type ApplicationShelf,
  createApplicationShelf,
} from '../../stage/web/applications/application-shelf.ts';
import { openStoreBeside } from '../../store/open-store.ts';
import { BadUse } from '../bad-use.ts';
import type { CliCommand, CliIo } from '../cli-command.ts';
import { settingsOf } from '../house.ts';
import { readFlagsAndWords } from '../read-flags.ts';

/** `dramatis apps <action> …`: programs that may join the stage, each with a token of its own. */
export const apps: CliCommand = {
  help: `Usage: dramatis apps add NAME [--scopes play,direct,peek] [--origin URL]… [--json]
       dramatis apps list [--json]
       dramatis apps remove NAME|ID [--json]

Programs that may join the local stage over its WebSocket and listen to its events
(docs/protocol.md), each with a token of its own. It also works while the stage runs.

add     makes a token and prints it, once: the store keeps only its SHA-256.
list    name, id, scopes, origins, and the day each was last let in.
remove  the token opens nothing any more; its sockets are closed within seconds.

  --scopes  what it may do besides watching, with commas between them: play (speak as
            a player), direct (start scenes, cast, next, stop, rewind, commands),
            peek (see thoughts). Left out: play.
  --origin  where a page opens the socket: its address, as http://localhost:8080. Can
            be given again. What is no page needs none.
  --json    one JSON object on stdout

Exit code 0 ok, 1 where the name is taken or there is no such application, 2 bad use.
`,
  async run([action, ...args], io) {
    if (action === 'add') return add(args, io);
    if (action === 'list') return list(args, io);
    if (action === 'remove') return remove(args, io);
    throw new BadUse('say add, list or remove; --help tells more.');
  },
};

async function add(args: readonly string[], io: CliIo): Promise<number> {
  const { values, positionals } = readFlagsAndWords(args, {
    scopes: { type: 'string', default: 'play' },
    origin: { type: 'string', multiple: true, default: [] },
    json: { type: 'boolean', default: false },
  });
  const wanted = {
    name: orBadUse(applicationNameSchema.safeParse(onlyWord(positionals, 'add takes one name'))),
    scopes: orBadUse(readScopes(values.scopes)),
    origins: [...new Set(values.origin.map((text) => orBadUse(originSchema.safeParse(text))))],
  };
  const made = await onShelf(io, (shelf) => shelf.add(wanted));
  if (!made) {
    throw new OperatorError(
      `There is an application “${wanted.name}” already: remove it, or choose another name.`,
    );
  }
  const { application, token } = made;
  if (values.json) {
    io.stdout.write(`${JSON.stringify({ ...application, token })}\n`);
    return 0;
  }
  // Alone on stdout, so that it can be put into a file.
  io.stderr.write(
    `${application.name} (${application.id}) may ${scopeWords(application)}. This is its token; it is not shown again:\n`,
  );
  io.stdout.write(`${token}\n`);
  return 0;
}

async function list(args: readonly string[], io: CliIo): Promise<number> {
  const { values, positionals } = readFlagsAndWords(args, { json: { type: 'boolean', default: false } });
  if (positionals.length > 0) throw new BadUse('list takes no names; --help tells more.');
  const applications = await onShelf(io, (shelf) => shelf.list());
  if (values.json) io.stdout.write(`${JSON.stringify({ applications })}\n`);
  else if (applications.length === 0) io.stdout.write('No applications. dramatis apps add NAME makes one.\n');
  else for (const one of applications) io.stdout.write(`${row(one)}\n`);
  return 0;
}

async function remove(args: readonly string[], io: CliIo): Promise<number> {
  const { values, positionals } = readFlagsAndWords(args, { json: { type: 'boolean', default: false } });
  const which = onlyWord(positionals, 'remove takes one name or id');
  const removed = await onShelf(io, (shelf) => shelf.remove(which));
  if (!removed) {
    throw new OperatorError(
      `There is no application “${which.slice(0, 80)}”: dramatis apps list names them.`,
    );
  }
  if (values.json) io.stdout.write(`${JSON.stringify({ removed })}\n`);
  else io.stdout.write(`${removed.name} (${removed.id}) is removed; its token opens nothing any more.\n`);
  return 0;
}

async function onShelf<T>({ env }: CliIo, work: (shelf: ApplicationShelf) => Promise<T>): Promise<T> {
  const { storeUrl, dataKeys } = settingsOf({ env });
  if (storeUrl.startsWith('memory:')) {
    throw new BadUse('memory: is of one process alone, and the stage is another: set STORE_URL.');
  }
  const store = await openStoreBeside(storeUrl, dataKeys);
  try {
    return await work(createApplicationShelf(store));
  } finally {
    await store.close();
  }
}

function row({ name, id, scopes, origins, lastUsed }: Application): string {
  const may = scopes.length > 0 ? scopes.join(',') : 'watches';
  const used = lastUsed === undefined ? 'never used' : `last used ${lastUsed}`;
  return [name.padEnd(20), id, may.padEnd(APPLICATION_SCOPES.join().length), used, ...origins].join('  ');
}

function scopeWords({ scopes }: Application): string {
  return ['watch', ...scopes].join(', ');
}

/** @throws BadUse unless there is just one */
function onlyWord([word, ...more]: readonly string[], takes: string): string {
  if (word === undefined || more.length > 0) throw new BadUse(`${takes}; --help tells more.`);
  return word;
}

/** @throws BadUse with the first complaint */
function orBadUse<T>(read: z.ZodSafeParseResult<T>): T {
  if (read.success) return read.data;
  throw new BadUse(read.error.issues[0]?.message ?? 'that cannot be read');
}
