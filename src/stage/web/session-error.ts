import { CastFileError } from '../../cast/cast-file-error.ts';
import { OperatorError, PlayerError } from '../../errors.ts';
import type { Log } from '../../log.ts';
import { ModelError } from '../../model/chat-model.ts';
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

/** What a session is told of a failure. What it cannot mend is logged, by name only. */
export function explain(error: unknown, log: Log): { code: ErrorCode; message: string } {
  if (error instanceof ProtocolError) return { code: error.code, message: error.message };
  if (error instanceof PlayerError || error instanceof CastFileError) {
    return { code: 'player', message: error.message };
  }
  if (error instanceof OperatorError) return { code: 'operator', message: error.message };
  if (error instanceof ModelError) return { code: 'model', message: error.message };
  log.error('session-failed', { error: error instanceof Error ? error.name : typeof error });
  return { code: 'failed', message: 'That did not work. Nothing of the scene is lost; try it again.' };
}
