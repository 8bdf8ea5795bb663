import { expect, test } from 'vitest';
import { createEngine } from '../../../src/engine/engine.ts';
import { levelsOfScene } from '../../../src/engine/settings/levels-of-place.ts';
import { openStore } from '../../../src/store/open-store.ts';
import { createRecordingStage } from '../../support/recording-stage.ts';
import { smallCharacter, smallLibrary } from '../../support/small-library.ts';

test('a room is spoken to as it was set, else as its server is', async () => {
  const store = await openStore('memory:');
  const engine = createEngine({ store, library: smallLibrary([smallCharacter('tom', 'Tom')]) });
  try {
    let tag: string | undefined = 'de-AT';
    engine.attach({ ...createRecordingStage('web'), language: () => tag });
    const owner = { id: '1', name: 'Alice' };
    const wanted = {
      id: 'web:1',
      stage: 'web',
      owner,
      title: 'A room',
      preset: 'called-only',
      origin: 'local',
    } as const;
    const record = await engine.start(wanted);
    expect(engine.locale(record)).toBe('de');
    tag = 'pt-BR';
    expect(engine.locale(record)).toBe('en');
    tag = undefined;
    expect(engine.locale(record)).toBe('en');
    const level = levelsOfScene(record).find((one) => one.level === 'scene');
    if (!level) throw new Error('A scene has a level of its own.');
    await engine.settings.set(level, 'language', 'de');
    expect(engine.locale(record)).toBe('de');
  } finally {
    await engine.close();
    await store.close();
  }
});
