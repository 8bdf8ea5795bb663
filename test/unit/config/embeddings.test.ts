import { describe, expect, test } from 'vitest';
import { readEnvironment } from '../../../src/config/environment.ts';

const read = (env: Record<string, string>) => readEnvironment(env, '/nowhere/models.yaml').embed;
const LOCAL = { OPENAI_BASE_URL: 'http://127.0.0.1:1/v1', OPENAI_API_KEY: 'sk-general', MODEL: 'chat' };

describe('the embeddings model', () => {
  test('is none unless it is named, whatever plays the parts', () => {
    expect(read(LOCAL)).toBeUndefined();
    expect(read({ MODEL_EMBED: 'embedder' })).toBeUndefined();
    expect(read({ ...LOCAL, MODEL: 'understudy', MODEL_EMBED: 'embedder' })).toBeUndefined();
  });

  test('takes the general address and its key', () => {
    expect(read({ ...LOCAL, MODEL_EMBED: 'embedder' })).toMatchObject({
      name: 'embedder',
      baseUrl: LOCAL.OPENAI_BASE_URL,
      apiKey: 'sk-general',
    });
  });

  test('at an address of its own does not take the general key along', () => {
    const own = { ...LOCAL, MODEL_EMBED: 'embedder', MODEL_EMBED_URL: 'http://127.0.0.1:2/v1' };
    expect(read(own)).not.toHaveProperty('apiKey');
    expect(read({ ...own, MODEL_EMBED_KEY: 'sk-own' })).toMatchObject({
      baseUrl: 'http://127.0.0.1:2/v1',
      apiKey: 'sk-own',
    });
  });

  test('at OpenAI needs a key like any other', () => {
    const env = { ...LOCAL, MODEL_EMBED: 'embedder', MODEL_EMBED_URL: 'https://api.openai.com/v1' };
    expect(() => read(env)).toThrow(/OPENAI_API_KEY is needed/);
  });
});
