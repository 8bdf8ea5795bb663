import { describe, expect, test } from 'vitest';
import { checkTurn, mindOf } from '../../../../../src/lab/synth/think/check-turn.ts';
import { sampleConversation } from '../../../../support/synth/conversation.ts';

const SCENE = sampleConversation({
  turns: [
    {
      id: 0,
      from: [0],
      speaker: 'Ada Crane',
      text: '<role_thinking>The deed is sewn into my coat and nobody here may know it</role_thinking>Good evening.',
    },
    {
      id: 1,
      from: [1],
      speaker: 'Perran Hale',
      text: '<role_action>goes on coiling the wet rope</role_action>The tide is wrong till four, and I do not cross in the dark.',
    },
    {
      id: 2,
      from: [2],
      speaker: 'Ada Crane',
      text: 'Then I shall sleep in the boathouse and go with the first light.',
    },
  ],
});
const TURN = SCENE.turns[1] ?? SCENE.turns[0];

function check(text: string) {
  if (!TURN) throw new Error('the scene has two turns');
  return checkTurn(TURN, text, mindOf(SCENE, 'Perran Hale'));
}

const ACT = '<role_action>goes on coiling the wet rope</role_action>';
const SAID = 'The tide is wrong till four, and I do not cross in the dark.';
const think = (thought: string) => `${ACT}<role_thinking>${thought}</role_thinking>${SAID}`;

describe('an enhanced turn', () => {
  test.each([
    ['with a thought', think('She has run the last mile')],
    ['with what must be guessed', think('Her hands shake, she must be afraid')],
    ['as it was', `${ACT}${SAID}`],
    ['with a small gesture more', `<role_action>looks up</role_action>${SAID}${ACT}`],
    ['with its thought last', `${ACT}${SAID}<role_thinking>Not since Jory</role_thinking>`],
  ])('is taken %s', (_what, text) => {
    expect(check(text)).toEqual({ text });
  });

  test.each([
    ['speech-changed', `${ACT}<role_thinking>I will not</role_thinking>No boat today, madam, go home.`],
    [
      'speech-changed',
      `${think('I will not')} Also there is a storm coming over the hill and my brother has the boat.`,
    ],
    ['action-lost', `<role_thinking>I will not</role_thinking>${SAID}`],
    ['names-actor', `<role_action>he goes on coiling the wet rope</role_action>${SAID}`],
    ['names-actor', `<role_action>Perran goes on coiling the wet rope</role_action>${SAID}`],
    ['not-first-person', think('Perran wonders who she is')],
    ['repeats-in-speech', think('the tide is wrong till four')],
    ['other-mind', think('The woman fears the water')],
    ['names-the-task', think('I need to portray a gruff ferryman')],
    ['knows-too-much', think('The deed is sewn into my coat and so what')],
    ['other-language', think('это опасно и темно')],
    ['plans', `<system_thinking>Perran refuses.</system_thinking>${ACT}${SAID}`],
    ['several-speakers', `${ACT}${SAID}\nAda Crane: Please.`],
    ['speech-changed', `${ACT}I do not cross in the dark, and the tide is wrong till four.`],
    [
      'speech-changed',
      `${ACT}<role_action>the tide is wrong till four, and I do not cross in the dark</role_action>`,
    ],
    [
      'action-added',
      `${ACT}<role_action>draws a long knife from under the bench and cuts the bag open with it</role_action>${SAID}`,
    ],
    ['action-lost', `<role_thinking>goes on coiling the wet rope</role_thinking>${SAID}`],
    ['knows-later', think('She will sleep in the boathouse and go with the first light')],
    ['not-first-person', think('Odd. Perran knows that coat')],
    ['other-language', think('Ich habe diese Frau schon einmal gesehen, vor vielen Jahren')],
    ['other-language', think('She has 勇気, that one')],
    ['copies-example', think('Four, and dark by then. I’ll not tell her that part')],
    ['plans', `<system_thinking>never closed ${ACT}${SAID}`],
    ['no-turn', `${ACT}<role_thinking>never closed ${SAID}`],
    ['no-turn', `${ACT}${SAID}<role_thinking>half a \uFFFD sign</role_thinking>`],
    ['no-turn', ''],
    ['no-turn', '<role_thinking>only a thought</role_thinking>'],
    ['too-long', think('a very long thought '.repeat(40))],
  ])('is refused: %s', (fault, text) => {
    expect(check(text)).toEqual({ fault });
  });

  test('is mended where a rule can', () => {
    const written = `<role_action>goes on coiling the wet rope.</role_action> <role_thinking>Not since Jory.</role_thinking> ${SAID}`;
    expect(check(written)).toEqual({ text: `${ACT}<role_thinking>Not since Jory</role_thinking>${SAID}` });
  });

  test('loses quotation marks that were not there', () => {
    expect(check(`${ACT}“${SAID}”`)).toEqual({ text: `${ACT}${SAID}` });
  });
});

describe('a thought that was there', () => {
  const before = '<role_thinking>She has run the last mile</role_thinking>Good evening.';
  const scene = sampleConversation({
    turns: [{ id: 0, from: [0], speaker: 'Perran Hale', text: before }],
  });
  const turn = scene.turns[0];
  const checked = (text: string) => {
    if (!turn) throw new Error('the scene has a turn');
    return checkTurn(turn, text, mindOf(scene, 'Perran Hale'));
  };

  test.each([
    ['thought-shown', 'She has run the last mile. Good evening.'],
    ['thought-shown', '<role_action>sees she has run the last mile</role_action>Good evening.'],
    ['thought-lost', '<role_thinking>A cold night</role_thinking>Good evening.'],
    ['thought-lost', 'Good evening.'],
  ])('stays a thought: %s', (fault, text) => {
    expect(checked(text)).toEqual({ fault });
  });

  test('may be written out', () => {
    const text = '<role_thinking>She has run the last mile, and in those shoes</role_thinking>Good evening.';
    expect(checked(text)).toEqual({ text });
  });

  test('that the source lets read a mind is no fault of who was asked', () => {
    const own = '<role_thinking>Ada fears me</role_thinking>Good evening.';
    const other = sampleConversation({ turns: [{ id: 0, from: [0], speaker: 'Perran Hale', text: own }] });
    const text = '<role_thinking>Ada fears me, and so she should</role_thinking>Good evening.';
    const one = other.turns[0];
    if (!one) throw new Error('the scene has a turn');
    expect(checkTurn(one, text, mindOf(other, 'Perran Hale'))).toEqual({ text });
  });
});
