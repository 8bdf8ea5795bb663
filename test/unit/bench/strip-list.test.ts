import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { herTurns } from '../../../bench/format/her-text.ts';
import { htmlViews } from '../../../bench/format/html-views.ts';
import {
  convertHerFormat,
  removeInnerThoughts,
  removeSystemThinking,
  stripViews,
  stripViewsSharing,
} from '../../../bench/format/strip-list.ts';
import { renderCoser } from '../../../src/format/render-coser.ts';
import { renderHer } from '../../../src/format/render-her.ts';
import { visibleSegments } from '../../../src/format/segments.ts';
import { parseTurn } from '../../../src/format/turn-parser.ts';

const GOLDEN = new URL('../../../../shared/data/golden/reference-functions.jsonl', import.meta.url);
const FUNCTIONS = {
  remove_system_thinking: removeSystemThinking,
  remove_inner_thoughts: removeInnerThoughts,
  convert_her_format: convertHerFormat,
};

// Skipped where the recorded results of the reference are not at hand.
describe.skipIf(!existsSync(GOLDEN))('the baseline deletes what the reference’s own list deletes', () => {
  const cases = existsSync(GOLDEN) ? readFileSync(GOLDEN, 'utf8').trim().split('\n') : [];
  test.each(Object.entries(FUNCTIONS))('%s', (name, remove) => {
    const own = cases
      .map((line) => JSON.parse(line) as { fn: string; args: string[]; output: string })
      .filter(({ fn }) => fn === name)
      // There `\w` takes letters of every alphabet; the narrower one is the quicker, and theirs to the good.
      .filter(({ args }) => !/<[^>]*[^\0-\x7f][^>]*think/u.test(args[0] ?? ''));
    expect(own.length).toBeGreaterThan(50);
    for (const { args, output } of own) expect(remove(args[0] ?? '')).toBe(output);
  });
});

describe('both sides of the bench do the same work', () => {
  const turns = [...herTurns(5000, false), ...herTurns(5000, true)];

  test('the list makes the views that the parser makes, but for a space and the name', () => {
    for (const turn of turns) {
      const { segments } = parseTurn(turn, { speaker: { name: 'Maria', aliases: ['Мария'] } });
      const same = (text: string) => text.replace(/^(?:Maria|Мария):/, '').replace(/\s/g, '');
      expect(same(removeSystemThinking(turn))).toBe(same(renderHer(segments)));
      expect(same(removeInnerThoughts(removeSystemThinking(turn)))).toBe(
        same(renderHer(visibleSegments(segments))),
      );
      expect(same(convertHerFormat(removeSystemThinking(turn)))).toBe(same(renderCoser(segments)));
    }
  });

  test('shared or not, the views are the same; the HTML parser’s are as long, but for its names', () => {
    for (const turn of turns) {
      expect(stripViewsSharing(turn)).toBe(stripViews(turn));
      const tags = turn.match(/<role_(?:thinking|action)>/g)?.length ?? 0;
      expect(Math.abs(htmlViews(turn) - stripViews(turn))).toBeLessThan(60 + 60 * tags);
    }
  });
});
