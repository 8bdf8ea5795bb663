import { expect, test } from 'vitest';
import { scenesIn } from '../../../src/cli/lab/origin/what-may-train.ts';
import { gatherKeepsake } from '../../../src/engine/keepsake/gather-keepsake.ts';
import { renderKeepsakeHtml } from '../../../src/engine/keepsake/render-keepsake-html.ts';
import { renderKeepsakeMarkdown } from '../../../src/engine/keepsake/render-keepsake-markdown.ts';
import { isMarkedDiscord } from '../../../src/scene/origin.ts';
import { openStore } from '../../../src/store/open-store.ts';
import { OWNER, playHouse } from '../../support/play-house.ts';
import { createRecordingStage } from '../../support/recording-stage.ts';
import { smallLibrary } from '../../support/small-library.ts';

const never = new AbortController().signal;

test.each([
  ['discord', 'discord', true],
  ['web', 'local', false],
] as const)(
  'what is played on %s is of %s origin, and so is a branch and a keepsake of it',
  async (stage, origin, marked) => {
    const store = await openStore('memory:');
    const library = smallLibrary();
    const { engine } = await playHouse({ store, library, stage: createRecordingStage(stage) });
    const id = `${stage}:one`;
    await engine.start({ id, stage, owner: OWNER, cast: ['tom'] });
    await engine.join(id, OWNER);
    await engine.hear(id, { player: OWNER, text: 'Tom, the boat.' });
    await engine.idle(id);
    const beats = (await engine.info(id))?.beats ?? 0;
    await engine.past.branch(id, beats, { id: `${stage}:two`, owner: OWNER });
    await engine.idle(`${stage}:two`);
    await engine.narrate(`${stage}:two`, 'A gull.');
    expect(await Array.fromAsync(scenesIn(store, never))).toEqual([
      { name: id, origin },
      { name: `${stage}:two`, origin },
    ]);
    const keepsake = await gatherKeepsake(engine, library, `${stage}:two`, { id: OWNER.id, moderator: true });
    for (const file of [renderKeepsakeHtml(keepsake), renderKeepsakeMarkdown(keepsake)]) {
      expect(isMarkedDiscord(String(file))).toBe(marked);
    }
    await engine.close();
  },
);
