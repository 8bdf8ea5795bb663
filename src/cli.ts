import type { ListedCommand } from './cli/cli-command.ts';
import { Interruption } from './cli/interruption.ts';
import { lastWords } from './cli/last-words.ts';
import { createRedact, secretsIn } from './cli/redact.ts';
import { runCli } from './cli/run-cli.ts';

/** `dramatis <command> …`: this process, its streams and its signals. Only the command that is wanted is loaded. */
const commands: readonly ListedCommand[] = [
  {
    name: 'start',
    summary: 'the bot, where DISCORD_TOKEN is set, else the local page',
    load: async () => (await import('./cli/start/start.ts')).start,
  },
  {
    name: 'play',
    summary: 'plays a scene in the terminal',
    load: async () => (await import('./cli/play/play.ts')).play,
  },
  {
    name: 'inspect',
    summary: "what an audience sees of a model's raw output",
    load: async () => (await import('./cli/inspect.ts')).inspect,
  },
  {
    name: 'cards',
    summary: 'validates, converts and shows character cards',
    load: async () => (await import('./cli/cards/cards.ts')).cards,
  },
  {
    name: 'doctor',
    summary: 'looks whether all is well, and says what to do',
    load: async () => (await import('./cli/doctor/doctor.ts')).doctor,
  },
  {
    name: 'store',
    summary: 'seals what is stored with the first key of DATA_KEY; backs it up',
    load: async () => (await import('./cli/store/store.ts')).store,
  },
  {
    name: 'apps',
    summary: 'gives tokens to games and other programs that join the local stage',
    load: async () => (await import('./cli/apps/apps.ts')).apps,
  },
  {
    name: 'mcp',
    summary: 'lets agents play, direct and watch scenes of a running stage',
    load: async () => (await import('./cli/mcp/mcp.ts')).mcp,
  },
  {
    name: 'lab',
    summary: 'runs benchmarks, judges files, makes training data and rewards; says what may train',
    load: async () => (await import('./cli/lab/lab.ts')).lab,
  },
];

/** Milliseconds. A terminal or a service manager tells a whole group at once, and whoever keeps us tells us, too. */
const SAME_SIGNAL_MS = 500;

const controller = new AbortController();
let toldAt = 0;
for (const name of ['SIGINT', 'SIGTERM'] as const) {
  process.on(name, () => {
    // The second time is impatience: whatever is still being closed is left.
    const again = controller.signal.aborted;
    if (again && performance.now() - toldAt > SAME_SIGNAL_MS) process.exit(new Interruption(name).exitCode);
    if (again) return;
    toldAt = performance.now();
    controller.abort(new Interruption(name));
  });
}
// Also what was rejected and awaited by nobody. Whatever state that left, nothing goes on from it.
process.on('uncaughtException', (error) => {
  process.stderr.write(lastWords(error, createRedact(secretsIn(process.env))));
  process.exit(1);
});
// Whoever read our output has gone (`| head`); there is nobody to tell anything.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  process.stderr.write(`What was to be said could not be written: ${error.message}\n`);
  process.exit(1);
});

process.exitCode = await runCli(process.argv.slice(2), commands, {
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  signal: controller.signal,
});
