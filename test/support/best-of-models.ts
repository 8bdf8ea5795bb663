import type { Models } from '../../src/engine/models.ts';
import { modelSettingsSchema } from '../../src/model/model-settings.ts';
import { createOpenAiModel } from '../../src/model/openai-model.ts';

/** A cast, and a judge of another name, at the same endpoint. */
export function bestOfModels(baseUrl: string): Models {
  const named = (name: string) =>
    createOpenAiModel(modelSettingsSchema.parse({ name, baseUrl, attempts: 1, contextSize: 16_000 }));
  const actor = named('actor-1');
  return { actor, director: actor, narrator: actor, judge: named('judge-1') };
}
