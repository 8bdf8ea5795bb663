import type { CliIo } from '../cli-command.ts';
import { cardSheet, worldSheet } from './card-sheet.ts';
import { type Look, lookInto } from './look.ts';
import { plain } from './plain.ts';

/** Prints the sheet of each card, private parts included. */
export async function show(paths: readonly string[], json: boolean, io: CliIo): Promise<number> {
  const sheets: unknown[] = [];
  let all = true;
  let none = true;
  for await (const look of lookInto(paths)) {
    none = false;
    all &&= look.is !== 'bad';
    if (json) sheets.push(...sheetsOf(look));
    else tell(look, io);
  }
  if (json) io.stdout.write(`${JSON.stringify({ cards: sheets })}\n`);
  if (none) io.stderr.write('dramatis cards: there is no card in that folder\n');
  return all && !none ? 0 : 1;
}

function tell(look: Look, io: CliIo): void {
  const file = plain(look.file);
  if (look.is === 'bad') io.stdout.write(`bad  ${file}: ${plain(look.problem)}\n`);
  if (look.is === 'chat')
    io.stdout.write(`${file}: a chat and no card: dramatis play --chat goes on with it\n`);
  if (look.is === 'lorebook') io.stdout.write(worldSheet(look.world));
  if (look.is !== 'cards') return;
  for (const { character, warnings } of look.readings) {
    io.stdout.write(cardSheet(character));
    for (const warning of warnings) io.stderr.write(`     ${character.name}: ${plain(warning)}\n`);
  }
}

function sheetsOf(look: Look): unknown[] {
  const { file } = look;
  if (look.is === 'bad') return [{ file, ok: false, problem: look.problem }];
  if (look.is === 'chat') return [{ file, ok: true, is: 'chat' }];
  if (look.is === 'lorebook') {
    return [{ file, ok: true, is: 'lorebook', name: look.world.name, book: look.world.book }];
  }
  return look.readings.map(({ character: { avatar: _avatar, ...character } }) => ({
    file,
    ok: true,
    is: 'card',
    character: { ...character, hasAvatar: look.picture !== undefined },
  }));
}
