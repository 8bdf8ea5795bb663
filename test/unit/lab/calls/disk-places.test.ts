import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type Call, hashOf } from '../../../../src/lab/calls/call.ts';
import { type Journal, openJournal } from '../../../../src/lab/calls/journal.ts';
import { diskPlaces } from '../../../../src/lab/calls/places.ts';

function call(of: string): Call {
  const usage = { promptTokens: 1, cachedTokens: 0, completionTokens: 1, msToFirst: 0, msToLast: 0 };
  return { key: hashOf(of), text: `answer to ${of}`, end: 'stop', usage: { model: 'm', ...usage } };
}

/** A journal with its index beside it, in a folder of its own. */
function newJournal() {
  const folder = mkdtempSync(join(tmpdir(), 'dramatis-places-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const [path, index] = [join(folder, 'calls.jsonl'), join(folder, '.calls.db')];
  return {
    path,
    index,
    async with<T>(use: (journal: Journal) => Promise<T>): Promise<T> {
      const journal = await openJournal(path, diskPlaces(index));
      try {
        return await use(journal);
      } finally {
        await journal.close();
      }
    },
  };
}

const textsOf = (of: readonly string[]) => async (journal: Journal) =>
  Promise.all(of.map(async (one) => (await journal.read(call(one).key))?.text));

test('knows after it was opened again what was appended, without reading it', async () => {
  const journal = newJournal();
  await journal.with(async (one) => Promise.all([one.append(call('a')), one.append(call('b'))]));
  expect(await journal.with(textsOf(['b', 'a', 'c']))).toEqual(['answer to b', 'answer to a', undefined]);
});

test('an index that lags behind, as after a kill, learns what came since; half a line is cut off', async () => {
  const journal = newJournal();
  await journal.with((one) => one.append(call('a')));
  appendFileSync(journal.path, `${JSON.stringify(call('b'))}\n{"key": "ha`);
  expect(await journal.with(textsOf(['a', 'b']))).toEqual(['answer to a', 'answer to b']);
  expect(readFileSync(journal.path, 'utf8').split('\n')).toHaveLength(3);
});

test('an index of a longer journal, or none, is made anew', async () => {
  const journal = newJournal();
  await journal.with(async (one) => Promise.all(['a', 'b', 'c'].map((of) => one.append(call(of)))));
  writeFileSync(journal.path, `${JSON.stringify(call('c'))}\n`);
  expect(await journal.with(textsOf(['a', 'c']))).toEqual([undefined, 'answer to c']);
  rmSync(journal.index);
  expect(await journal.with(textsOf(['c']))).toEqual(['answer to c']);
});

test('a journal that somebody wrote in is said, in one line, and no answer is given for another', async () => {
  const journal = newJournal();
  await journal.with(async (one) => Promise.all(['a', 'b'].map((of) => one.append(call(of)))));
  const [first, second] = readFileSync(journal.path, 'utf8').split('\n');
  writeFileSync(journal.path, `${second}\n${first}\n${JSON.stringify(call('c'))}\n`);
  await expect(journal.with(textsOf(['a']))).rejects.toThrow('is not what it was: delete the index');
  rmSync(journal.index);
  expect(await journal.with(textsOf(['a', 'b', 'c']))).toEqual(['answer to a', 'answer to b', 'answer to c']);
});
