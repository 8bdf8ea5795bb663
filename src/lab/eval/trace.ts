import { type FileHandle, open } from 'node:fs/promises';
import { OperatorError } from '../../errors.ts';
import type { Answer, LabModel } from '../calls/call.ts';

/** Writes answers as they came, system thinking among them: only where someone asked for it by name. */
export type Trace = {
  /** The same model, whose answers are also written down. */
  traced(role: string, model: LabModel): LabModel;
  close(): Promise<void>;
};

/**
 * @param path of `traces.jsonl`; it is gone on with
 * @throws OperatorError where it cannot be written
 */
export async function openTrace(path: string): Promise<Trace> {
  let file: FileHandle;
  try {
    file = await open(path, 'a', 0o600);
  } catch (error) {
    throw new OperatorError(`${path} cannot be written: check --out.`, error);
  }
  let writing: Promise<unknown> = Promise.resolve();

  async function write(role: string, { text, reasoning, end, served, usage }: Answer): Promise<void> {
    const line = `${JSON.stringify({ role, model: usage.model, served, end, reasoning, text })}\n`;
    const done = writing.then(() => file.appendFile(line));
    writing = done.catch(() => {});
    try {
      await done;
    } catch (error) {
      throw new OperatorError(`${path} cannot be written: see whether the disk is full.`, error);
    }
  }

  return {
    traced: (role, model) => ({
      ...model,
      async ask(request, signal, priority) {
        const answer = await model.ask(request, signal, priority);
        await write(role, answer);
        return answer;
      },
    }),
    async close() {
      await writing;
      await file.close();
    },
  };
}
