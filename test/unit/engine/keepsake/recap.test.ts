import { describe, expect, test } from 'vitest';
import { LONGEST_RECAP, renderRecap } from '../../../../src/engine/keepsake/recap.ts';
import type { Witnessed } from '../../../../src/engine/ledger/ledger-api.ts';
import { ENVIRONMENT } from '../../../../src/scene/beat.ts';
import { ADA, action, speech, TOM, WENNA } from './sample-keepsake.ts';

const evening: readonly Witnessed[] = [
  { n: 1, kind: 'entrance', speaker: WENNA, segments: [] },
  { n: 2, kind: 'entrance', speaker: TOM, segments: [] },
  { n: 3, kind: 'entrance', speaker: ADA, segments: [] },
  { n: 4, kind: 'narration', speaker: ENVIRONMENT, segments: [action('Rain on the planks.')] },
  { n: 5, kind: 'line', speaker: WENNA, segments: [action('ties a knot'), speech('Late, Tom.')] },
  { n: 6, kind: 'whisper', speaker: ADA, segments: [speech('I will pay double.')] },
  { n: 7, kind: 'whisper', speaker: TOM, segments: [speech('We leave now.')] },
  { n: 8, kind: 'told', speaker: ENVIRONMENT, segments: [speech('The boat was sold.')] },
  { n: 9, kind: 'exit', speaker: TOM, segments: [] },
];

describe('a recap', () => {
  test('retells in order who came, who said what, and who whispered', () => {
    expect(renderRecap(evening, 'Ada').split('\n')).toEqual([
      'What Ada has witnessed so far:',
      'Old Wenna, Tom Reddick and you came in.',
      'Rain on the planks.',
      'Old Wenna: (ties a knot) “Late, Tom.”',
      '🤫 You whispered: “I will pay double.”',
      '🤫 Tom Reddick, whispering to you: “We leave now.”',
      'Word came to you: “The boat was sold.”',
      'Tom Reddick left.',
    ]);
  });

  test('of nothing says so', () => {
    expect(renderRecap([], 'Ada')).toBe('Ada has witnessed nothing yet.');
  });

  test('of a long scene holds whispers and the end of it, and says how much was left out', () => {
    const talk = (n: number, words: string): Witnessed => ({
      n,
      kind: 'line',
      speaker: n % 2 ? WENNA : TOM,
      segments: [speech(`${words} ${'and the tide turned once more '.repeat(9)}.`)],
    });
    const long = [
      ...evening,
      ...Array.from({ length: 400 }, (_, i) => talk(i + 10, `On day ${i} we mended rope.`)),
      talk(500, 'The lighthouse is dark.'),
    ];
    const recap = renderRecap(long, 'Ada');
    expect(recap.length).toBeLessThanOrEqual(LONGEST_RECAP);
    expect(recap.length).toBeGreaterThan(LONGEST_RECAP / 2);
    expect(recap).toContain('I will pay double.');
    expect(recap).toContain('The lighthouse is dark.');
    const left = Number(/\((\d+) lesser moments were left out\.\)$/.exec(recap)?.[1]);
    // The head and this very line are no moments; the three who came in are one.
    expect(left + recap.split('\n').length - 2).toBe(long.length - 2);
    const days = [...recap.matchAll(/On day (\d+) /g)].map(([, day]) => Number(day));
    expect(days).toEqual([...days].sort((a, b) => a - b));
  });

  test('grows shorter before it leaves anything out', () => {
    const few = Array.from(
      { length: 12 },
      (_, i): Witnessed => ({
        n: i + 1,
        kind: 'line',
        speaker: WENNA,
        segments: [speech(`Day ${i}. ${'The rope held and the boat came in with the tide. '.repeat(5)}`)],
      }),
    );
    const recap = renderRecap(few, 'Ada');
    expect(recap).not.toContain('left out');
    expect(recap.match(/Day \d+\./g)).toHaveLength(12);
  });
});
