import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { slugOf } from '../../../../src/cast/library/slug.ts';
import { neutralise } from '../../../../src/format/neutralise.ts';
import { DIMENSION_NAMES } from '../../../../src/judge/principles/dimension-names.ts';
import { DIMENSIONS } from '../../../../src/judge/principles/principle.ts';
import { shippedPrinciples } from '../../../../src/judge/principles/shipped.ts';

/** Names, signs (`-` for negative) and levels (`S` for session), as they were laid down before they were written. */
const OUTLINE = `
Character Development: Persona Consistency S; Authentic Voice S; Growth With Cause S; Own Initiative; Knowledge Boundary S; -Out of Character
Relationship Development: Relationship Progression S; Deepening Through Events S; Status & Address; -Unearned Intimacy S
Emotional Expression: Emotional Continuity S; Emotional Authenticity; Layered Emotion; Subtext Over Statement; -Emotional Whiplash
Action Description: Expressive Action; Physical Plausibility; Action–Speech Fit; -Impossible Action
Atmosphere & Environment: Sensory Detail; Scene Continuity S; Mood Support
Dialogue & Interaction: Responds to the Other; Leaves Room; Natural Rhythm; -Speaks for Another; -Ignores the Other; -Assistant Voice
Narrative & Plot: Moves the Scene; Causal Coherence S; Plants and Pays Off S; -Contradicts Established Fact S
Conflict & Tension: Sustains Tension S; Stakes Visible; Escalation Control S
Details & Description: Concrete Detail; Economy; Fresh Wording; -Repetition S
Overall Quality: Readability; Engagement S; Openness & Diversity S; -Broken Format or Leak; -Wrong Language or Garbling; -Truncated or Empty
Safety & Boundaries: -Unsafe Content; -Breaks Configured Boundary; In-Character Redirect
Worldview Consistency: World Rules S; Era & Register S; -Anachronism
`;

const principles = shippedPrinciples();

/** In the form of the outline. */
function outlined(): string {
  const rows = DIMENSIONS.map((dimension) => {
    const own = principles.filter((one) => one.dimension === dimension);
    const names = own.map(
      ({ name, sign, level }) => `${sign === 'negative' ? '-' : ''}${name}${level === 'session' ? ' S' : ''}`,
    );
    return `${DIMENSION_NAMES[dimension]}: ${names.join('; ')}`;
  });
  return `\n${rows.join('\n')}\n`;
}

describe('the principles that ship', () => {
  test('are the 51 of the outline, in its twelve dimensions', () => {
    expect(principles).toHaveLength(51);
    expect(outlined()).toBe(OUTLINE);
    expect(new Set(principles.map(({ source }) => source))).toEqual(new Set(['ours']));
  });

  test('are all named in the page about them, as they are', async () => {
    const page = await readFile(new URL('../../../../docs/principles.md', import.meta.url), 'utf8');
    for (const dimension of DIMENSIONS) {
      const names = principles
        .filter((one) => one.dimension === dimension)
        .map(({ name, sign, level }) =>
          [sign === 'negative' ? '✗ ' : '', name, level === 'session' ? '°' : ''].join(''),
        );
      const row = page.split('\n').find((line) => line.includes(`(\`${dimension}\`)`));
      expect(row?.split('|')[2]?.trim(), dimension).toBe(names.join(', '));
    }
  });

  test('stand in the file dimension by dimension', () => {
    const order = principles.map(({ dimension }) => DIMENSIONS.indexOf(dimension));
    expect(order).toEqual(order.toSorted((one, other) => one - other));
  });

  test('have ids of their own, made of their names', () => {
    expect(new Set(principles.map(({ id }) => id)).size).toBe(51);
    for (const { id, name } of principles) expect(id).toBe(slugOf(name));
  });

  test('say what they ask in at most two sentences that forge nothing', () => {
    for (const { id, asks, breaks, example } of principles) {
      for (const text of [asks, breaks]) {
        expect(text.match(/[.!?](?=\s|$)/gu)?.length, id).toBeLessThanOrEqual(2);
        expect(text.length, id).toBeLessThanOrEqual(200);
        expect(text.split(' ').length, id).toBeGreaterThanOrEqual(8);
      }
      expect(example.length, id).toBeLessThanOrEqual(120);
      for (const text of [asks, breaks, example]) expect(neutralise(text, [])).toBe(text);
    }
  });

  test('praise nothing that nobody can point at', () => {
    const vague = /\b(?:good|great|excellent|high.quality|appropriate|engaging|rich|vivid|compelling)\b/iu;
    for (const { id, asks, breaks } of principles) expect(`${asks} ${breaks}`, id).not.toMatch(vague);
  });

  test('never say the same twice', () => {
    for (const [at, one] of principles.entries()) {
      for (const other of principles.slice(at + 1)) {
        const alike = Math.max(
          shared(one.asks, other.asks),
          shared(`${one.asks} ${one.breaks}`, `${other.asks} ${other.breaks}`),
        );
        expect(alike, `${one.id} and ${other.id}`).toBeLessThan(0.35);
      }
    }
  });
});

/** Of the words that tell something in either, how many are in both: 0 to 1. */
function shared(one: string, other: string): number {
  const [a, b] = [one, other].map((text) => new Set(text.toLowerCase().match(/\p{L}{4,}/gu))) as [
    Set<string>,
    Set<string>,
  ];
  return a.intersection(b).size / a.union(b).size;
}
