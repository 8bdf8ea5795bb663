import { render } from './words/render.ts';
import type { Text } from './words/text.ts';

/** The person at the keyboard can mend it: shown to that person only, saying what to do. */
export class PlayerError extends Error {
  /** What is said, for their language; `message` is it in English. */
  readonly said: Text;

  constructor(said: Text) {
    super(render(said));
    this.name = 'PlayerError';
    this.said = said;
  }
}

/** The operator or a moderator can mend it: configuration, permission, endpoint. One line. */
export class OperatorError extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'OperatorError';
  }
}
