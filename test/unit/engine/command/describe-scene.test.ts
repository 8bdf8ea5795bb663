import { expect, test } from 'vitest';
import { describeScene } from '../../../../src/engine/command/describe-scene.ts';
import type { SceneInfo } from '../../../../src/engine/engine-api.ts';
import { ENVIRONMENT } from '../../../../src/scene/beat.ts';
import { render } from '../../../../src/words/render.ts';
import { playHouse } from '../../../support/play-house.ts';
import { createRecordingStage } from '../../../support/recording-stage.ts';

async function sceneInfo(): Promise<SceneInfo> {
  const { engine } = await playHouse({ stage: createRecordingStage('discord') });
  const id = 'discord:222222222222222222' as const;
  const owner = { id: 'p1', name: 'Mara' };
  const place = { id, stage: 'discord', server: '111111111111111111' } as const;
  await engine.start({ ...place, owner, cast: ['wenna'], preset: 'game-master' });
  const info = await engine.info(id);
  await engine.close();
  if (!info) throw new Error('there is no scene');
  return info;
}

test('the Environment is the Narrator to people, in their language', async () => {
  const info = { ...(await sceneInfo()), making: ENVIRONMENT, why: 'it rains' };
  expect(render(describeScene(info))).toContain('Next: the Narrator, it rains.');
  expect(render(describeScene(info), 'de')).toContain('der Erzähler, it rains.');
});

test('whose choices are counted, and what is kept with them, is told where anybody’s are', async () => {
  const info = await sceneInfo();
  expect(render(describeScene(info))).not.toContain('Choices');
  const choicesOf = ['Mara', 'Tom', 'Ines'].map((name) => ({ id: `player:${name}`, name }));
  expect(render(describeScene({ ...info, choicesOf }))).toContain(
    'Choices of Mara, Tom and Ines are counted (which version, never the words).',
  );
  const record = { ...info.record, stage: 'web', origin: 'local' } as const;
  expect(render(describeScene({ ...info, record, choicesOf }))).toContain(
    'are counted, with the lines that they are about.',
  );
});
