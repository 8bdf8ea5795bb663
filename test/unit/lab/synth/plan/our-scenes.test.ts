import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { draftStep } from '../../../../../src/lab/synth/draft/draft-step.ts';
import { loadFiles } from '../../../../../src/lab/synth/load/load-files.ts';
import { checkPlan, planContext } from '../../../../../src/lab/synth/plan/check-plan.ts';
import { planStep } from '../../../../../src/lab/synth/plan/plan-step.ts';
import type { Conversation } from '../../../../../src/lab/synth/record/conversation.ts';
import { isWorld } from '../../../../../src/lab/synth/record/views.ts';
import { turnFaults } from '../../../../../src/lab/synth/validate/turn-faults.ts';
import { teachDraft } from '../../../../doubles/teacher/draft.ts';
import { teachPlan } from '../../../../doubles/teacher/plan.ts';
import { stepTools } from '../../../../support/synth/tools.ts';

const PATHS = [
  'characters/scenes/the-letter.yaml',
  'characters/scenes/the-locked-drawer.yaml',
  'benchmarks/coser/scenes.json',
].map((path) => ({ path: fileURLToPath(new URL(`../../../../../${path}`, import.meta.url)) }));

/** The scenes that come with Dramatis, written by people who knew the rules. */
async function ourScenes(): Promise<readonly Conversation[]> {
  const all = await Array.fromAsync(loadFiles(PATHS, { seen: () => false }, new AbortController().signal));
  return all.flatMap((one) => (one.kind === 'record' ? [one.record] : []));
}

test('plans of our own scenes break none of the rules', async () => {
  const scenes = await ourScenes();
  const planned = scenes.flatMap((scene) =>
    scene.turns.filter(({ plan }) => plan).map((turn) => ({ scene, turn })),
  );
  expect(planned.length).toBeGreaterThan(2);
  for (const { scene, turn } of planned) {
    const context = planContext(scene, turn.speaker);
    expect(checkPlan(turn, turn.plan ?? '', { least: 1, most: 2000 }, context)).toEqual({ plan: turn.plan });
  }
});

test('every turn of our own scenes is planned by a teacher who does what is asked, and validate has nothing against it', async () => {
  const scenes = await ourScenes();
  expect(scenes.length).toBeGreaterThan(5);
  for (const scene of scenes) {
    const drafter = stepTools(({ request }) => teachDraft(request.messages) ?? '');
    const { record: drafted = scene } = await draftStep.work(scene, drafter.tools);
    const teacher = stepTools(({ request }) => teachPlan(request.messages) ?? '');
    const { record = scene, rejects, counts } = await planStep.work(drafted, teacher.tools);
    expect([scene.id, rejects, counts['asked again']]).toEqual([scene.id, [], 0]);
    for (const turn of record.turns.filter((one) => !isWorld(one))) {
      expect(turn.plan).toBeDefined();
      expect(turnFaults(turn, record).filter(({ layer }) => layer === 'plan')).toEqual([]);
    }
  }
});
