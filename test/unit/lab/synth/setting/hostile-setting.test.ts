import { describe, expect, test } from 'vitest';
import type { Conversation } from '../../../../../src/lab/synth/record/conversation.ts';
import { passageFor } from '../../../../../src/lab/synth/setting/passage.ts';
import { settingStep } from '../../../../../src/lab/synth/setting/setting-step.ts';
import { HOSTILE_SETTING, teachSetting } from '../../../../doubles/teacher/setting.ts';
import { sampleConversation } from '../../../../support/synth/conversation.ts';
import { stepTools } from '../../../../support/synth/tools.ts';

const SCENE = sampleConversation();

function taught(answer: (about: string) => readonly object[]) {
  return stepTools(({ request }) =>
    JSON.stringify({ found: answer(request.messages.at(-1)?.content ?? '') }),
  );
}

describe.each(Object.entries(HOSTILE_SETTING))('a teacher that is bad: %s', (_name, answer) => {
  test('changes nothing, and is named', async () => {
    const { tools, asked } = stepTools(({ request }) => answer(request.messages) ?? '');
    const { record, rejects } = await settingStep.work(SCENE, tools);
    expect(record).toEqual(SCENE);
    expect(rejects).toHaveLength(3);
    expect(rejects.every(({ why }) => why.startsWith('setting-'))).toBe(true);
    expect(asked).toHaveLength(6);
  });
});

test('the good one has what is borne out taken, and its planted addition rejected', async () => {
  const { tools } = stepTools(({ request }) => teachSetting(request.messages) ?? '');
  const { record, rejects } = await settingStep.work(SCENE, tools);
  expect(JSON.stringify(record)).not.toContain('old duel');
  expect(rejects.filter(({ why }) => why === 'setting-no-source')).toHaveLength(3);
});

describe('what is kept to oneself', () => {
  const passage =
    'Nobody knew that Ada Crane had sold the old mill to the miller of Trevose. She walked all night along the coast road.';
  const scene: Conversation = { ...SCENE, passage };
  const secret = {
    quote: 'Ada Crane had sold the old mill to the miller of Trevose',
    add: 'Ada Crane had sold the old mill to the miller of Trevose.',
  };

  test.each([
    ['a part that everybody reads', 'Ada Crane', 'profile', 'setting-gives-away'],
    ['the sheet of another', 'Perran Hale', 'background', 'setting-knows-too-much'],
  ])('stands not in %s', async (_where, name, field, why) => {
    const { tools } = taught((about) =>
      about.includes(`The character: ${name}`) ? [{ field, ...secret }] : [],
    );
    const { record, rejects } = await settingStep.work(scene, tools);
    expect(record).toEqual(scene);
    expect(rejects.map((one) => one.why)).toEqual([why]);
  });

  test('stands in its own', async () => {
    const { tools } = taught((about) =>
      about.includes('The character: Ada Crane') ? [{ field: 'background', ...secret }] : [],
    );
    const { record, rejects } = await settingStep.work(scene, tools);
    expect(rejects).toEqual([]);
    expect(record?.characters[0]?.completed?.background?.text).toBe(secret.add);
  });
});

test('of a long passage the paragraphs that name somebody are shown, in whole sentences', () => {
  const passage = [
    'The hills were bare. '.repeat(20),
    'Perran coiled rope. It was late.',
    'Rain. '.repeat(50),
  ];
  const shown = passageFor(passage.join('\n'), ['Perran Hale'], 100);
  expect(shown).toContain('Perran coiled rope. It was late.');
  expect(shown).toMatch(/\.$/u);
  expect(shown.length).toBeLessThanOrEqual(100);
});
