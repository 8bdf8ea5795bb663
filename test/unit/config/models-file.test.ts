import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { modelLayerSchema } from '../../../src/config/model-layers.ts';
import { readModelsFile } from '../../../src/config/models-file.ts';
import { OperatorError } from '../../../src/errors.ts';
import { modelSettingsSchema } from '../../../src/model/model-settings.ts';

const folder = mkdtempSync(join(tmpdir(), 'dramatis-models-'));
afterAll(() => rmSync(folder, { recursive: true }));
const path = join(folder, 'models.yaml');

function refusal(yaml: string): string {
  writeFileSync(path, yaml);
  try {
    readModelsFile(path);
  } catch (error) {
    expect(error).toBeInstanceOf(OperatorError);
    return (error as OperatorError).message;
  }
  return expect.fail('nothing was refused');
}

describe('models.yaml', () => {
  test('may be absent, empty, or nothing but comments', () => {
    expect(readModelsFile(join(folder, 'none.yaml'))).toEqual({});
    for (const text of ['', '# later\n']) {
      writeFileSync(path, text);
      expect(readModelsFile(path)).toEqual({});
    }
  });

  test('gives what it says and fills nothing in', () => {
    writeFileSync(path, 'actor:\n  name: a\n  extraBody: { top_k: 40 }\ndefault: { planning: short }\n');
    expect(readModelsFile(path)).toEqual({
      actor: { name: 'a', extraBody: { top_k: 40 } },
      default: { planning: 'short' },
    });
  });

  test('knows every setting of a model', () => {
    expect(modelLayerSchema.keyof().options).toEqual(modelSettingsSchema.keyof().options);
  });

  test('as it is shown in models.example.yaml can be read', () => {
    const example = readModelsFile(fileURLToPath(new URL('../../../models.example.yaml', import.meta.url)));
    expect(Object.keys(example)).toEqual(['default', 'actor', 'director', 'narrator', 'judge']);
  });

  test.each([
    ['actor:\n  temperature: 9\n', 'models.yaml line 2: actor.temperature is wrong'],
    ['\n\nactor:\n  name: a\n  temprature: 1\n', 'models.yaml line 5: actor.temprature is no setting'],
    ['actress: {}\n', 'models.yaml line 1: actress is no setting'],
    ['judge:\n  baseUrl: here\n', 'models.yaml line 2: judge.baseUrl is wrong'],
    ['actor:\n  extraBody:\n    - 1\n', 'models.yaml line 2: actor.extraBody is wrong'],
    ['- actor\n', 'models.yaml line 1: the file is wrong'],
    ['actor:\n  name: a\n  name: b\n', 'models.yaml line 3 is not valid YAML'],
    ['actor: {\n', 'is not valid YAML'],
  ])('%j is refused with the line', (yaml, message) => {
    expect(refusal(yaml)).toContain(message);
  });

  test('tells all problems, and quotes no value', () => {
    const message = refusal('actor:\n  apiKey: [hunter2]\n  name: 5\njudge:\n  contextSize: hunter2\n');
    expect(message.split('\n')).toHaveLength(3);
    expect(message).not.toContain('hunter2');
    expect(refusal('actor:\n  apiKey: "hunter2\n')).not.toContain('hunter2');
    expect(refusal('actor:\n  apiKey: *hunter2\n')).not.toContain('hunter2');
  });

  test('that cannot be read is one clear line', () => {
    const directory = join(folder, 'folder.yaml');
    mkdirSync(directory);
    expect(() => readModelsFile(directory)).toThrow('folder.yaml cannot be read');
  });
});
