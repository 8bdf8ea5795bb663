import { join } from 'node:path';
import { openLineFile } from '../../folder/line-file.ts';
import type { Conversation } from '../record/conversation.ts';
import { type Reject, STEPS, type StepName } from '../step.ts';

/** `2-think.jsonl`: they lie in a folder as they follow each other. */
export function stepFile(name: StepName): { readonly file: string; readonly rejectsFile: string } {
  const stem = `${STEPS.indexOf(name) + 1}-${name}`;
  return { file: `${stem}.jsonl`, rejectsFile: `${stem}.rejects.jsonl` };
}

/** What a step writes: its conversations, and what it did not take. */
export type StepWriter = {
  readonly out: number;
  readonly rejected: number;
  readonly rejects: Readonly<Record<string, number>>;
  take(record: Conversation): Promise<void>;
  /** @param lost the conversation goes no further; it stands in the line */
  reject(
    reject: Reject & { readonly id?: string; readonly text?: string },
    lost?: Conversation | true,
  ): Promise<void>;
  /** Both files are there, under their names. */
  keep(): Promise<void>;
  discard(): Promise<void>;
};

/** @throws OperatorError, as all it does, where a file cannot be written */
export function openStepWriter(folder: string, name: StepName): StepWriter {
  const { file, rejectsFile } = stepFile(name);
  const [records, others] = [openLineFile(join(folder, file)), openLineFile(join(folder, rejectsFile))];
  const rejects: Record<string, number> = {};
  let [out, rejected] = [0, 0];
  return {
    get out() {
      return out;
    },
    get rejected() {
      return rejected;
    },
    rejects,
    async take(record) {
      out += 1;
      await records.write(record);
    },
    async reject(reject, lost) {
      rejects[reject.why] = (rejects[reject.why] ?? 0) + 1;
      if (lost !== undefined) rejected += 1;
      const record = typeof lost === 'object' ? { record: lost } : {};
      await others.write({ step: name, ...reject, ...record });
    },
    async keep() {
      await others.keep();
      await records.keep();
    },
    async discard() {
      await records.discard();
      await others.discard();
    },
  };
}
