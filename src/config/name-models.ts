import type { ModelRole, ModelSettings } from '../model/model-settings.ts';
import { UNNAMED_MODEL } from './model-layers.ts';

/**
 * Fills in the names that were left to the endpoints; each endpoint is asked once.
 *
 * @param ask gives the name to use at an address, and throws where it has none.
 */
export async function nameModels(
  models: Readonly<Partial<Record<ModelRole, ModelSettings>>>,
  ask: (baseUrl: string, apiKey: string | undefined) => Promise<string>,
): Promise<Partial<Record<ModelRole, ModelSettings>>> {
  const asked = new Map<string, string>();
  const named: Partial<Record<ModelRole, ModelSettings>> = {};
  for (const [role, settings] of Object.entries(models) as [ModelRole, ModelSettings][]) {
    const { baseUrl, apiKey } = settings;
    const name =
      settings.name === UNNAMED_MODEL ? (asked.get(baseUrl) ?? (await ask(baseUrl, apiKey))) : settings.name;
    if (settings.name === UNNAMED_MODEL) asked.set(baseUrl, name);
    named[role] = { ...settings, name };
  }
  return named;
}
