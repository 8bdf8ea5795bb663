import { expect, test } from 'vitest';
import { OWNER, playHouse } from '../../support/play-house.ts';
import { createRecordingStage } from '../../support/recording-stage.ts';
import { scriptedModel } from '../../support/scripted-model.ts';

const SCENE = 'discord:quay';
const CELLAR = 'discord:cellar';
const SERVER = 's1';
const BOB = { id: 'p2', moderator: false };

test('what was thought in a room is read by who was in it, or asks there, whoever else may read thoughts', async () => {
  const model = scriptedModel({ turn: () => '<role_thinking>ROOM-THOUGHT</role_thinking>Hush.' });
  const stage = createRecordingStage('discord', true);
  const { engine } = await playHouse({ stage, models: { actor: model } });
  await engine.start({
    id: SCENE,
    stage: 'discord',
    server: SERVER,
    owner: OWNER,
    cast: ['wenna'],
    preset: 'called-only',
  });
  await engine.setPeek(SCENE, 'everyone');
  await engine.ledger.openRoom(SCENE, { id: CELLAR, name: 'the cellar' });
  await engine.ledger.move(SCENE, 'wenna', CELLAR);
  await engine.next(CELLAR, 'wenna');
  await engine.idle(SCENE);
  const n =
    (await engine.replay(SCENE)).find(({ kind, place }) => kind === 'line' && place === CELLAR)?.n ?? 0;
  await expect(engine.peek(SCENE, n, BOB)).rejects.toThrow('in another place');
  for (const thoughts of [
    await engine.peek(CELLAR, n, BOB),
    await engine.peek(SCENE, n, { ...BOB, moderator: true }),
    await engine.peek(SCENE, n, { id: OWNER.id, moderator: false }),
  ]) {
    expect(thoughts.map(({ text }) => text)).toEqual(['ROOM-THOUGHT']);
  }
  await engine.close();
});
