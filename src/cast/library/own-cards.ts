import { parse } from 'node:path';
import { CastFileError } from '../cast-file-error.ts';
import type { Character } from '../character.ts';
import type { CardFile } from './card-folder.ts';
import { freeId } from './unique-ids.ts';
import { removeFile, writeWhole } from './write-whole.ts';

/** What the folder holds at the moment, and who plays here at all. */
export type OwnCards = {
  readonly dir: string;
  files(): readonly CardFile[];
  characterIn(fileName: string): Character | undefined;
  /** Any character that plays here, what ships among them. */
  character(id: string): Character | undefined;
  /** Looks at the folder again. */
  scan(): Promise<void>;
};

/** The file of an own card. */
export function fileOf(own: OwnCards, id: string): CardFile | undefined {
  return own.files().find(({ name }) => own.characterIn(name)?.id === id);
}

/** Keeps a file and resolves to the character in it. */
export async function put(own: OwnCards, name: string, bytes: Uint8Array): Promise<Character> {
  await writeWhole(own.dir, name, bytes);
  return found(own, name);
}

/** The character in a file that was just written. */
export async function found(own: OwnCards, name: string): Promise<Character> {
  await own.scan();
  const character = own.characterIn(name);
  if (!character) throw new CastFileError(name, 'was saved but cannot be read back: try again');
  return character;
}

/** Deletes an own card and the picture beside it. */
export async function removeCard(own: OwnCards, id: string): Promise<boolean> {
  const file = fileOf(own, id);
  if (!file) return false;
  await removeFile(own.dir, file.name);
  await removeFace(own, file.name, file.picture);
  await own.scan();
  return true;
}

/** Deletes the picture beside a card, unless it is the face of another card of that file name too. */
export async function removeFace(own: OwnCards, card: string, picture: string | undefined): Promise<void> {
  if (picture === undefined) return;
  const isShared = own.files().some((file) => file.name !== card && file.picture === picture);
  if (!isShared) await removeFile(own.dir, picture);
}

/** An id that neither a character nor a file bears: a broken file is not written over. */
export function freeFor(own: OwnCards, id: string): string {
  const stems = new Set(own.files().map(({ name }) => parse(name).name));
  return freeId(id, { has: (one) => stems.has(one) || own.character(one) !== undefined });
}

export function sameName(character: Character): string {
  return `another card is named ${character.name}; this one plays as ${character.id}`;
}
