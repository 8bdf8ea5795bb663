import { describe, expect, test } from 'vitest';
import { herToProse, proseToHer } from '../../../src/cast/cards/card-prose.ts';

const action = (text: string) => `<role_action>${text}</role_action>`;
const thought = (text: string) => `<role_thinking>${text}</role_thinking>`;

describe('prose of other tools into HER format', () => {
  test.each([
    ['only speech', 'Good evening.', 'Good evening.'],
    ['an action before', '*bows* Good evening.', `${action('bows')}Good evening.`],
    ['actions between', 'Well. *sits* So. *stands*', `Well.${action('sits')}So.${action('stands')}`],
    ['quoted speech', '*bows* "Good evening."', `${action('bows')}Good evening.`],
    ['narration between quotes', '"No," she said. "Never."', `No,${action('she said.')}Never.`],
    ['curly quotes', '“No,” she said.', `No,${action('she said.')}`],
    ['a word in quotes is no speech', 'They call it "progress" here.', 'They call it "progress" here.'],
    ['bold is stress, not action', 'I said **now**.', 'I said **now**.'],
    ['neighbours join', '*bows* *smiles*', action('bows smiles')],
    ['nothing', '  ', ''],
    ['macros stay', '*looks at {{user}}* You.', `${action('looks at {{user}}')}You.`],
  ])('%s', (_what, prose, her) => {
    expect(proseToHer(prose)).toBe(her);
  });

  test('HER format stays as it is', () => {
    const turn = `${thought('Not him')}${action('bows')}Good evening.`;
    expect(proseToHer(turn)).toBe(turn);
  });
});

describe('HER format into prose', () => {
  test('actions in asterisks, thoughts left out', () => {
    expect(herToProse(`${thought('Not him')}${action('bows')}Good evening.${action('sits')}So.`)).toBe(
      '*bows* Good evening. *sits* So.',
    );
  });

  test('there and back keeps all but thoughts', () => {
    expect(proseToHer(herToProse(`${action('bows')}Good evening.${thought('Not him')}`))).toBe(
      `${action('bows')}Good evening.`,
    );
  });
});
