import { randomBytes, randomUUID } from 'node:crypto';
import {
  closeSync,
  constants,
  copyFileSync,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { resolve } from 'node:path';
import { KEY_BYTES, parseDataKeys } from '../../config/data-keys.ts';
import { OperatorError } from '../../errors.ts';

/** The file beside a SQLite database that holds its key where DATA_KEY is not set. */
export function keyFileOf(databasePath: string): string {
  return `${resolve(databasePath)}.key`;
}

/**
 * The keys in a key file, which is written as DATA_KEY is.
 * @returns none where there is no such file.
 * @throws OperatorError where it cannot be read or holds no key.
 */
export function readKeyFile(file: string): readonly Uint8Array[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (isCode(error, 'ENOENT')) return [];
    throw new OperatorError(`The key file ${file} cannot be read: see who may read it.`, error);
  }
  const keys = parseDataKeys(text.trim());
  if (keys === undefined) {
    throw new OperatorError(
      `The key file ${file} holds no key: put it back from a copy. Without it what it sealed cannot be read.`,
    );
  }
  return keys;
}

/**
 * Makes the key file unless another process was first, and reads the one that is there. It appears
 * whole or not at all, so that no process can see half a key, and two agree on one.
 *
 * @throws OperatorError where it cannot be written.
 */
export function makeKeyFile(file: string): readonly Uint8Array[] {
  const draft = `${file}.${randomUUID()}`;
  try {
    writeOwnFile(draft, `${randomBytes(KEY_BYTES).toString('base64')}\n`);
    placeOnce(draft, file);
  } catch (error) {
    throw new OperatorError(
      `The key file ${file} cannot be written: see who may write in its folder, or set DATA_KEY.`,
      error,
    );
  } finally {
    rmSync(draft, { force: true });
  }
  return readKeyFile(file);
}

function writeOwnFile(file: string, text: string): void {
  const descriptor = openSync(file, 'wx', 0o600);
  try {
    writeSync(descriptor, text);
    // Sealed values must never outlive their key in a power cut.
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function placeOnce(draft: string, file: string): void {
  try {
    linkSync(draft, file);
  } catch (error) {
    if (isCode(error, 'EEXIST')) return;
    placeWithoutLinks(draft, file);
  }
}

/** Some file systems have no links; the database's lock then keeps others away. */
function placeWithoutLinks(draft: string, file: string): void {
  try {
    copyFileSync(draft, file, constants.COPYFILE_EXCL);
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error;
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
