import { expect, test } from 'vitest';
import { mergeLayers, UNNAMED_MODEL } from '../../../src/config/model-layers.ts';
import { nameModels } from '../../../src/config/name-models.ts';
import type { ModelSettings } from '../../../src/model/model-settings.ts';

function model(layer: { name?: string; baseUrl: string; apiKey?: string }): ModelSettings {
  return mergeLayers([layer]) ?? expect.fail('no model');
}

test('asks each address once for a name that is missing, and leaves the others', async () => {
  const here = { baseUrl: 'http://here/v1', apiKey: 'k' };
  const asked: unknown[] = [];
  const named = await nameModels(
    { actor: model(here), director: model({ ...here, name: 'small' }), judge: model(here) },
    async (baseUrl, apiKey) => {
      asked.push([baseUrl, apiKey]);
      return 'big';
    },
  );
  expect(asked).toEqual([['http://here/v1', 'k']]);
  expect(Object.entries(named).map(([role, { name }]) => [role, name])).toEqual([
    ['actor', 'big'],
    ['director', 'small'],
    ['judge', 'big'],
  ]);
  expect(named.actor).toEqual({ ...model(here), name: 'big' });
  expect(model(here).name).toBe(UNNAMED_MODEL);
});
