import { readFileSync } from 'node:fs';
import { readPngTexts } from '../../src/cast/cards/png-text.ts';
import { type CastFile, readCastFile } from '../../src/cast/cards/read-cast-file.ts';
import { CastFileError } from '../../src/cast/cast-file-error.ts';
import type { Character } from '../../src/cast/character.ts';
import { fixtureFiles, madeFiles, type NamedFile } from '../../test/support/card-files.ts';
import type { Fuzz, FuzzResult } from './fuzz-run.ts';
import { createDraw, mutated } from './mutate.ts';

/** Longer than this, for files of a few kilobytes, is a hang. Milliseconds. */
const SLOW = 2000;

/** A whole card in our own format. */
const SHIPPED: NamedFile = {
  name: 'mr-darcy.yaml',
  bytes: readFileSync(new URL('../../characters/mr-darcy.yaml', import.meta.url)),
};

export const cards: Fuzz = {
  name: 'cards',
  about: 'damaged card files: each is read or refused in one line, soon, and nothing hidden comes out',
  count: 10_000,
  async run({ count, seed }): Promise<FuzzResult> {
    const files = [...fixtureFiles(), ...madeFiles(), SHIPPED];
    const draw = createDraw(seed);
    const faults: string[] = [];
    const kinds = { cards: 0, world: 0, chat: 0, refused: 0 };
    let slowest = { ms: 0, n: 0, name: '' };
    for (let n = 0; n < count; n++) {
      const file = mutated(files, draw);
      const start = performance.now();
      const { kind, fault } = readOne(file);
      const ms = performance.now() - start;
      kinds[kind] += 1;
      if (fault) faults.push(`file ${n} (from ${file.name}, seed ${seed}): ${fault}`);
      if (ms > SLOW) faults.push(`file ${n} (from ${file.name}, seed ${seed}): took ${Math.round(ms)} ms`);
      if (ms > slowest.ms) slowest = { ms, n, name: file.name };
    }
    return {
      figures: {
        files: count,
        seed,
        read: kinds.cards,
        worlds: kinds.world,
        chats: kinds.chat,
        refused: kinds.refused,
        faults: faults.length,
        slowest_ms: Math.round(slowest.ms),
        slowest: `${slowest.n} (from ${slowest.name})`,
      },
      faults,
    };
  },
};

type Outcome = { readonly kind: CastFile['kind'] | 'refused'; readonly fault?: string };

function readOne({ name, bytes }: NamedFile): Outcome {
  try {
    const file = readCastFile(bytes, name);
    if (file.kind !== 'cards') return { kind: file.kind };
    const [fault] = file.readings.flatMap(({ character }) => hiddenIn(character));
    return { kind: 'cards', ...(fault === undefined ? {} : { fault }) };
  } catch (error) {
    if (!(error instanceof CastFileError)) return { kind: 'refused', fault: String(error) };
    return { kind: 'refused', ...(isOneLine(error.message) ? {} : { fault: `says ${error.message}` }) };
  }
}

function isOneLine(message: string): boolean {
  return message.length < 1000 && !message.includes('\n');
}

/** What may stand in no character, whatever its card holds. */
function hiddenIn(character: Character): string[] {
  const { greeting, alternateGreetings, groupGreetings, examples, declines, avatar } = character;
  const lines = [greeting, ...alternateGreetings, ...groupGreetings, ...examples, ...declines];
  return [
    ...(lines.some((line) => /<\/?system_thinking>/.test(line)) ? ['a plan is left in a line'] : []),
    ...(avatar?.type === 'bytes' && avatar.mime === 'image/png' && readPngTexts(avatar.bytes).length > 0
      ? ['a text is left in the picture']
      : []),
    ...(/[<＜]\/?(?:role|system)_/.test(character.description) ? ['a tag is left in a field'] : []),
  ];
}
