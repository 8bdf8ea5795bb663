import type { CliCommand, ListedCommand } from '../../src/cli/cli-command.ts';

/** A command that a test has loaded already, as `runCli` takes it. */
export function listed(name: string, command: CliCommand): ListedCommand {
  return { name, summary: `does what ${name} does`, load: () => Promise.resolve(command) };
}
