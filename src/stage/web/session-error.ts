import { CastFileError } from '../../cast/cast-file-error.ts';
import { OperatorError, PlayerError } from '../../errors.ts';
import type { Log } from '../../log.ts';
import { ModelError } from '../../model/chat-model.ts';
import type { Locale } from '../../words/locales.ts';
import { render } from '../../words/render.ts';
import type { Text } from '../../words/text.ts';
import type { ErrorCode } from './protocol.ts';

/** The session asked in a way that the protocol does not know. */
export class ProtocolError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string) {
    super(message);
    this.name = 'ProtocolError';
    this.code = code;
  }
}

const FAILED: Text = 'That did not work. Nothing of the scene is lost; try it again.';

/** What a session is told of a failure. What it cannot mend is logged, by name only. */
export function explain(
  error: unknown,
  log: Log,
  locale: Locale = 'en',
): { code: ErrorCode; message: string } {
  if (error instanceof ProtocolError) return { code: error.code, message: error.message };
  if (error instanceof PlayerError) return { code: 'player', message: render(error.said, locale) };
  if (error instanceof CastFileError) return { code: 'player', message: error.message };
  if (error instanceof OperatorError) return { code: 'operator', message: error.message };
  if (error instanceof ModelError) return { code: 'model', message: error.message };
  log.error('session-failed', { error: error instanceof Error ? error.name : typeof error });
  return { code: 'failed', message: render(FAILED, locale) };
}
