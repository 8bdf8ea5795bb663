import type { Readable, Writable } from 'node:stream';

/** What a command may touch; passed in so that tests run commands without a process. */
export type CliIo = {
  readonly stdin: Readable;
  readonly stdout: Writable;
  readonly stderr: Writable;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
};

/** A command as it is listed; what it takes to run it is loaded when it is wanted. */
export type ListedCommand = {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  load(): Promise<CliCommand>;
};

/** `dramatis <name> …`. `run` resolves to the exit code: 0 ok, 1 failed, 2 bad use. */
export type CliCommand = {
  /** Shown for `--help`; ends with a newline. */
  readonly help: string;
  /** In place of it, where an action of the command has a page of its own. */
  helpOf?(args: readonly string[]): string | undefined;
  run(args: readonly string[], io: CliIo): Promise<number>;
};
