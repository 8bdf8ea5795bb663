import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { CliCommand } from '../../../src/cli/cli-command.ts';
import { doctor } from '../../../src/cli/doctor/doctor.ts';
import { modelPlace } from '../../../src/cli/house-facts.ts';
import { lab } from '../../../src/cli/lab/lab.ts';
import { play } from '../../../src/cli/play/play.ts';
import { runCli } from '../../../src/cli/run-cli.ts';
import { readEnvironment } from '../../../src/config/environment.ts';
import { render } from '../../../src/words/render.ts';
import { listed } from '../../support/listed-command.ts';
import { captureIo } from './capture.ts';

const folder = mkdtempSync(join(tmpdir(), 'dramatis-gguf-'));
afterAll(() => rmSync(folder, { recursive: true }));
const notOne = join(folder, 'letter.gguf');
writeFileSync(notOne, 'Dear sir,');

async function run(command: CliCommand, name: string, args: readonly string[], env: Record<string, string>) {
  const { io, out, err } = captureIo('', { env: { STORE_URL: 'memory:', ...env } });
  const code = await runCli([name, ...args], [listed(name, command)], io);
  return { code, out: out(), err: err() };
}

describe('a file as the model', () => {
  test('play says in one line what is wrong with it, and nothing plays', async () => {
    const { code, out, err } = await run(play, 'play', ['--turns', '1'], { MODEL: `gguf:${notOne}` });
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toBe(`dramatis play: ${notOne} is not a GGUF file: those begin with the letters GGUF\n`);
  });

  test('a name without a path is bad use', async () => {
    const { code, err } = await run(play, 'play', ['--turns', '1'], { MODEL_DIRECTOR: 'gguf:' });
    expect(code).toBe(2);
    expect(err).toContain('MODEL_DIRECTOR must go on with the path of a file after gguf:');
  });

  test('doctor looks at it, and asks no endpoint', async () => {
    const missing = join(folder, 'none.gguf');
    const { code, out } = await run(doctor, 'doctor', [], { MODEL: `gguf:${missing}` });
    expect(code).toBe(1);
    expect(out).toContain(`TO DO  model (actor): there is no file ${missing}`);
  });

  test('the lab says that it needs a server', async () => {
    const args = ['eval', 'coser', '--out', join(folder, 'out'), '--limit', '1'];
    const { code, err } = await run(lab, 'lab', args, { MODEL: `gguf:${notOne}` });
    expect(code).toBe(2);
    expect(err).toContain('letter.gguf is a file, and in the lab models are asked over HTTP');
  });

  test('people are shown its name and that text stays here', () => {
    const { models } = readEnvironment({ MODEL: `gguf:${notOne}` }, join(folder, 'none.yaml'));
    const place = modelPlace({ models }, 'letter.gguf');
    expect(place && render(place)).toBe('on this machine');
  });
});
