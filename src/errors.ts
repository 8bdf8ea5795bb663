/** The person at the keyboard can mend it: shown to that person only, saying what to do. */
export class PlayerError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'PlayerError';
  }
}

/** The operator or a moderator can mend it: configuration, permission, endpoint. One line. */
export class OperatorError extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'OperatorError';
  }
}
