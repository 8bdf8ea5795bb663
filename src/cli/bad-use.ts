/** The command line or a setting is wrong: one line that says what is right, exit code 2. */
export class BadUse extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'BadUse';
  }
}
