import { OperatorError } from '../../../errors.ts';
import type { NamedModel } from './named-models.ts';
import { sizeWords } from './size-words.ts';

// Whatever can go wrong with a download, each in one line that says what to do.

export function unreachable({ host }: URL, cause?: unknown): OperatorError {
  return new OperatorError(`${host} cannot be reached: look at the connection, then try it again`, cause);
}

export function refused({ name }: NamedModel, { host }: URL, status: number): OperatorError {
  return new OperatorError(
    status === 404
      ? `${host} has no ${name} where it is looked for (404): a newer Dramatis may know where it is`
      : `${host} does not give ${name} out (${status}): try it later, or set MODELS_URL to a mirror`,
  );
}

export function untold({ name }: NamedModel, { host }: URL): OperatorError {
  return new OperatorError(
    `${host} does not tell size and SHA-256 of ${name}, so it could not be checked: nothing was downloaded`,
  );
}

export function otherSize({ name }: NamedModel, due: number, bytes: number): OperatorError {
  return new OperatorError(
    `${name} is ${bytes} bytes large there and should be ${due}: it is another file, and is not kept`,
  );
}

export function otherContent({ name }: NamedModel): OperatorError {
  return new OperatorError(
    `${name} came with another SHA-256 than it should have, and was deleted: download it again, or set MODELS_URL to another mirror`,
  );
}

export function noSpace({ name }: NamedModel, folder: string, needs: number, free: number): OperatorError {
  return new OperatorError(
    `${name} needs ${sizeWords(needs)} more, and the disk of ${folder} has ${sizeWords(free)} left: make room first`,
  );
}

/** @param came bytes that are kept, of how many */
export function brokeOff({ name }: NamedModel, came: number, of: number, cause?: unknown): OperatorError {
  return new OperatorError(
    `The download of ${name} broke off after ${sizeWords(came)} of ${sizeWords(of)}: go on with it, nothing comes twice`,
    cause,
  );
}

/** What a file system did not do; undefined where it was none of its errors. */
export function diskError({ name }: NamedModel, folder: string, error: unknown): OperatorError | undefined {
  if (!(error instanceof Error) || !('syscall' in error) || !('code' in error)) return undefined;
  const full = error.code === 'ENOSPC' || error.code === 'EDQUOT';
  return new OperatorError(
    full
      ? `The disk of ${folder} is full: make room, then go on with ${name}`
      : `${folder} cannot be written to (${String(error.code)}): check who may write there`,
    error,
  );
}
