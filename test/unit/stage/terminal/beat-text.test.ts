import { describe, expect, test } from 'vitest';
import { ENVIRONMENT } from '../../../../src/scene/beat.ts';
import type { StageBeat } from '../../../../src/scene/stage-beat.ts';
import { beatJson } from '../../../../src/stage/terminal/beat-json.ts';
import { beatText } from '../../../../src/stage/terminal/beat-text.ts';
import { createInk } from '../../../../src/stage/terminal/ink.ts';

const tom = { id: 'character:tom', name: 'Tom' };
const line: StageBeat = {
  n: 4,
  at: 1_700_000_000_000,
  kind: 'line',
  speaker: tom,
  segments: [
    { kind: 'action', text: 'ties a knot' },
    { kind: 'speech', text: 'Never.' },
  ],
};
const hidden = {
  systemThinking: 'keep him short',
  thoughts: ['I would rather row.'],
  why: 'Tom was called',
  faults: [],
};

describe('a beat as text', () => {
  const plain = createInk(false);

  test.each<[Partial<StageBeat>, string]>([
    [{}, 'Tom: *ties a knot* Never.'],
    [{ kind: 'narration', speaker: ENVIRONMENT, segments: [{ kind: 'action', text: 'Rain.' }] }, '*Rain.*'],
    [{ kind: 'entrance', segments: [] }, '→ Tom is here.'],
    [{ kind: 'exit', segments: [] }, '← Tom leaves.'],
    [{ kind: 'exit', segments: [{ kind: 'action', text: 'slams the door' }] }, '← Tom: *slams the door*'],
  ])('%j', (change, expected) => {
    expect(beatText({ ...line, ...change }, plain)).toBe(expected);
  });

  test('hidden layers stand above it, each marked as what it is', () => {
    expect(beatText(line, plain, { hidden })).toBe(
      '[why] Tom was called\n[system thinking] keep him short\n(thinks: I would rather row.)\nTom: *ties a knot* Never.',
    );
  });

  test('cannot steer the terminal', () => {
    const text = 'ab\u001b[2J\u001b]0;title\u0007c\u009b31md\r\u0000';
    const shown = beatText({ ...line, segments: [{ kind: 'speech', text }] }, plain);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
    expect(shown).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
    expect(shown).toContain('ab');
  });

  test('in colour, a name looks the same each time', () => {
    const ink = createInk(true);
    expect(beatText(line, ink)).toBe(beatText(line, ink));
    // biome-ignore lint/suspicious/noControlCharactersInRegex: styles are what is looked for
    expect(beatText(line, ink)).toMatch(/^\u001b\[1m.*Tom.*\u001b\[3m.*ties a knot/);
  });
});

describe('a beat as JSON', () => {
  test('has these keys, in this order, and neither times nor ids', () => {
    expect(JSON.stringify(beatJson(line))).toBe(
      '{"beat":4,"kind":"line","speaker":"Tom","text":"*ties a knot* Never.",' +
        '"segments":[{"kind":"action","text":"ties a knot"},{"kind":"speech","text":"Never."}]}',
    );
  });

  test('hidden layers are under "hidden", where they were granted', () => {
    expect(beatJson(line, hidden).hidden).toEqual(hidden);
    expect(beatJson(line)).not.toHaveProperty('hidden');
  });

  test('the Narrator tells what nobody says', () => {
    expect(beatJson({ ...line, kind: 'narration', speaker: ENVIRONMENT }).speaker).toBe('Narrator');
    const { speaker: _, ...setting } = line;
    expect(beatJson({ ...setting, kind: 'setting' }).speaker).toBe('Narrator');
  });
});
