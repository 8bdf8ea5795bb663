import { tmpdir } from 'node:os';
import { describe, expect, test } from 'vitest';
import { commands } from '../../../../commands/index.ts';
import { createInk } from '../../../../src/stage/terminal/ink.ts';
import { openPrompt, runPrompt } from '../../../../src/stage/terminal/prompt.ts';
import { createPromptSurface } from '../../../../src/stage/terminal/prompt-surface.ts';
import { createTerminalStage } from '../../../../src/stage/terminal/terminal-stage.ts';
import { createTypist } from '../../../../src/stage/terminal/typist.ts';
import { playHouse } from '../../../support/play-house.ts';
import { smallLibrary } from '../../../support/small-library.ts';
import { captureTerminal } from '../../cli/capture.ts';

const scene = 'terminal:test';
const who = { id: 'you', name: 'Mara', manager: true, operator: true };

/** The prompt of `dramatis play` over the real engine; `keys` are pressed, `screen` is read. */
async function sitDown() {
  const terminal = captureTerminal();
  const library = smallLibrary();
  const { engine } = await playHouse({ library });
  const controller = new AbortController();
  const prompt = openPrompt(terminal.input, terminal.output, (line) => typist.complete(line));
  const surface = createPromptSurface(prompt, terminal.output, who.name, createInk(false));
  const stage = createTerminalStage({ surface });
  const typist = createTypist({
    engine,
    library,
    commands,
    place: { scene, stage: 'terminal', quiet: true },
    who,
    signal: controller.signal,
    folder: tmpdir(),
    reply: surface.aside,
    typed: stage.typed,
  });
  engine.attach(stage);
  await engine.start({ id: scene, stage: 'terminal', owner: who, script: 'harbour', seed: 1 });
  let over = false;
  const run = runPrompt({
    prompt,
    typist,
    surface,
    output: terminal.output,
    stop: () => engine.stop(scene),
    rest: () => engine.idle(scene),
    signal: controller.signal,
  }).then(() => {
    over = true;
  });
  return {
    ...terminal,
    engine,
    controller,
    run,
    prompt,
    surface,
    over: () => over,
    keys: (text: string) => terminal.input.write(text),
    sees: (text: string) => expect.poll(terminal.screen).toContain(text),
  };
}

describe('the prompt', () => {
  test('shows the scene, offers its choices by number, and takes one', async () => {
    const { keys, sees, screen, run } = await sitDown();
    await sees('Tom Reddick: *ties a knot* Never.');
    await sees('2) Whisper to Tom (whispered)');
    keys('1\r');
    await sees('Mara: Is there a boat tonight?');
    await sees('Tom Reddick: I row.');
    keys('/quit\r');
    await run;
    expect(screen()).toContain('Mara › ');
  });

  test('a number that is no choice is not said', async () => {
    const { keys, sees, screen, run } = await sitDown();
    await sees('2) Whisper to Tom (whispered)');
    keys('7\r');
    await sees('There is no choice 7: take one from 1 to 2');
    keys('/quit\r');
    await run;
    expect(screen().split('There is no choice')[1]).not.toContain('is thinking');
  });

  test('does not repeat what was typed, and says who is thinking', async () => {
    const { keys, sees, screen, run } = await sitDown();
    await sees('1) Ask for the boat');
    keys('Could we still cross by ferry?\r');
    await sees('Tom Reddick: I row.');
    expect(screen()).not.toContain('Mara: Could we');
    expect(screen()).toContain('Old Wenna is thinking… Mara › ');
    keys('\u0004');
    await run;
  });

  test('mistakes are told and lose nothing', async () => {
    const { keys, sees, screen, run } = await sitDown();
    await sees('1) Ask for the boat');
    keys('/sumon Ines\r');
    await sees('Did you mean /summon?');
    keys('/summon Inez\r');
    await sees('Did you mean Ines?');
    keys('/help\r');
    await sees('  /summon     Bring a character into the scene');
    expect(screen().split('1) Ask for the boat')).toHaveLength(2);
    keys('/quit\r');
    await run;
  });

  test('TAB completes a command', async () => {
    const { keys, sees, run, prompt } = await sitDown();
    await sees('1) Ask for the boat');
    keys('/summ\t');
    await expect.poll(() => prompt.line).toBe('/summon ');
    keys('\r/quit\r');
    await run;
  });

  test('Ctrl-C leaves where nothing is being made', async () => {
    const { keys, sees, run, screen } = await sitDown();
    await sees('1) Ask for the boat');
    keys('\u0003');
    await run;
    // Whatever comes next stands in the place of the prompt.
    expect(screen().endsWith('\u001b[1G\u001b[2K')).toBe(true);
  });

  test('may be left while someone thinks: what the scene still says does no harm', async () => {
    const { keys, sees, run, surface, screen } = await sitDown();
    await sees('1) Ask for the boat');
    keys('/quit\r');
    await run;
    surface.typing(undefined);
    surface.typing('Old Wenna');
    surface.aside('The moment passes.');
    expect(screen().endsWith('The moment passes.\n')).toBe(true);
  });

  test('ends with the scene, and with the program', async () => {
    const first = await sitDown();
    await first.sees('1) Ask for the boat');
    first.keys('/scene end\r');
    await first.run;
    const second = await sitDown();
    await second.sees('1) Ask for the boat');
    second.controller.abort();
    await second.run;
    expect(second.over()).toBe(true);
  });
});
