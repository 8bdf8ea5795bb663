import { expect, test } from 'vitest';
import { OWNER, playHouse } from '../../support/play-house.ts';
import { createRecordingStage } from '../../support/recording-stage.ts';
import { scriptedModel } from '../../support/scripted-model.ts';

const SCENE = 'discord:quay';
const SERVER = 's1';
const MODERATOR = { id: 'p9', moderator: true };

test.each([true, false])(
  'the plan behind a whispered answer is read by moderators only where whispers are logged: %s',
  async (logged) => {
    const model = scriptedModel({
      turn: () => '<system_thinking>She whispered of PLAN-OF-WHISPER.</system_thinking>Hush.',
    });
    const stage = createRecordingStage('discord', true);
    const { engine, store } = await playHouse({ stage, models: { actor: model }, tracing: true });
    await engine.settings.set({ level: 'server', id: SERVER, server: SERVER }, 'logWhispers', logged);
    await engine.start({
      id: SCENE,
      stage: 'discord',
      server: SERVER,
      owner: OWNER,
      cast: ['wenna'],
      preset: 'called-only',
    });
    await engine.whisper(SCENE, { player: OWNER, text: 'Of the letter.', to: ['wenna'] });
    await engine.idle(SCENE);
    const beats = await Array.fromAsync(store.read(`${SCENE}#1`));
    const answer = beats.findLast((beat) => beat.kind === 'whisper' && beat.speaker.id === 'character:wenna');
    const plans = await engine.plans(SCENE, answer?.n ?? 0, MODERATOR);
    expect(plans.join().includes('PLAN-OF-WHISPER')).toBe(logged);
    await engine.close();
  },
);
