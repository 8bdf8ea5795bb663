import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isWorld } from '../../../src/lab/synth/record/views.ts';
import { turnFaults } from '../../../src/lab/synth/validate/turn-faults.ts';
import { validateStep } from '../../../src/lab/synth/validate/validate-step.ts';
import { sampleConversation } from '../../support/synth/conversation.ts';
import { stepTools } from '../../support/synth/tools.ts';

const { tools } = stepTools(() => '');
const THOUGHT = 'the deed must not get wet before morning';
const text = fc.constantFrom(
  'Two shillings.',
  `<role_thinking>${THOUGHT}</role_thinking>No.`,
  `<role_thinking>${THOUGHT}</role_thinking>`,
  'I say that the deed must not get wet before morning.',
  '<role_action>he shrugs.</role_action>  No.',
  'Ask <@123456789012345678>.',
  'half \ud83d of it',
  'bell\u0007 rings',
  'As an AI language model I must respond as Ada.',
  '<system_thinking>plan</system_thinking>No.',
);
const plan = fc.option(
  fc.constantFrom(
    'Perran ought to refuse.',
    `Perran guesses: ${THOUGHT}.`,
    'The user wants a refusal.',
    ' ',
    'x\ud83dy',
    'No.</system_thinking>Ada Crane: Please.',
  ),
  { nil: undefined },
);
const scenes = fc
  .array(fc.record({ speaker: fc.constantFrom('Ada Crane', 'Perran Hale', 'Environment'), text, plan }), {
    minLength: 1,
    maxLength: 10,
  })
  .map((turns) =>
    sampleConversation({
      turns: turns.map((turn, id) => ({
        ...{ id, from: [id], speaker: turn.speaker, text: turn.text },
        ...(turn.plan === undefined ? {} : { plan: turn.plan }),
      })),
    }),
  );

test('whatever leaves the step has targets without a fault, nothing of Discord, and is left as it is by a second look', async () => {
  await fc.assert(
    fc.asyncProperty(scenes, async (scene) => {
      const { record, rejects, counts } = await validateStep.work(scene, tools);
      expect(counts['turns']).toBe(scene.turns.length);
      if (!record) {
        expect(rejects[0]).not.toHaveProperty('turn');
        return;
      }
      for (const turn of record.turns) {
        const whys = turnFaults(turn, record).map(({ why }) => why);
        if (turn.plan !== undefined) expect(whys).toEqual([]);
        for (const never of ['of-discord', 'lone-surrogate', 'control-signs', 'thought-knows-too-much'])
          expect(whys).not.toContain(never);
      }
      // Every turn is a target, the world’s, or named.
      const named = new Set(rejects.map(({ turn }) => turn));
      const targets = new Set(record.turns.filter((one) => one.plan !== undefined).map(({ id }) => id));
      const there = new Set(record.turns.map(({ id }) => id));
      for (const turn of scene.turns)
        expect(targets.has(turn.id) || named.has(turn.id) || (isWorld(turn) && there.has(turn.id))).toBe(
          true,
        );
      expect((await validateStep.work(record, tools)).record).toEqual(record);
    }),
  );
});
