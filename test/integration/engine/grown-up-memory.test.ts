import { expect, test } from 'vitest';
import { promptOf } from '../../support/answering-model.ts';
import { OWNER, playHouse } from '../../support/play-house.ts';
import { createRecordingStage } from '../../support/recording-stage.ts';
import { scriptedModel } from '../../support/scripted-model.ts';
import { smallCharacter, smallLibrary } from '../../support/small-library.ts';

const SERVER = 's1';
const CLOSED = 'discord:cellar';

/** A character who remembers across the server, and a scene of theirs in a place for adults that is over. */
async function open() {
  const model = scriptedModel({ turn: (name) => `A word of ${name}.` });
  const marked = new Set([CLOSED, 'discord:attic']);
  const stage = {
    ...createRecordingStage('discord', true),
    ageRestricted: ({ id }: { readonly id: string }) => marked.has(id),
  };
  const wenna = smallCharacter('wenna', 'Old Wenna', { age: 70 });
  const { engine } = await playHouse({ stage, models: { actor: model }, library: smallLibrary([wenna]) });
  await engine.settings.set({ level: 'server', id: SERVER, server: SERVER }, 'ageRestricted', true);
  const begin = (id: string) =>
    engine.start({
      id,
      stage: 'discord',
      server: SERVER,
      owner: OWNER,
      cast: ['wenna'],
      preset: 'called-only',
    });
  await begin(CLOSED);
  await engine.ledger.setServerMemory(CLOSED, 'wenna', true);
  await engine.hear(CLOSED, { player: OWNER, text: 'Wenna, the GROWNUPMARK lies in the cellar.' });
  await engine.idle(CLOSED);
  await engine.end(CLOSED);
  const askedIn = async (id: string) => {
    await begin(id);
    await engine.idle(id);
    await engine.next(id, 'wenna');
    await engine.idle(id);
    const asked = model.asked.at(-1);
    return asked ? promptOf(asked.request) : '';
  };
  return { engine, askedIn };
}

test('what happened where only adults are is remembered there, and nowhere else', async () => {
  const { engine, askedIn } = await open();
  expect(await askedIn('discord:attic')).toContain('GROWNUPMARK');
  expect(await askedIn('discord:tavern')).not.toContain('GROWNUPMARK');
  await engine.close();
});
