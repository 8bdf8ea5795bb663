import { PlayerError } from '../errors.ts';
import { say } from '../words/text.ts';

/**
 * A card or scene file cannot be used. The message names the file and the field and says what to
 * do; it is fit for the person who brought the file.
 */
export class CastFileError extends PlayerError {
  readonly file: string;

  constructor(file: string, problem: string, cause?: unknown) {
    super(say('{{file}}: {{problem}}', { file, problem }));
    this.name = 'CastFileError';
    this.file = file;
    if (cause !== undefined) this.cause = cause;
  }
}
