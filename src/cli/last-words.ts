import type { Redact } from './redact.ts';

/**
 * What is written when an error was caught by nobody, before the process ends: its kind and where in the code it
 * happened. Not what else it carries, which Node would print: errors of Discord’s client hold the text that was
 * to be posted, and the address with its token. Not its message either, which may quote what was processed.
 */
export function lastWords(error: unknown, redact: Redact): string {
  const kinds: string[] = [];
  for (let one = error; one instanceof Error && kinds.length < 5; one = one.cause) kinds.push(describe(one));
  const said = kinds.length === 0 ? typeof error : kinds.join('\n  because of ');
  return redact(`dramatis: this is a mistake of ours, please report it.\n${said}\n`);
}

function describe(error: Error): string {
  const { name, stack = '' } = error;
  const code = 'code' in error && /^\w{1,40}$/.test(String(error.code)) ? ` ${String(error.code)}` : '';
  const places = stack.split('\n').filter((line) => /^\s+at /.test(line));
  return [`${/^[\w[\]]{1,60}$/.exec(name)?.[0] ?? 'Error'}${code}`, ...places.slice(0, 12)].join('\n');
}
