import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readTurns } from '../../../../../src/lab/coser/files/read-turns.ts';
import { RULES } from '../../../../../src/lab/coser/protocol.ts';
import { transcriptOf } from '../../../../../src/lab/coser/transcript.ts';

const GOLDEN = new URL('../../../../../../shared/data/golden/leaks.jsonl', import.meta.url);

type Row = {
  readonly id: string;
  readonly speaker: string;
  readonly text: string;
  readonly plan: readonly string[];
  readonly secret: readonly string[];
  readonly tier: number;
};

describe.skipIf(!existsSync(GOLDEN))('hostile turns in a file of HER’s (needs ../shared)', () => {
  const rows = () =>
    readFileSync(GOLDEN, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Row)
      .filter(({ tier }) => tier < 3);

  test('no plan is read from it; no thought is shown to a judge who reads none', () => {
    expect(rows().length).toBeGreaterThan(40);
    for (const { id, speaker, text, plan, secret } of rows()) {
      const read = readTurns([{ role: speaker, content: text }], 'her');
      expect(
        plan.filter((mark) => JSON.stringify(read).includes(mark)),
        id,
      ).toEqual([]);
      for (const rules of Object.values(RULES)) {
        const open = transcriptOf(read, rules, false);
        expect(
          secret.filter((mark) => open.includes(mark)),
          id,
        ).toEqual([]);
      }
    }
  });
});
