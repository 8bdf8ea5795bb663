import { createInterface } from 'node:readline';
import type { Change } from '../../cast/changes/proposal.ts';
import { readsAsTurn, reworded } from '../../cast/changes/reworded.ts';
import type { CliIo } from '../cli-command.ts';
import { untilAborted } from '../until-aborted.ts';
import { shownChange } from './enrich-words.ts';

const KEYS = 'Take it? y yes, n no, e type it yourself, q stop asking: ';

/**
 * Asks of each change whether to take it. What was taken before `q`, or before the input ended, stays taken.
 * @throws the signal's reason when aborted
 */
export async function askWhichToTake(changes: readonly Change[], io: CliIo): Promise<readonly Change[]> {
  const lines = createInterface({ input: io.stdin, crlfDelay: Number.POSITIVE_INFINITY });
  const typed = lines[Symbol.asyncIterator]();
  const ask = async (question: string): Promise<string | undefined> => {
    io.stderr.write(question);
    const next = await untilAborted(typed.next(), io.signal);
    return next.done ? undefined : next.value;
  };
  const taken: Change[] = [];
  try {
    for (const [index, change] of changes.entries()) {
      io.stderr.write(`\n${index + 1} of ${changes.length}  ${shownChange(change)}\n`);
      const choice = await chosen(change, ask, io);
      if (choice === 'stop') break;
      if (choice !== 'leave') taken.push(choice);
    }
    return taken;
  } finally {
    lines.close();
  }
}

type Ask = (question: string) => Promise<string | undefined>;

async function chosen(change: Change, ask: Ask, io: CliIo): Promise<Change | 'leave' | 'stop'> {
  for (;;) {
    const key = (await ask(KEYS))?.trim().toLowerCase();
    if (key === undefined || key === 'q' || key === 'quit') return 'stop';
    if (key === 'y' || key === 'yes') return change;
    if (key === 'n' || key === 'no') return 'leave';
    if (key !== 'e' && key !== 'edit') continue;
    const words = (await ask('In its place (one line; empty goes back): ')) ?? '';
    if (words.trim() === '') continue;
    if (change.field === 'examples' && !readsAsTurn(words)) {
      io.stderr.write(
        'That is no turn: <role_thinking>…</role_thinking><role_action>…</role_action>and what is said.\n',
      );
      continue;
    }
    return reworded(change, words.trim());
  }
}
