import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { finished } from 'node:stream/promises';
import { OperatorError } from '../../errors.ts';

/** A file of JSON Lines that is there, whole, only once it is kept. */
export type LineFile = {
  /** @throws OperatorError where it cannot be written */
  write(line: unknown): Promise<void>;
  /** Ends it under its name. @throws OperatorError as `write` */
  keep(): Promise<void>;
  /** Takes away what was begun; once it is kept nothing happens. */
  discard(): Promise<void>;
};

export function openLineFile(path: string): LineFile {
  const part = `${path}.part`;
  const stream = createWriteStream(part, { mode: 0o600 });
  let broken: OperatorError | undefined;
  let isKept = false;
  const unwritable = (error: unknown) => new OperatorError(`${path} cannot be written: check --out.`, error);
  stream.once('error', (error) => {
    broken = unwritable(error);
  });
  return {
    async write(line) {
      if (broken) throw broken;
      if (stream.write(`${JSON.stringify(line)}\n`)) return;
      try {
        await once(stream, 'drain');
      } catch (error) {
        // The stream’s own error comes first, in whatever words.
        throw broken ?? error;
      }
    },
    async keep() {
      try {
        if (broken) throw broken;
        stream.end();
        await finished(stream);
        await rename(part, path);
        isKept = true;
      } catch (error) {
        throw broken ?? unwritable(error);
      }
    },
    async discard() {
      if (isKept) return;
      stream.destroy();
      await rm(part, { force: true });
    },
  };
}
