import { expect, test } from 'vitest';
import { playHouse } from '../../support/play-house.ts';
import { createRecordingStage } from '../../support/recording-stage.ts';

const REPORTER = 'p2';

test('what somebody reported is told to them, handed over, and gone when they are erased', async () => {
  const { engine } = await playHouse({ stage: createRecordingStage('discord', true) });
  engine.audit.note('s1', {
    kind: 'reported',
    text: 'A line was reported.',
    by: REPORTER,
    about: [REPORTER, 'p1'],
    quote: '“REASON-MARK”\n#4 Mara: Good evening.',
  });
  engine.audit.note('s1', {
    kind: 'reported',
    text: 'Another was.',
    by: 'p1',
    about: ['p1'],
    quote: 'OTHER-MARK',
  });
  await engine.audit.settled();
  expect(await engine.privacy.what(REPORTER)).toMatchObject({ reports: 1 });
  const files = JSON.stringify(await engine.privacy.export(REPORTER));
  expect(files).toContain('REASON-MARK');
  expect(files).not.toContain('OTHER-MARK');
  await engine.privacy.erase(REPORTER);
  expect(await engine.privacy.what(REPORTER)).toMatchObject({ reports: 0 });
  await engine.close();
});
