import type { Command } from './command.ts';

/** Every command with what it does, a line each: for a surface that does not list them itself. */
export function commandList(commands: readonly Command[]): string {
  return commands.map(({ name, description }) => `  /${name.padEnd(10)} ${description}`).join('\n');
}
