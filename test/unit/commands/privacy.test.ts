import { describe, expect, test } from 'vitest';
import type { ReplyFile } from '../../../src/engine/reply-file.ts';
import { openDesk, people } from './typing.ts';

const { passer, manager, starter } = people;

async function played() {
  const desk = await openDesk();
  await desk.type('/scene start cast: Tom, Wenna preset: game-master');
  await desk.type('/say The letter lies in the drawer.', passer);
  await desk.type('/whisper Tom Only you know.', passer);
  return desk;
}

describe('/privacy', () => {
  test('what: how much is stored, or that nothing is', async () => {
    const { type } = await played();
    expect(await type('/privacy what', passer)).toMatch(/1 line, 1 whisper/);
    expect(await type('/privacy what', starter)).toContain('Nothing that you wrote is stored.');
  });

  test('export: all that somebody wrote, and nobody else’s', async () => {
    const { type } = await played();
    await type('/say A line of another.');
    const handed: ReplyFile[] = [];
    await type('/privacy export', passer, {
      replyFiles: async (_text, files) => void handed.push(...files),
    });
    const text = handed.map(({ content }) => content).join('\n');
    expect(text).toContain('The letter lies in the drawer.');
    expect(text).toContain('Only you know.');
    expect(text).not.toContain('A line of another.');
    expect(await type('/privacy export', passer)).toMatch(/^refused: No files can be handed over here/);
  });

  test('delete: asks first, then does it', async () => {
    const { type, engine } = await played();
    const replay = async () => JSON.stringify(await engine.replay('discord:c1'));
    expect(await type('/privacy delete', passer)).toMatch(/confirm: yes does it\.$/);
    expect(await replay()).toContain('in the drawer');
    expect(await type('/privacy delete confirm: yes', passer)).toMatch(/^Deleted: \d entries/);
    expect(await replay()).not.toContain('in the drawer');
    expect(await type('/privacy what', passer)).toContain('Nothing that you wrote');
  });

  test.each([
    '/say Wenna?',
    '/enter',
    '/whisper Tom Hush.',
    '/persona set name: Ann',
    '/ooc Hello.',
    '/cast',
  ])('who opted out cannot use %s, and leaves no trace by it', async (line) => {
    const { type, engine } = await played();
    expect(await type('/privacy opt-out', passer)).toContain('opted out, everywhere');
    const { players } = (await engine.info('discord:c1')) ?? {};
    expect(players?.find(({ actor }) => actor.id === `player:${passer.id}`)?.present).toBe(false);
    const beats = (await engine.info('discord:c1'))?.beats;
    expect(await type(line, passer)).toMatch(/^refused: You have opted out/);
    expect((await engine.info('discord:c1'))?.beats).toBe(beats);
    expect(await type('/privacy opt-in choices: yes', passer)).toContain('Your choices are counted');
    expect(await type('/enter', passer)).not.toContain('refused');
  });

  test('who moderates may go on moderating', async () => {
    const { type } = await played();
    await type('/privacy opt-out', manager);
    expect(await type('/config show', manager)).not.toContain('refused');
    expect(await type('/privacy opt-in', manager)).toContain('Your choices are not counted');
  });
});
