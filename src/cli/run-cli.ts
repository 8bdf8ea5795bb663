import { nearest } from '../engine/command/nearest.ts';
import { StageError } from '../engine/stage.ts';
import { OperatorError, PlayerError } from '../errors.ts';
import { ModelError } from '../model/chat-model.ts';
import { StoreError } from '../store/scene-store.ts';
import { BadUse } from './bad-use.ts';
import type { CliIo, ListedCommand } from './cli-command.ts';
import { interruptedExit } from './interruption.ts';
import { createRedact, secretsIn } from './redact.ts';

/**
 * Runs `dramatis <command> …` and resolves to its exit code. What someone can mend is one line on
 * stderr; only a mistake of ours shows where in the code it happened.
 */
export async function runCli(
  args: readonly string[],
  commands: readonly ListedCommand[],
  io: CliIo,
): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    const asked = commands.find((command) => command.name === rest[0]);
    const text = asked ? (await asked.load()).help : overview(commands);
    (name === undefined ? io.stderr : io.stdout).write(text);
    return name === undefined ? 2 : 0;
  }
  const listed = commands.find((one) => one.name === name);
  if (!listed) {
    io.stderr.write(`dramatis: ${unknown(name, commands)}\n`);
    return 2;
  }
  const command = await listed.load();
  if (rest.includes('--help') || rest.includes('-h')) {
    io.stdout.write(command.helpOf?.(rest) ?? command.help);
    return 0;
  }
  try {
    return await command.run(rest, io);
  } catch (error) {
    if (io.signal.aborted) return interruptedExit(io.signal);
    const { text, exitCode } = explain(error);
    io.stderr.write(createRedact(secretsIn(io.env))(`dramatis ${name}: ${text}\n`));
    return exitCode;
  }
}

function explain(error: unknown): { text: string; exitCode: number } {
  if (error instanceof BadUse) return { text: error.message, exitCode: 2 };
  if (isClear(error)) return { text: error.message, exitCode: 1 };
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { text: `this is a mistake of ours, please report it.\n${trace}`, exitCode: 1 };
}

/** Errors whose message says what to do, to the one who reads it. */
function isClear(error: unknown): error is Error {
  return [PlayerError, OperatorError, ModelError, StoreError, StageError].some(
    (kind) => error instanceof kind,
  );
}

function unknown(name: string, commands: readonly ListedCommand[]): string {
  const [near] = nearest(
    name,
    commands.map((command) => command.name),
  );
  const hint = near ? `Did you mean ${near}?` : 'dramatis --help lists them all.';
  return `there is no command “${name.slice(0, 40)}”. ${hint}`;
}

function overview(commands: readonly ListedCommand[]): string {
  return [
    'Usage: dramatis <command> [options]   (or: npm run dramatis -- <command> [options])',
    '',
    ...commands.map(({ name, summary }) => `  ${name.padEnd(10)} ${summary}`),
    '',
    'dramatis <command> --help tells more. Exit codes: 0 ok, 1 failed, 2 bad use.',
    '',
  ].join('\n');
}
