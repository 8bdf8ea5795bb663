import { describe, expect, test } from 'vitest';
import { checkPlan, planContext } from '../../../../../src/lab/synth/plan/check-plan.ts';
import { lengthAsked, lengthTaken, planTypeOf } from '../../../../../src/lab/synth/plan/plan-type.ts';
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
      text: '<role_action>goes on coiling the rope</role_action>The tide is wrong till four, and I do not cross in the dark, not for two shillings and not for ten.',
    },
    {
      id: 2,
      from: [2],
      speaker: 'Ada Crane',
      text: 'Then I shall wait on this stone until the bell rings for the morning boat.',
    },
  ],
});
const TURN = SCENE.turns[1];
const LENGTH = { least: 200, most: 400 };
const GOOD =
  'Context: a stranger wants to cross at dusk. Goal: Perran wants to be left with his rope. Plan: hands first, then the tide as an excuse; the dark comes last and is not explained. Drafting: dry, two clauses, a price at the end.';

function check(plan: string, length = LENGTH) {
  if (!TURN) throw new Error('the scene has three turns');
  return checkPlan(TURN, plan, length, planContext(SCENE, 'Perran Hale'));
}

describe('a plan', () => {
  test('is taken, without the tags that a model put around it', () => {
    expect(check(GOOD)).toEqual({ plan: GOOD });
    expect(check(`<system_thinking>${GOOD}</system_thinking>`)).toEqual({ plan: GOOD });
  });

  test.each([
    ['not-there', ''],
    ['user', `${GOOD} The user expects a refusal.`],
    [
      'first-person',
      `I am tired of strangers. I know this kind, and I will not cross for her. My brother is still in that water and I hear him every night. ${GOOD.slice(0, 60)}`,
    ],
    ['too-short', 'Perran refuses.'],
    ['too-long', `${GOOD} ${'Perran coils on. '.repeat(30)}`],
    ['nameless', GOOD.replaceAll('Perran', 'the man')],
    ['knows-too-much', `${GOOD} The deed is sewn into my coat and nobody knows.`],
    [
      'is-the-turn',
      `Perran says it plainly while he coils: the tide is wrong till four, and I do not cross in the dark, not for two shillings and not for ten. That is all of it, and it is enough for Perran to say in one breath.`,
    ],
    [
      'tells-the-future',
      `${GOOD.slice(0, 150)} She will wait on this stone until the bell rings for the morning boat.`,
    ],
  ])('is refused: %s', (fault, plan) => {
    expect(check(plan)).toEqual({ fault });
  });

  test('loses tags and brackets, and reads back', () => {
    const plan = `${GOOD} First <role_action>the rope</role_action>, then words; tone <dry>, 2 < 3.`;
    const checked = check(plan, { least: 200, most: 500 });
    expect(checked).toEqual({ plan: `${GOOD} First the rope , then words; tone ‹dry›, 2 ‹ 3.` });
  });

  test('may not hold a thought of its turn word for word', () => {
    const thought = 'she has run the last mile in that coat and will not say what is in it';
    const turns = SCENE.turns.map((turn) =>
      turn.id === 1 ? { ...turn, text: `<role_thinking>${thought}</role_thinking>The tide is wrong.` } : turn,
    );
    const [, turn] = turns;
    if (!turn) throw new Error('the scene has three turns');
    const context = planContext({ ...SCENE, turns }, 'Perran Hale');
    expect(checkPlan(turn, `${GOOD} He thinks that ${thought}.`, LENGTH, context)).toEqual({
      fault: 'is-the-turn',
    });
    expect(checkPlan(turn, `${GOOD} He thinks of the coat and of the mile.`, LENGTH, context)).toHaveProperty(
      'plan',
    );
  });

  test('names its character in a script without blanks as well', () => {
    const scene = sampleConversation({
      turns: [{ id: 0, from: [0], speaker: '林清', text: '今晚不过河。' }],
    });
    const [turn] = scene.turns;
    if (!turn) throw new Error('the scene has a turn');
    const plan = '情境：客人要在天黑后过河。目标：林清不想解释原因，只想守住自己的规矩。';
    const context = planContext(scene, '林清');
    expect(checkPlan(turn, plan, { least: 10, most: 100 }, context)).toEqual({ plan });
    expect(checkPlan(turn, plan.replaceAll('林清', '他'), { least: 10, most: 100 }, context)).toEqual({
      fault: 'nameless',
    });
  });

  test('may quote a few words of its turn', () => {
    const plan = `${GOOD} He might say “the tide is wrong” and leave it.`;
    expect(check(plan)).toEqual({ plan });
  });
});

describe('how a plan comes about', () => {
  test.each([
    ['C', undefined],
    ['C', '  '],
    [
      'B',
      'Ich habe keine Lust überzusetzen. Mein Bruder liegt da draußen, und ich bringe sie nicht hinüber.',
    ],
    ['A', 'Perran lehnt ab, ohne einen Grund zu nennen; erst das Seil, dann die Flut.'],
    ['B', 'Я не поеду. Мой брат утонул там, и я не повезу её.'],
    [
      'A',
      'Perran would refuse. He has no wish to explain himself, and she is in a hurry that is none of his business.',
    ],
    [
      'A',
      'I need to portray Perran as a man of few words. I should show the rope first, and I must keep the tide as his excuse.',
    ],
    ['A', 'Perran thinks: “I will not cross, I never will.” He says nothing of it.'],
    [
      'B',
      'I have no wish to cross. My brother died out there and I will not take her, not for my own weight in silver.',
    ],
  ])('%s: %s', (type, draft) => {
    expect(planTypeOf(draft)).toBe(type);
  });

  test('a draft that is kept may differ by a tenth, and a little more where a model counts badly', () => {
    const length = lengthAsked('A', 'x'.repeat(2000));
    expect(length).toEqual({ least: 1800, most: 2200, target: 2000 });
    expect(lengthAsked('B', 'x'.repeat(2000))).toEqual({ least: 800, most: 1500 });
    expect(lengthTaken('A', 'x'.repeat(2000))).toEqual({ least: 1470, most: 2590 });
    expect(lengthTaken('C', '')).toEqual({ least: 600, most: 1875 });
    // Of no plan `validate` takes more than 6000.
    expect(lengthTaken('A', 'x'.repeat(6000)).most).toBeLessThan(6000);
    expect(lengthTaken('A', 'x'.repeat(40))).toEqual({ least: 1, most: 111 });
  });
});
