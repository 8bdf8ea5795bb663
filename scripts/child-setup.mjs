// Loaded into the program before all else (`node --import`).

// Node's early 24s call two of the things we build on experimental. Other warnings are shown.
const KNOWN = /^(SQLite|Type Stripping) is an experimental feature/;
const { emitWarning } = process;
process.emitWarning = (warning, ...rest) => {
  if (!KNOWN.test(String(warning))) emitWarning.call(process, warning, ...rest);
};

// Where the launcher is killed outright, nobody passes signals on any more: end in good order.
if (process.channel) {
  process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
  process.channel.unref();
}
