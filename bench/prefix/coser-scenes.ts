import { existsSync, readFileSync } from 'node:fs';
import { renderHer } from '../../src/format/render-her.ts';
import type { Ask } from '../../src/lab/calls/ask.ts';
import type { LabModel } from '../../src/lab/calls/call.ts';
import { RULES, WHOLE } from '../../src/lab/coser/protocol.ts';
import { readScenes } from '../../src/lab/coser/read-scenes.ts';
import type { CoserScene } from '../../src/lab/coser/scene.ts';
import { ENVIRONMENT_NAME } from '../../src/lab/gca/decide.ts';
import { createHouseTroupe } from '../../src/lab/gca/house/house-troupe.ts';
import { createReferenceTroupe } from '../../src/lab/gca/reference/reference-troupe.ts';
import { stageOf } from '../../src/lab/gca/stage-of.ts';
import type { Acted } from '../../src/lab/gca/troupe.ts';
import { ourPrompts } from '../../src/lab/prompts/ours.ts';
import { answeringModel } from '../../test/support/answering-model.ts';
import { DIRECTOR, MAX_TOKENS, type Prompt } from './recorded-scene.ts';

/** Beside the repository; none of it is ours to ship. */
const FILE = new URL('../../../shared/data/coser/scenes-public-domain.json', import.meta.url);
const PLAN = '<system_thinking>The last line was meant for somebody.</system_thinking>';

/** Scenes in CoSER’s form; none where the file is not there. */
export function coserScenes(): readonly CoserScene[] {
  return existsSync(FILE) ? readScenes(readFileSync(FILE, 'utf8')).scenes : [];
}

/**
 * Plays a scene with its own conversation as the script, and keeps every prompt in order: a turn, then the
 * director’s question, and so on. `house` is the troupe that plays in Discord, `reference` HER’s layout: each
 * part with a system prompt and a history of its own, from which plans are left out. What characters have in
 * mind is in the prompts of both.
 */
export async function playCoser(
  scene: CoserScene,
  layout: 'house' | 'reference',
  contextSize: number,
): Promise<Prompt[]> {
  const stage = stageOf(scene, scene.dialogues.length);
  const present = stage.speaking;
  const prompts: Prompt[] = [];
  const { signal } = new AbortController();
  let who = '';
  let answer = '';
  const ask: Ask = async (_model, { messages }, { keep }) => {
    prompts.push({ who, messages, present });
    const { text, format } = keep?.({ text: answer, reasoning: '', end: 'stop', usage: NO_USAGE }) ?? {};
    return { key: '', text: text ?? answer, end: 'stop', usage: NO_USAGE, ...(format ? { format } : {}) };
  };
  const model = scriptedModel(contextSize);
  const troupe = (layout === 'house' ? createHouseTroupe : createReferenceTroupe)({
    ...{ scene, stage, ask, seed: 1, maxRounds: stage.dialogues.length, ablation: WHOLE },
    rules: {
      ...(layout === 'house' ? RULES.fixed : RULES.her),
      maxTokens: MAX_TOKENS,
      readsThoughtField: true,
    },
    prompts: ourPrompts(),
    models: { actor: model, director: model, narrator: model },
    draw: () => 0,
  });
  for (const [round, { character, message }] of stage.dialogues.entries()) {
    const given = troupe.give(character, message);
    if (given.segments.length === 0) continue;
    who = character;
    answer = answerOf(character, given, layout);
    const asked = prompts.length;
    await troupe.act(character, round, signal);
    if (prompts.length !== asked + 1) throw new Error(`turn ${round + 1} of ${scene.id} was not asked once`);
    troupe.hear(character, given);
    const next = stage.dialogues[round + 1]?.character ?? ENVIRONMENT_NAME;
    who = DIRECTOR;
    answer =
      layout === 'house' ? JSON.stringify({ reasoning: '', next_speaker: next }) : `Next Speaker: ${next}`;
    await troupe.predict(character, round, signal);
    troupe.told({ round, predicted: next, next, rule: 'accepted' });
  }
  return prompts;
}

/** As a model would have written it, in the form that it was asked for. */
function answerOf(name: string, { segments }: Acted, layout: 'house' | 'reference'): string {
  const turn = renderHer(segments);
  if (name !== ENVIRONMENT_NAME) return `${PLAN}${turn}`;
  return layout === 'house' ? JSON.stringify({ narration: turn, changes: [] }) : turn;
}

const NO_USAGE = {
  model: 'script',
  promptTokens: 1,
  cachedTokens: 0,
  completionTokens: 1,
  msToFirst: 0,
  msToLast: 0,
};

function scriptedModel(contextSize: number): LabModel {
  return {
    model: answeringModel({ name: 'script', contextSize }),
    endpoint: '',
    bodyOf: () => ({ url: '/v1/chat/completions', body: {} }),
    ask: () => Promise.reject(new Error('the script answers')),
  };
}
