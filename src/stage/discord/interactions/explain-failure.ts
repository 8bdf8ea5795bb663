import { randomBytes } from 'node:crypto';
import { StageError } from '../../../engine/stage.ts';
import { OperatorError, PlayerError } from '../../../errors.ts';
import type { Log } from '../../../log.ts';
import type { Locale } from '../../../words/locales.ts';
import { render } from '../../../words/render.ts';
import { say } from '../../../words/text.ts';
import { stageErrorOf } from '../access/discord-refusal.ts';
import { nameOf } from '../gateway/background.ts';

/**
 * What a person is told when what they asked for failed: what to do, where somebody can do
 * something; else a reference under which the log has it.
 */
export function explainFailure(error: unknown, asked: string, log: Log, locale: Locale): string {
  const known = stageErrorOf(error);
  if (known instanceof PlayerError) return render(known.said, locale);
  if (known instanceof OperatorError || known instanceof StageError) {
    log.warn('command-refused', { asked, error: nameOf(error) });
    return known.message;
  }
  const reference = randomBytes(2).toString('hex');
  log.error('command-broke', { asked, reference, error: nameOf(error), at: placeOf(error) });
  return render(
    say(
      'That did not work (reference {{reference}}). The scene is as it was; try again, or tell the bot’s operator.',
      { reference },
    ),
    locale,
  );
}

/** The line of code; a message could quote what was typed. */
function placeOf(error: unknown): string | undefined {
  return error instanceof Error
    ? error.stack
        ?.split('\n')
        .find((line) => /^\s+at /.test(line))
        ?.trim()
    : undefined;
}
