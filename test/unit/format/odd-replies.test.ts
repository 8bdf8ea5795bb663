import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { visibleSegments } from '../../../src/format/segments.ts';
import { parseTurn } from '../../../src/format/turn-parser.ts';

// Replies in the manner of many models and servers. `PLANn` may be seen by nobody, `SECRETn` by the
// speaker only; `keeps` says that every `SAYn` and `ACTn` must survive, else the reply may be rejected.
const FIXTURE = new URL('../../fixtures/format/odd-replies.jsonl', import.meta.url);
const replies: { text: string; keeps: boolean }[] = readFileSync(FIXTURE, 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line));

const OPTIONS = { speaker: { name: 'Elizabeth Bennet' }, others: ['Mr. Darcy', 'Jane Bennet'] };

describe('odd replies', () => {
  test.each(replies)('$text', ({ text, keeps }) => {
    const { segments } = parseTurn(text, OPTIONS);
    const shown = visibleSegments(segments)
      .map((segment) => segment.text)
      .join('\n');
    const known = segments.map((segment) => segment.text).join('\n');
    expect(known).not.toMatch(/PLAN\d/);
    expect(shown).not.toMatch(/SECRET\d/);
    if (!keeps) return;
    for (const marker of text.match(/(?:SAY|ACT)\d/g) ?? []) expect(shown).toContain(marker);
  });
});
