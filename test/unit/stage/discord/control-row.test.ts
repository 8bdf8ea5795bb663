import { describe, expect, test } from 'vitest';
import type { StageBeat } from '../../../../src/scene/stage-beat.ts';
import { controlRow, rowWith } from '../../../../src/stage/discord/card/control-row.ts';
import { legacyComponents } from '../../../doubles/discord/rules/component-rules.ts';
import { buttonsUnder } from '../../../e2e/discord/buttons-under.ts';

function read(components: ReturnType<typeof controlRow>): string {
  return buttonsUnder({ components });
}

const beat: StageBeat = { n: 7, at: 0, kind: 'line', segments: [] };
const tom = { id: 'character:tom', name: 'Tom' };

describe('the row of a newest line', () => {
  test('counts versions, and after the last drafts another', () => {
    expect(read(controlRow())).toBe('(◀) ↻ Next Stop ⋯');
    expect(read(controlRow({ version: 1, versions: 3 }))).toBe('(◀ 1/3) ▶ Next Stop ⋯');
    expect(read(controlRow({ version: 2, versions: 3 }))).toBe('◀ 2/3 ▶ Next Stop ⋯');
    expect(read(controlRow({ version: 3, versions: 3 }))).toBe('◀ 3/3 ↻ Next Stop ⋯');
  });

  test('is such as Discord takes', () => {
    const longest = controlRow({ version: 100, versions: 1000 });
    expect(legacyComponents.safeParse(longest).error?.issues ?? []).toEqual([]);
  });

  test('is under lines of characters alone', () => {
    expect(rowWith({ ...beat, speaker: tom })).toEqual(controlRow());
    expect(rowWith({ ...beat, speaker: { id: 'player:1', name: 'Alice' } })).toEqual([]);
    expect(rowWith({ ...beat, speaker: { id: 'walk-on:waiter', name: 'Waiter' } })).toEqual([]);
    expect(rowWith({ ...beat, kind: 'narration' })).toEqual([]);
    expect(rowWith({ ...beat, kind: 'exit', speaker: tom })).toEqual([]);
  });

  test('is one button under what was inferred', () => {
    const row = rowWith({ ...beat, kind: 'exit', speaker: tom, inferred: true });
    expect(read(row)).toBe('Undo');
    expect(JSON.stringify(row)).toContain('"dramatis:undo:7"');
  });
});
