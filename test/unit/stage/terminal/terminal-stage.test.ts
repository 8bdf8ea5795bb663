import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { describe, expect, onTestFinished, test } from 'vitest';
import { commands } from '../../../../commands/index.ts';
import type { Engine } from '../../../../src/engine/engine-api.ts';
import { createInk } from '../../../../src/stage/terminal/ink.ts';
import { createJsonSurface, createTextSurface } from '../../../../src/stage/terminal/surface.ts';
import { createTerminalStage } from '../../../../src/stage/terminal/terminal-stage.ts';
import { createTypist } from '../../../../src/stage/terminal/typist.ts';
import { playHouse } from '../../../support/play-house.ts';
import { smallLibrary } from '../../../support/small-library.ts';

const scene = 'terminal:test';
const you = { id: 'you', name: 'Mara' };

/** A scene in a terminal, as text or JSON; `end` is all that was written to stdout and stderr. */
async function played(json: boolean, act: (engine: Engine) => Promise<void>) {
  const out = new PassThrough();
  const err = new PassThrough();
  const { engine } = await playHouse({ library: smallLibrary() });
  const surface = json ? createJsonSurface(out, err) : createTextSurface(out, createInk(false));
  engine.attach(createTerminalStage({ surface }));
  await engine.start({ id: scene, stage: 'terminal', owner: you, cast: ['wenna', 'tom'], seed: 1 });
  await act(engine);
  await engine.idle(scene);
  out.end();
  err.end();
  return { out: await text(out), err: await text(err) };
}

async function whisperToTom(engine: Engine): Promise<void> {
  await engine.whisper(scene, { player: you, text: 'Is the rope sound?', to: ['tom'] });
  await engine.idle(scene);
}

async function goBack(engine: Engine): Promise<void> {
  await engine.narrate(scene, 'A gull.');
  await engine.narrate(scene, 'A bell.');
  const gull = (await engine.replay(scene)).find(({ segments }) => segments[0]?.text === 'A gull.');
  await engine.past.rewind(scene, gull?.n ?? 0);
}

async function inTheCellar(engine: Engine): Promise<void> {
  await engine.ledger.openRoom(scene, { id: `${scene}/cellar`, name: 'Cellar' });
  await engine.narrate(`${scene}/cellar`, 'A rat.');
}

describe('in a terminal', () => {
  test('a whisper is printed as one', async () => {
    const { out } = await played(false, whisperToTom);
    expect(out).toMatch(/^\(whispering to you\) Tom Reddick: .+/m);
  });

  test('what happens in a room says where', async () => {
    const { out } = await played(false, inTheCellar);
    expect(out).toMatch(/^\[Cellar\] \*A rat\.\*$/m);
  });

  test('where the story went back the last lines that stand are shown again', async () => {
    const { out } = await played(false, goBack);
    const [, since = ''] = out.split('The story goes on from before.');
    expect(since).toContain('A gull.');
    expect(since).not.toContain('A bell.');
  });

  test('a line that reads otherwise is printed anew', async () => {
    const { out } = await played(false, async (engine) => {
      const line = (await engine.replay(scene)).find(({ kind }) => kind === 'line');
      await engine.past.reword(scene, line?.n ?? 0, 'Not today.');
    });
    expect(out).toMatch(/^Old Wenna: Not today\.$/m);
  });
});

describe('with --json', () => {
  test('stdout holds what the room perceives and nothing else', async () => {
    const { out, err } = await played(true, async (engine) => {
      await whisperToTom(engine);
      await inTheCellar(engine);
      await goBack(engine);
    });
    const beats = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    for (const beat of beats)
      expect(Object.keys(beat)).toEqual(['beat', 'kind', 'speaker', 'text', 'segments']);
    expect(beats.filter(({ text: said }) => said === '*A gull.*')).toHaveLength(1);
    expect(out).not.toContain('whispering');
    expect(err).toMatch(/^\(whispering to you\) Tom Reddick: .+/m);
    expect(err).toContain('The story goes on from before.');
  });
});

test('files that a command hands over are saved beside each other, and none is written over', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'dramatis-files-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const said: string[] = [];
  await played(false, async (engine) => {
    const typist = createTypist({
      engine,
      library: smallLibrary(),
      commands,
      place: { scene, stage: 'terminal', quiet: true },
      who: { ...you, manager: true, operator: true },
      signal: new AbortController().signal,
      folder,
      reply: (line) => said.push(line),
      typed: () => {},
    });
    await typist.enter('/scene export');
    await typist.enter('/scene export');
  });
  expect((await readdir(folder)).sort()).toEqual(
    ['a-scene-2.html', 'a-scene-2.md', 'a-scene.html', 'a-scene.md'].sort(),
  );
  expect(said.join('\n')).toContain(join(folder, 'a-scene.html'));
  expect(await readFile(join(folder, 'a-scene.md'), 'utf8')).toContain('# A scene');
});
