import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { portraitOf } from '../../../../src/engine/keepsake/portrait.ts';
import { smallCharacter } from '../../../support/small-library.ts';

const CARD = new URL('../../../fixtures/cards/pilot.png', import.meta.url);

async function beside(name: string, bytes: Uint8Array): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'dramatis-portrait-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, name), bytes);
  return join(folder, name);
}

test('a picture that is a card itself is taken without the card in it', async () => {
  const card = await readFile(CARD);
  expect(card.includes('tEXt')).toBe(true);
  const path = await beside('tom.png', card);
  const portrait = await portraitOf(smallCharacter('tom', 'Tom', { avatar: { type: 'file', path } }));
  expect(portrait?.mime).toBe('image/png');
  expect(Buffer.from(portrait?.bytes ?? []).includes('tEXt')).toBe(false);
  expect(Buffer.from(portrait?.bytes ?? []).includes('IDAT')).toBe(true);
});

test('one that is missing, too large or of another kind is left out', async () => {
  const large = await beside('large.webp', new Uint8Array(600 * 1024));
  const vector = await beside('tom.svg', new TextEncoder().encode('<svg/>'));
  for (const path of [large, vector, '/nowhere/tom.png']) {
    expect(
      await portraitOf(smallCharacter('tom', 'Tom', { avatar: { type: 'file', path } })),
    ).toBeUndefined();
  }
  expect(await portraitOf(smallCharacter('tom', 'Tom'))).toBeUndefined();
});
