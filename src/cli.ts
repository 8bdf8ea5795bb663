import { cards } from './cli/cards/cards.ts';
import { doctor } from './cli/doctor/doctor.ts';
import { inspect } from './cli/inspect.ts';
import { Interruption } from './cli/interruption.ts';
import { lab } from './cli/lab/lab.ts';
import { play } from './cli/play/play.ts';
import { runCli } from './cli/run-cli.ts';
import { start } from './cli/start/start.ts';
import { store } from './cli/store/store.ts';

/** `dramatis <command> …`: this process, its streams and its signals. */
const commands = [start, play, inspect, cards, doctor, store, lab];

const controller = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) {
  process.on(name, () => {
    // The second time is impatience: whatever is still being closed is left.
    if (controller.signal.aborted) process.exit(new Interruption(name).exitCode);
    controller.abort(new Interruption(name));
  });
}
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
