import { expect, test } from 'vitest';
import { commands } from '../../../../commands/index.ts';
import type { CompletionContext } from '../../../../src/engine/command/command.ts';
import { completeTypedCommand } from '../../../../src/engine/command/typed-completion.ts';
import { smallWorld } from '../../../support/lore-house.ts';
import { playHouse } from '../../../support/play-house.ts';
import { smallBook } from '../../../support/small-book.ts';
import { smallLibrary } from '../../../support/small-library.ts';

async function complete(text: string) {
  const { engine } = await playHouse();
  const who = { id: 'p1', name: 'Mara', manager: true, operator: true };
  await engine.start({ id: 'web:one', stage: 'web', owner: who, cast: ['tom', 'wenna'] });
  const place = { scene: 'web:one', stage: 'web' } as const;
  const worlds = [smallWorld('the-harbour', smallBook(), 'The Harbour')];
  const library = { ...smallLibrary(), worlds: () => worlds };
  const context: CompletionContext = { engine, library, place, who };
  return (await completeTypedCommand(text, commands, context)).map((found) => found.text);
}

test.each([
  ['/su', ['/summon ']],
  ['/s', ['/scene ', '/summon ', '/say ', '/stop ', '/steer ', '/secret ', '/swipe ', '/setup ']],
  ['/scene e', ['/scene end ', '/scene enter ', '/scene export ']],
  ['/xyzzy', []],
  ['/scene start ca', ['/scene start cast: ']],
  ['/scene start cast: Tom Reddick, o', ['/scene start cast: Tom Reddick, Old Wenna']],
  ['/scene start preset: li', ['/scene start preset: lively']],
  ['/scene start thread: ', ['/scene start thread: yes', '/scene start thread: setting: ']],
  ['/summon i', ['/summon Ines']],
  ['/dismiss old', ['/dismiss Old Wenna']],
  ['/whisper to: old', ['/whisper to: Old Wenna']],
  ['/whisper o', ['/whisper "Old Wenna" ']],
  ['/say as: o', ['/say as: Old Wenna']],
  ['/knows o', ['/knows "Old Wenna" ']],
  ['/presence m', ['/presence Mara ']],
  ['/presence Tom as', ['/presence Tom asleep']],
  ['/move Tom to: m', ['/move Tom to: main']],
  ['/next na', ['/next Narrator']],
  ['/say hello', []],
  ['/cast ', []],
  ['/principles show era', ['/principles show Era & Register']],
  ['/bench q', ['/bench quick ']],
  ['/lore use world: h', ['/lore use world: The Harbour']],
  ['/lore use "The Harbour" for: o', ['/lore use "The Harbour" for: Old Wenna']],
  ['/lore drop "The Harbour" where: c', ['/lore drop "The Harbour" where: channel']],
])('%s goes on as %j', async (typed, expected) => {
  const found = await complete(typed);
  expect(found.slice(0, Math.max(expected.length, typed.endsWith(': ') ? expected.length : 99))).toEqual(
    expected,
  );
});

test('every offered line is one that can be typed', async () => {
  for (const text of await complete('/')) expect(text).toMatch(/^\/[a-z]+ $/);
  expect(await complete('/')).toHaveLength(commands.length);
});
