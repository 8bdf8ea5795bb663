import type { CliIo } from '../cli-command.ts';
import { cardSummary, count } from './card-sheet.ts';
import { type Look, lookInto } from './look.ts';
import { plain } from './plain.ts';
import { type Amount, toldAndKept } from './told-and-kept.ts';

/** Tells of each file what it is, and of each card what becomes of its fields. */
export async function validate(paths: readonly string[], json: boolean, io: CliIo): Promise<number> {
  const verdicts: unknown[] = [];
  let good = 0;
  let bad = 0;
  for await (const look of lookInto(paths)) {
    if (look.is === 'bad') bad += 1;
    else good += 1;
    if (json) verdicts.push(...verdictsOn(look));
    else tell(look, io);
  }
  if (json) io.stdout.write(`${JSON.stringify({ cards: verdicts })}\n`);
  else if (good + bad > 1) io.stdout.write(`\n${good} ok, ${bad} bad\n`);
  if (good + bad === 0) io.stderr.write('dramatis cards: there is no card in that folder\n');
  return bad === 0 && good > 0 ? 0 : 1;
}

function tell(look: Look, io: CliIo): void {
  const lines = (label: string, text: string) => io.stdout.write(`${label}  ${plain(look.file)}: ${text}\n`);
  if (look.is === 'bad') lines('bad', plain(look.problem));
  if (look.is === 'chat') lines('ok ', 'a chat and no card: dramatis play --chat goes on with it');
  if (look.is === 'lorebook') {
    lines(
      'ok ',
      `a lorebook, ${look.world.name}, ${count(look.world.book.entries.length, 'entry', 'entries')}`,
    );
    for (const warning of look.world.warnings)
      io.stderr.write(`     ${look.world.name}: ${plain(warning)}\n`);
  }
  if (look.is !== 'cards') return;
  for (const reading of look.readings) {
    lines('ok ', cardSummary(reading.character));
    const { told, publicSheet, lore, kept } = toldAndKept(reading);
    const others = publicSheet > 0 ? `public_sheet (${publicSheet})` : 'its name alone';
    io.stdout.write(
      `     told to its own mind: ${amounts(told)}${lore > 0 ? `; lore when it comes up` : ''}\n`,
    );
    io.stdout.write(`     told to other minds: ${others}\n`);
    io.stdout.write(`     kept, in no prompt: ${amounts(kept)}\n`);
    for (const warning of reading.warnings) {
      io.stderr.write(`     ${reading.character.name}: ${plain(warning)}\n`);
    }
  }
}

function amounts(all: readonly Amount[]): string {
  return all.map(({ field, characters }) => `${plain(field)} (${characters})`).join(', ') || 'nothing';
}

function verdictsOn(look: Look): unknown[] {
  const { file } = look;
  switch (look.is) {
    case 'bad':
      return [{ file, ok: false, problem: look.problem }];
    case 'chat':
      return [{ file, ok: true, is: 'chat' }];
    case 'lorebook': {
      const { name, book, warnings } = look.world;
      return [{ file, ok: true, is: 'lorebook', name, entries: book.entries.length, warnings }];
    }
    case 'cards':
      return look.readings.map((reading) => {
        const { character, warnings } = reading;
        const { id, name } = character;
        return { file, ok: true, is: 'card', id, name, warnings, ...toldAndKept(reading) };
      });
  }
}
