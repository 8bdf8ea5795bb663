import type { CommandAction } from '../../../engine/command/command.ts';
import { localeFor } from '../../../words/locales.ts';
import { anew, type FormAsked, inPlace, type Row } from './answering.ts';
import { openEditForm } from './edit-line.ts';
import type { LineDeed } from './line-commands.ts';
import { askingToRewind, explaining, type LineOptions, onLine, peeking } from './line-deeds.ts';
import { openReportForm } from './report-line.ts';
import { rewindRow } from './rewind-line.ts';

/** Does to a line, named by its message, what was chosen in its menu or under ⋯. */
export async function doToLine(
  asked: FormAsked,
  deed: LineDeed,
  message: string,
  options: LineOptions,
): Promise<void> {
  const { runner } = options;
  const run = async (action: CommandAction, rows: () => readonly Row[] = () => []): Promise<void> => {
    const answering = asked.isStringSelectMenu() ? inPlace(asked, rows) : anew(asked, rows);
    await runner.run(asked, deed, action, {}, answering);
  };
  switch (deed) {
    case 'peek':
      return run(peeking(message));
    case 'why':
      return run(explaining(runner, message));
    case 'rewind':
      return run(askingToRewind(runner, message), () => rewindRow(message, localeFor(asked.locale)));
    case 'branch':
      return run(onLine(runner, message, 'branch', (at) => ({ at })));
    case 'edit':
      return openEditForm(asked, message, options);
    case 'report':
      return openReportForm(asked, message, options);
  }
}
