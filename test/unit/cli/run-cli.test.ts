import { describe, expect, test } from 'vitest';
import { BadUse } from '../../../src/cli/bad-use.ts';
import type { CliCommand, ListedCommand } from '../../../src/cli/cli-command.ts';
import { Interruption } from '../../../src/cli/interruption.ts';
import { runCli } from '../../../src/cli/run-cli.ts';
import { OperatorError, PlayerError } from '../../../src/errors.ts';
import { ModelError } from '../../../src/model/chat-model.ts';
import { listed } from '../../support/listed-command.ts';
import { captureIo } from './capture.ts';

function command(name: string, run: CliCommand['run'] = async () => 0): ListedCommand {
  return listed(name, { help: `Usage: dramatis ${name}\n`, run });
}

async function run(args: readonly string[], commands: readonly ListedCommand[], signal?: AbortSignal) {
  const { io, out, err } = captureIo('', signal ? { signal } : {});
  return { code: await runCli(args, commands, io), out: out(), err: err() };
}

const two = [command('play'), command('doctor')];

describe('the command line', () => {
  test('lists its commands for --help, and for nothing at all as bad use', async () => {
    for (const args of [['--help'], ['-h'], ['help']]) {
      const { code, out } = await run(args, two);
      expect(code).toBe(0);
      expect(out).toMatch(/play +does what play does\n +doctor +does what doctor does/);
    }
    const { code, out, err } = await run([], two);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toContain('does what play does');
  });

  test.each([[['play', '--help']], [['play', '--json', '-h']], [['help', 'play']]])(
    '%j tells of one',
    async (args) => {
      expect(await run(args, two)).toEqual({ code: 0, out: 'Usage: dramatis play\n', err: '' });
    },
  );

  test.each([
    ['paly', 'Did you mean play?'],
    ['xyzzy', 'dramatis --help lists them all.'],
  ])('%s is no command', async (name, hint) => {
    const { code, out, err } = await run([name], two);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toBe(`dramatis: there is no command “${name}”. ${hint}\n`);
  });

  test('a command gets its words, and its exit code counts', async () => {
    let got: readonly string[] = [];
    const seven = command('seven', async (args) => {
      got = args;
      return 7;
    });
    expect((await run(['seven', '--a', 'b'], [seven])).code).toBe(7);
    expect(got).toEqual(['--a', 'b']);
  });

  test.each([
    [new BadUse('--seed takes a number'), 2],
    [new OperatorError('set MODEL'), 1],
    [new PlayerError('join first'), 1],
    [new ModelError('unreachable', 'start the server', { retryable: true }), 1],
  ])('%s is one line without a trace', async (error, exitCode) => {
    const failing = command('play', () => Promise.reject(error));
    const { code, out, err } = await run(['play'], [failing]);
    expect(code).toBe(exitCode);
    expect(out).toBe('');
    expect(err).toBe(`dramatis play: ${error.message}\n`);
  });

  test('a mistake of ours shows where it was made', async () => {
    const failing = command('play', () => Promise.reject(new TypeError('undefined is no function')));
    const { code, err } = await run(['play'], [failing]);
    expect(code).toBe(1);
    expect(err).toMatch(/please report it\.\nTypeError: undefined is no function\n {4}at /);
  });

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('after %s the exit code is %i, and nothing is said', async (name, exitCode) => {
    const controller = new AbortController();
    const interrupted = command('play', async (_args, io) => {
      controller.abort(new Interruption(name));
      io.signal.throwIfAborted();
      return 0;
    });
    expect(await run(['play'], [interrupted], controller.signal)).toEqual({
      code: exitCode,
      out: '',
      err: '',
    });
  });
});
