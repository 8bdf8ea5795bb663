import { describe, expect, test } from 'vitest';
import { OperatorError } from '../../../../src/errors.ts';
import { loadLlama } from '../../../../src/model/gguf/load-llama.ts';

function nothing(): never {
  throw new Error('Nobody calls this.');
}
const whole = {
  getModuleVersion: async () => '3.22.1',
  getLlama: nothing,
  LlamaChat: class {},
  readGgufFileInfo: nothing,
  GgufInsights: Object.assign(nothing, { from: nothing }),
};

async function refusal(importPackage: () => Promise<unknown>): Promise<string> {
  const error: unknown = await loadLlama(importPackage).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(OperatorError);
  return (error as OperatorError).message;
}

describe('loadLlama', () => {
  test('takes the package as it is', async () => {
    await expect(loadLlama(async () => whole)).resolves.toBe(whole);
  });

  test('asks for the package by name and says how to install it', async () => {
    const asked: string[] = [];
    await refusal(async () => {
      throw Object.assign(new Error('Cannot find package'), { code: 'ERR_MODULE_NOT_FOUND' });
    }).then((message) =>
      expect(message).toBe(
        'To play a GGUF file in this process, install what it takes: npm i node-llama-cpp',
      ),
    );
    await loadLlama(async (name) => {
      asked.push(name);
      return whole;
    });
    expect(asked).toEqual(['node-llama-cpp']);
  });

  test('a package that breaks while it loads is not taken for one that is missing', async () => {
    const message = await refusal(async () => {
      throw Object.assign(new Error('dlopen'), { code: 'ERR_DLOPEN_FAILED' });
    });
    expect(message).toContain('cannot be loaded (ERR_DLOPEN_FAILED)');
  });

  test.each(['2.8.16', '3.21.9', '0.0.1'])('%s is too old', async (version) => {
    const message = await refusal(async () => ({ ...whole, getModuleVersion: async () => version }));
    expect(message).toContain(`node-llama-cpp ${version} is too old, 3.22 or later is needed`);
  });

  test('so is one that cannot say what it is', async () => {
    const { getModuleVersion: _gone, ...rest } = whole;
    expect(await refusal(async () => rest)).toContain('of unknown version is too old');
  });

  test.each(['getLlama', 'LlamaChat', 'readGgufFileInfo', 'GgufInsights'])(
    'one without %s is refused',
    async (name) => {
      const later = { ...whole, getModuleVersion: async () => '4.0.0', [name]: undefined };
      expect(await refusal(async () => later)).toContain('node-llama-cpp 4.0.0 is not the package');
    },
  );
});
