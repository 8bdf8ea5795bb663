/**
 * What was asked was not done. `code` is the stage’s own (docs/protocol.md: `forbidden`, `no-scene`, `player`, …), or
 * one of ours: `unreachable` (no stage there, or it does not know the token), `lost` (the connection went before the
 * answer came: it may or may not have been done), `closed`.
 */
export class StageError extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = 'StageError';
    this.code = code;
  }
}

/** The connection went before the answer came. */
export function lost(): StageError {
  return new StageError('lost', 'The connection went before the answer came; it may have been done.');
}

/** There is no connection any more, and none is made. */
export function closed(message = 'The connection is closed.'): StageError {
  return new StageError('closed', message);
}
