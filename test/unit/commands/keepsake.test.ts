import { describe, expect, test } from 'vitest';
import type { ReplyFile } from '../../../src/engine/reply-file.ts';
import { render } from '../../../src/words/render.ts';
import { openDesk, people } from './typing.ts';

describe('/scene export', () => {
  test('hands over a page and plain text, without a thought', async () => {
    const { type } = await openDesk();
    await type('/scene start scene: harbour');
    const files: ReplyFile[] = [];
    let said = '';
    await type('/enter', people.passer);
    await type('/scene export', people.passer, {
      async replyFiles(text, handed) {
        said = render(text);
        files.push(...handed);
      },
    });
    expect(said).toContain('The scene as a page');
    expect(files.map(({ name }) => name)).toEqual(['the-last-boat.html', 'the-last-boat.md']);
    for (const { content } of files) {
      expect(content).toContain('Late, Tom.');
      expect(content).not.toMatch(/THOUGHT|PLAN|PRIVATE-CARD|SECRET/);
    }
  });

  test('says so where no file can be handed over', async () => {
    const { type } = await openDesk();
    await type('/scene start scene: harbour');
    expect(await type('/scene export')).toBe(
      'refused: No files can be handed over here: Discord, the local page and the terminal can.',
    );
  });
});

describe('/scene recap', () => {
  test('retells what one witnessed, and no more, also when the scene has ended', async () => {
    const { type } = await openDesk();
    await type('/scene start cast: Tom preset: game-master');
    await type('/say The EARLIER matter.');
    await type('/enter', people.passer);
    await type('/say The later matter.');
    await type('/scene end');
    const said = await type('/scene recap', people.passer);
    expect(said).toContain('The later matter.');
    expect(said).not.toContain('EARLIER');
  });

  test('is for those who were there', async () => {
    const { type } = await openDesk();
    await type('/scene start cast: Tom preset: game-master');
    expect(await type('/scene recap', people.passer)).toBe(
      'refused: Only those who take part in this scene may do that. /enter takes you in.',
    );
  });
});
