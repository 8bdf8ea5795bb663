import { expect, test } from 'vitest';
import type { Change } from '../../../../src/cast/changes/proposal.ts';
import type { EnrichDraft } from '../../../../src/stage/discord/characters/enrich-drafts.ts';
import { differencePages } from '../../../../src/stage/discord/characters/enrich-screens.ts';

function draftOf(change: Partial<Change>): EnrichDraft {
  const bare = { field: 'motivation', before: '', after: 'To be asked.', sources: [], why: '' } as const;
  return {
    token: 't',
    server: 's',
    by: 'carol',
    id: 'ada',
    name: 'Ada',
    dropped: [],
    changes: [{ ...bare, ...change }],
    chosen: new Set(),
    reworded: new Set(),
    at: 0,
  };
}

const SOURCES = ['one', 'two', 'three'].map((word) => `${word} ${'*'.repeat(400)}`);

test.each([
  ['a long line and long sources', { after: 'a'.repeat(1490), sources: SOURCES, why: '*'.repeat(160) }],
  ['many lines', { after: Array.from({ length: 90 }, (_, n) => `line ${n} ${'b'.repeat(60)}`).join('\n') }],
  ['letters of two units each', { after: '😀'.repeat(2000) }],
])('%s: every message is one that Discord takes, and nothing of the change is left out', (_, change) => {
  for (const locale of ['en', 'de'] as const) {
    const pages = differencePages(draftOf(change), locale);
    for (const page of pages) {
      expect(page.length).toBeLessThanOrEqual(2000);
      expect(page.isWellFormed()).toBe(true);
      expect((page.match(/```/gu) ?? []).length % 2).toBe(0);
    }
    const all = pages.join('\n').replace(/\n```\n```diff\n/gu, '\n');
    const bare = (text: string) => text.replace(/[\n+ ]/gu, '');
    expect(bare(all)).toContain(bare(change.after));
    for (const source of 'sources' in change ? change.sources : []) expect(all).toContain(source.slice(0, 3));
    expect(all.match(/^-# (?:From|Aus): .*[”“]$/gmu) ?? []).toHaveLength('sources' in change ? 3 : 0);
  }
});
