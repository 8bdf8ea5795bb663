import { describe, expect, test } from 'vitest';
import { commands } from '../../../commands/index.ts';
import type { Place } from '../../../src/engine/command/command.ts';
import { completeTypedCommand } from '../../../src/engine/command/typed-completion.ts';
import { answeringModel } from '../../support/answering-model.ts';
import { CHANNEL, type Desk, openDesk, people } from './typing.ts';

const THREAD: Place = { ...CHANNEL, scene: 'discord:t1', parent: 'c1' };

async function startedDesk(): Promise<Desk> {
  const desk = await openDesk({ models: { actor: answeringModel() } });
  await desk.type('/scene start cast: Tom, Wenna preset: game-master setting: The quay');
  return desk;
}

/** The number of the newest beat that a menu shows with these words. */
async function beatWith({ context }: Desk, words: string): Promise<string> {
  const [found] = await completeTypedCommand(`/rewind to: ${words}`, commands, context());
  return found?.text.split(' ').at(-1) ?? 'none';
}

describe('/swipe and /edit', () => {
  test('the last line of a character has other versions', async () => {
    const desk = await startedDesk();
    const { type } = desk;
    await type('/next Wenna');
    const n = await beatWith(desk, 'Said');
    expect(await type('/swipe')).toBe(`#${n} reads as version 2 of 2 now.`);
    expect(await type('/swipe previous')).toBe(`#${n} reads as version 1 of 2 now.`);
    expect(await type('/swipe previous')).toContain('refused: This is the first version.');
    expect(await type('/swipe again')).toBe(`#${n} reads as version 3 of 3 now.`);
    expect(await type('/swipe', people.passer)).toMatch(/^refused: /);
  });

  test('a line of a character reads otherwise for everyone', async () => {
    const desk = await startedDesk();
    await desk.type('/next Wenna');
    const n = await beatWith(desk, 'Said');
    expect(await desk.type(`/edit #${n} *nods* The tide is EDITED.`)).toContain(
      `#${n} reads so from now on.`,
    );
    expect(await desk.type('/knows Tom EDITED')).toContain(`#${n} Old Wenna: *nods* The tide is EDITED.`);
    expect(await desk.type('/edit 1 Nothing.')).toMatch(/^refused: /);
    expect(await desk.type(`/edit ${n} Nothing.`, people.passer)).toMatch(/^refused: Only the one who/);
  });
});

describe('/rewind, /branch and /reset', () => {
  test('what came after a beat happened to nobody', async () => {
    const desk = await startedDesk();
    await desk.type('/say The first.');
    const n = await beatWith(desk, 'The first');
    await desk.type('/say The LATER.');
    expect(await desk.type(`/rewind #${n}`)).toBe(
      `The scene goes on from #${n}. 1 beat was left behind, and nobody remembers.`,
    );
    expect(await desk.type('/knows Tom LATER')).toContain('witnessed nothing');
    expect(await desk.type('/knows Tom first')).toContain('The first.');
    expect(await desk.type('/rewind 999')).toMatch(/^refused: /);
  });

  test('“what if” opens a thread with the same minds, and leaves the scene as it is', async () => {
    const desk = await startedDesk();
    await desk.type('/say The first.');
    const n = await beatWith(desk, 'The first');
    await desk.type('/say The LATER.');
    const openThread = async () => THREAD;
    expect(await desk.type(`/branch ${n}`, people.manager, { openThread })).toBe(
      `“What if: The quay” goes on from #${n}, with the same minds.`,
    );
    const there = { place: THREAD };
    expect(await desk.type('/knows Tom first', people.manager, there)).toContain('The first.');
    expect(await desk.type('/knows Tom LATER', people.manager, there)).toContain('witnessed nothing');
    expect(await desk.type('/knows Tom LATER')).toContain('The LATER.');
  });

  test('no thread is opened for a beat that is none, and without threads it is said', async () => {
    const desk = await startedDesk();
    await desk.type('/say The first.');
    let opened = false;
    const openThread = async () => {
      opened = true;
      return THREAD;
    };
    expect(await desk.type('/branch 999', people.manager, { openThread })).toContain(
      'refused: #999 is not part',
    );
    expect(opened).toBe(false);
    const n = await beatWith(desk, 'The first');
    expect(await desk.type(`/branch ${n}`)).toContain('refused: There are no threads here');
  });

  test.each([
    ['conversation', 'The scene is back at its opening.'],
    ['all', 'what was said since is erased.'],
  ])('/reset %s asks first', async (what, expected) => {
    const { type } = await startedDesk();
    await type('/say The LATER.');
    expect(await type(`/reset ${what}`)).toMatch(/^“The quay”, \d+ beats long .* confirm: yes does it\.$/);
    expect(await type('/knows Tom LATER')).toContain('The LATER.');
    expect(await type(`/reset ${what} confirm: yes`)).toContain(expected);
    expect(await type('/knows Tom LATER')).toContain('witnessed nothing');
  });

  test('/reset character forgets for one alone', async () => {
    const { type } = await startedDesk();
    await type('/say The LATER.');
    expect(await type('/reset character')).toBe('refused: Whose memory? Add name: and one of the cast.');
    expect(await type('/reset all Tom')).toBe('refused: To reset Tom alone, choose character.');
    expect(await type('/reset character Tom')).toMatch(/^Tom Reddick would forget all \d+ beats/);
    expect(await type('/reset character Tom confirm: yes')).toBe('Tom Reddick has forgotten all of it.');
    expect(await type('/knows Tom LATER')).toContain('witnessed nothing');
    expect(await type('/knows Wenna LATER')).toContain('The LATER.');
  });
});

const WENT = {
  narration: 'A door bangs below.',
  changes: [{ who: 'Tom Reddick', what: 'leaves', how: 'Tom Reddick leaves by the cellar door.' }],
};

describe('/undo', () => {
  test('someone was there all along whom the Narrator let leave', async () => {
    const narrator = answeringModel({
      async *stream() {
        yield { type: 'text', text: JSON.stringify(WENT) };
      },
    });
    const { type, context } = await openDesk({ models: { actor: answeringModel(), narrator } });
    await type('/scene start cast: Tom, Wenna preset: game-master');
    await type('/next Narrator');
    expect(await type('/map')).not.toContain('Tom');
    const [offered] = await completeTypedCommand('/undo ', commands, context());
    expect(offered?.label).toMatch(/^#\d+ \*Tom Reddick leaves by the cellar door\.\*$/);
    await type('/say You were SAYING?');
    expect(await type('/undo')).toBe(
      'Undone: Tom Reddick is where they were before, as if it had never been told.',
    );
    expect(await type('/map')).toContain('Tom Reddick');
    expect(await type('/knows Tom SAYING')).toContain('You were SAYING?');
    expect(await type('/undo')).toContain('refused: The Narrator told of no coming or going');
  });

  test('where the Narrator told of nothing there is nothing to undo', async () => {
    const { type } = await startedDesk();
    expect(await type('/undo')).toContain('refused: The Narrator told of no coming or going');
    expect(await type('/undo #2')).toContain('refused: Only a coming or going that the Narrator told of');
  });
});
