import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { readEnvironment } from '../../../src/config/environment.ts';
import { UNNAMED_MODEL } from '../../../src/config/model-layers.ts';

const read = (env: Record<string, string>) => readEnvironment(env, join('no', 'such.yaml'));
const addressOf = (path: string) => pathToFileURL(resolve(path)).href;

describe('MODEL=gguf:PATH', () => {
  test('is the file in place of an address, and takes no key', () => {
    const { models } = read({ MODEL: 'gguf:./models/a b.gguf', OPENAI_API_KEY: 'sk-1' });
    expect(models.actor).toMatchObject({ name: 'a b.gguf', baseUrl: addressOf('models/a b.gguf') });
    expect(models.director).toEqual(models.actor);
    expect(models.actor).not.toHaveProperty('apiKey');
  });

  test('goes before a general address, which other parts keep', () => {
    const { models } = read({
      MODEL: 'large-1',
      OPENAI_BASE_URL: 'http://gpu-box:8000/v1',
      MODEL_DIRECTOR: 'gguf:/models/small.gguf',
    });
    expect(models.actor).toMatchObject({ name: 'large-1', baseUrl: 'http://gpu-box:8000/v1' });
    expect(models.director).toMatchObject({ name: 'small.gguf', baseUrl: addressOf('/models/small.gguf') });
  });

  test('gives way where one part has an address of its own, whose model that endpoint names', () => {
    const { models } = read({ MODEL: 'gguf:/models/small.gguf', MODEL_JUDGE_URL: 'http://gpu-box:8000/v1' });
    expect(models.judge).toMatchObject({ name: UNNAMED_MODEL, baseUrl: 'http://gpu-box:8000/v1' });
    expect(models.actor).toMatchObject({ name: 'small.gguf' });
  });

  test.each([
    [{ MODEL: 'gguf:' }, 'MODEL must go on with the path of a file after gguf:'],
    [{ MODEL_NARRATOR: 'gguf:  ' }, 'MODEL_NARRATOR must go on with the path of a file after gguf:'],
    [{ MODEL_EMBED: 'gguf:/a.gguf' }, 'MODEL_EMBED cannot be a GGUF file: those only play scenes'],
    [{ MODEL_MODERATION: 'gguf:/a.gguf' }, 'MODEL_MODERATION cannot be a GGUF file: those only play scenes'],
    [{ MODEL: 'small-1', OPENAI_BASE_URL: 'file:///etc/passwd' }, /OPENAI_BASE_URL must be an address/u],
  ])('%o is refused', (env, message) => {
    expect(() => read(env)).toThrow(message);
  });
});
