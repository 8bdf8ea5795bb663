import { PassThrough, Readable, Writable } from 'node:stream';
import type { CliIo } from '../../../src/cli/cli-command.ts';

/** Streams that remember what was written to them. */
export function captureIo(stdin = '', change: Partial<CliIo> = {}) {
  let stdout = '';
  let stderr = '';
  const sink = (take: (text: string) => void) =>
    new Writable({
      write(chunk, _encoding, done) {
        take(String(chunk));
        done();
      },
    });
  const io: CliIo = {
    stdin: Readable.from([Buffer.from(stdin)]),
    stdout: sink((text) => {
      stdout += text;
    }),
    stderr: sink((text) => {
      stderr += text;
    }),
    env: {},
    signal: new AbortController().signal,
    ...change,
  };
  return { io, out: () => stdout, err: () => stderr };
}

/** A terminal that a test can type in: keys go in at one end, the screen comes out as text. */
export function captureTerminal() {
  const input = new PassThrough();
  let screen = '';
  const output = new Writable({
    write(chunk, _encoding, done) {
      screen += String(chunk);
      done();
    },
  });
  return { input, output, screen: () => screen };
}
