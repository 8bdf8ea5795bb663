import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { renderCoser } from '../../../src/format/render-coser.ts';
import { renderDiscord } from '../../../src/format/render-discord.ts';
import { renderHer } from '../../../src/format/render-her.ts';
import { renderPlain } from '../../../src/format/render-plain.ts';
import { visibleSegments } from '../../../src/format/segments.ts';
import { createTurnParser, parseTurn, type Release } from '../../../src/format/turn-parser.ts';

type Leak = {
  id: string;
  kind: string;
  speaker: string;
  text: string;
  plan: string[];
  secret: string[];
  visible: string[];
  tier: number;
};

const GOLDEN = new URL('../../../../shared/data/golden/leaks.jsonl', import.meta.url);
const isHere = existsSync(GOLDEN);
const leaks: Leak[] = isHere
  ? readFileSync(GOLDEN, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
  : [];

describe('the golden leaks', () => {
  test.skipIf(isHere)('are skipped: ../shared/data/golden/leaks.jsonl is not here', () => {
    expect(leaks).toEqual([]);
  });

  test.skipIf(!isHere).each(leaks)('$id: $kind', ({ text, speaker, plan, secret, visible, tier }) => {
    const options = { speaker: { name: speaker }, others: ['Mr. Darcy'] };
    const turn = parseTurn(text, options);
    const seen = visibleSegments(turn.segments);
    const others = [
      renderHer(seen, { name: speaker }),
      renderCoser(seen),
      renderDiscord(seen),
      renderPlain(seen),
      everReleased(text, options),
    ];
    for (const view of others) expect(markersIn(view, [...plan, ...secret])).toEqual([]);
    expect(markersIn(renderHer(turn.segments), plan)).toEqual([]);
    if (tier === 1) {
      expect(turn.usable).toBe(true);
      expect(markersIn(renderPlain(seen), visible)).toEqual(visible);
    }
  });
});

/** All that a stage was handed at any time, cut into single characters. */
function everReleased(text: string, options: Parameters<typeof createTurnParser>[0]): string {
  const parser = createTurnParser(options);
  const releases: Release[] = [];
  for (const unit of text.split('')) releases.push(...parser.feed(unit));
  releases.push(...parser.end().releases);
  return releases.map((release) => (release.type === 'segment' ? release.segment.text : '')).join('\n');
}

function markersIn(text: string, markers: readonly string[]): string[] {
  return markers.filter((marker) => new RegExp(`${marker}(?!\\d)`).test(text));
}
