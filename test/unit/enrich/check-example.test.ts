import { describe, expect, test } from 'vitest';
import { checkExample } from '../../../src/enrich/check-example.ts';
import type { Fault } from '../../../src/enrich/faults.ts';
import { ferryKnown } from './ferry.ts';

const known = ferryKnown();
const GOOD =
  '<role_thinking>I will lose two rounds</role_thinking><role_action>pushes the dice over</role_action>Your throw, Corporal.';

function check(turn: unknown, to = 'Any word of Pell?', others: readonly string[] = []) {
  const checked = checkExample({ quotes: [], lacking: '', add: '', to, turn }, others, known);
  return 'fault' in checked ? checked.fault : checked.turn;
}

describe('checkExample', () => {
  test.each<[string, unknown]>([
    ['HER text', GOOD],
    ['with its own name before it', `Oda Rennick: ${GOOD}`],
    [
      'pieces',
      [
        { thought: 'I will lose two rounds' },
        { action: 'pushes the dice over' },
        { speech: 'Your throw, Corporal.' },
      ],
    ],
    [
      'pieces with kinds',
      [
        { kind: 'thought', text: 'I will lose two rounds' },
        { type: 'action', content: 'pushes the dice over' },
        { speech: '“Your throw, Corporal.”' },
      ],
    ],
    [
      'a flat object',
      {
        thought: 'I will lose two rounds.',
        action: '*pushes the dice over*',
        speech: 'Your throw, Corporal.',
      },
    ],
  ])('%s comes out in HER format', (_, turn) => {
    expect(check(turn)).toBe(GOOD);
  });

  test('the order is the one it was given in', () => {
    expect(check([{ speech: 'Your throw.' }, { thought: 'I will lose' }, { action: 'waits' }])).toBe(
      'Your throw.<role_thinking>I will lose</role_thinking><role_action>waits</role_action>',
    );
  });

  test.each<[Fault, unknown, string?]>([
    ['no-turn', undefined],
    ['no-turn', ''],
    ['no-turn', { mood: 'grim' }],
    ['no-turn', 'Your throw, Corporal.'],
    ['no-turn', '<role_thinking>I will lose two rounds</role_thinking>'],
    ['no-turn', '<role_thinking>I will lose<role_action>pushes the dice over</role_action>Your throw.'],
    ['plans', `<system_thinking>I need to portray Oda as sly</system_thinking>${GOOD}`],
    ['plans', [{ plan: 'Oda should bluff' }, { thought: 'I bluff' }, { speech: 'Your throw.' }]],
    ['plans', [{ thought: 'I should portray a calm woman' }, { speech: 'Your throw.' }]],
    ['several-speakers', `${GOOD}\nYou: I throw a six.`],
    ['several-speakers', `${GOOD}\nThe visitor: I throw a six.`],
    ['not-first-person', [{ thought: 'She is going to lose two of the rounds' }, { speech: 'Your throw.' }]],
    ['not-first-person', [{ thought: 'Oda is afraid, and so am I' }, { speech: 'Your throw.' }]],
    ['names-actor', [{ thought: 'I lose' }, { action: 'I push the dice over' }, { speech: 'Your throw.' }]],
    [
      'names-actor',
      [{ thought: 'I lose' }, { action: 'She pushes the dice over' }, { speech: 'Your throw.' }],
    ],
    [
      'names-actor',
      [{ thought: 'I lose' }, { action: 'Oda pushes the dice over' }, { speech: 'Your throw.' }],
    ],
    ['other-mind', [{ thought: 'I know that Haddow suspects me' }, { speech: 'Your throw.' }]],
    ['unknown-name', [{ thought: 'I lose again to Marquard' }, { speech: 'Your throw.' }]],
    ['user', [{ thought: 'I let the user win' }, { speech: 'Your throw.' }]],
    ['too-long', [{ thought: 'I lose' }, { speech: 'Your throw, Corporal. '.repeat(30) }]],
    [
      'unsupported',
      [
        { thought: 'I wonder whether astronomers measured quasars properly' },
        { speech: 'Telescopes, spectrographs, magnetometers.' },
      ],
    ],
    ['no-cue', GOOD, ''],
    ['no-cue', GOOD, 'x'.repeat(400)],
    ['user', GOOD, 'Says the user'],
  ])('%s: %j', (fault, turn, to) => {
    expect(check(turn, to)).toBe(fault);
  });

  test('what an example says already is no other one', () => {
    expect(
      check(
        [
          { thought: 'I lose two rounds' },
          { action: 'pushes dice over' },
          { speech: 'Your throw, Corporal!' },
        ],
        'Well?',
        [GOOD],
      ),
    ).toBe('restates');
  });

  test('a fear of what somebody thinks is one’s own thought', () => {
    const turn = [{ thought: 'I fear that Haddow suspects me' }, { speech: 'Your throw, Corporal.' }];
    expect(check(turn)).toContain('I fear that Haddow suspects me');
  });

  test('what is said to the character stands without tags and marks', () => {
    const checked = checkExample(
      { quotes: [], lacking: '', add: '', to: '“Any word\nof Pell?”', turn: GOOD },
      [],
      known,
    );
    expect(checked).toMatchObject({ to: 'Any word of Pell?' });
  });
});
