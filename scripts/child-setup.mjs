// Loaded into the program before all else (`node --import`).
import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

// What was compiled, and stripped of its types, once is read the next time: a third of the start. It goes with the
// packages; where it cannot be written, all is compiled as before.
enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/compile', import.meta.url)));

// Node's early 24s call two of the things we build on experimental. Other warnings are shown.
const KNOWN = /^(SQLite|Type Stripping) is an experimental feature/;
const { emitWarning } = process;
process.emitWarning = (warning, ...rest) => {
  if (!KNOWN.test(String(warning))) emitWarning.call(process, warning, ...rest);
};

// Where the launcher is killed outright, nobody passes signals on any more: end in good order. What a package forks loads
// this, too (node-llama-cpp tries what it was built for in a process of its own), and lives by its own channel.
if (process.channel && process.argv[1] === fileURLToPath(new URL('../src/cli.ts', import.meta.url))) {
  process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
  process.channel.unref();
}
