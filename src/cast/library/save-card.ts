import { Buffer } from 'node:buffer';
import { readFile } from 'node:fs/promises';
import { join, parse } from 'node:path';
import { pictureBehind } from '../avatar.ts';
import { type BarePicture, barePicture } from '../cards/bare-picture.ts';
import type { CardData } from '../cards/card-data.ts';
import { MAX_YAML } from '../cards/file-limits.ts';
import { writePngCard } from '../cards/png-card.ts';
import { type CardReading, readCard } from '../cards/read-card.ts';
import { writeCard } from '../cards/write-card.ts';
import { hasPictureBefore, rewriteCharx } from '../cards/write-charx.ts';
import { CastFileError } from '../cast-file-error.ts';
import type { Added, SaveCard } from './library-api.ts';
import { fileOf, found, freeFor, type OwnCards, put, removeFace, sameName } from './own-cards.ts';
import { slugOf } from './slug.ts';
import { withOwnId, withoutOwnId } from './unique-ids.ts';
import { removeFile, writeWhole } from './write-whole.ts';

/** See `Library.save`. A card that ships stays, and gets a copy of one's own. */
export async function saveCard(own: OwnCards, card: CardData, how: SaveCard): Promise<Added> {
  const before = how.id === undefined ? undefined : own.character(how.id);
  if (how.id !== undefined && !before) {
    throw new CastFileError(card.name, `there is no card ${how.id} to save this in place of`);
  }
  const given =
    how.picture === undefined ? (await pictureBehind(before?.avatar))?.bytes : (how.picture ?? undefined);
  const picture = given && bareOrRefuse(given, card.name);
  const file = before && fileOf(own, before.id);
  if (!before || !file?.reading) return createCard(own, card, picture);
  const { name, reading, picture: face } = file;
  const standing = { name, face, kind: reading.kind, id: before.id };
  const isNewPicture = how.picture !== undefined;
  return reading.kind === 'charx'
    ? replaceInCharx(own, standing, card, picture, isNewPicture)
    : replace(own, standing, card, picture, isNewPicture);
}

/** A new file in our YAML, its picture beside it; a card too large for that as JSON. */
export async function createCard(
  own: OwnCards,
  card: CardData,
  picture: BarePicture | undefined,
): Promise<Added> {
  const id = freeFor(own, slugOf(card.name));
  const { ending, bytes } = asText(withoutOwnId(card));
  const name = `${id}.${ending}`;
  const { warnings } = readCard(bytes, name);
  if (picture) await writeWhole(own.dir, `${id}.${ENDINGS[picture.mime]}`, picture.bytes);
  const character = await put(own, name, bytes);
  return { character, warnings: id === slugOf(card.name) ? warnings : [...warnings, sameName(character)] };
}

/** Our YAML; a card too large for that as JSON. */
function asText(card: CardData): { readonly ending: 'yaml' | 'json'; readonly bytes: Buffer } {
  const yaml = writeCard(card, 'yaml');
  return yaml.length > MAX_YAML
    ? { ending: 'json', bytes: Buffer.from(writeCard(card, 'v3')) }
    : { ending: 'yaml', bytes: Buffer.from(yaml) };
}

/** The file of an own card as it stands. */
type Standing = {
  readonly name: string;
  /** The picture beside it. */
  readonly face: string | undefined;
  readonly kind: CardReading['kind'];
  readonly id: string;
};

/**
 * The file keeps its kind; but a card whose picture no PNG can hold leaves its PNG. A picture beside it that
 * is not new is not touched: one that cannot be shown, or is more than a picture, is still somebody's.
 */
async function replace(
  own: OwnCards,
  { name: before, face: faceBefore, kind, id }: Standing,
  card: CardData,
  picture: BarePicture | undefined,
  isNewPicture: boolean,
): Promise<Added> {
  const stem = parse(before).name;
  const kept = withOwnId(card, id, stem);
  const isInPicture = kind === 'png' && picture?.mime === 'image/png';
  const moved = kind === 'png' && !isInPicture ? asText(kept) : undefined;
  const name = moved ? `${stem}.${moved.ending}` : before;
  const bytes = isInPicture
    ? writePngCard(kept, picture.bytes)
    : (moved?.bytes ?? Buffer.from(writeCard(kept, kind === 'json' ? 'v3' : 'yaml')));
  // Read once before it is kept: what is saved can be read again.
  const { warnings } = readCard(bytes, name);
  const face = picture && isNewPicture && !isInPicture ? `${stem}.${ENDINGS[picture.mime]}` : undefined;
  if (face && picture) await writeWhole(own.dir, face, picture.bytes);
  await writeWhole(own.dir, name, bytes);
  if (before !== name && before !== face && (picture || isNewPicture)) await removeFile(own.dir, before);
  if (isNewPicture && faceBefore !== face) await removeFace(own, before, faceBefore);
  return { character: await found(own, name), warnings };
}

/** The other files of the archive stay. */
async function replaceInCharx(
  own: OwnCards,
  { name, face, id }: Standing,
  card: CardData,
  picture: BarePicture | undefined,
  isNewPicture: boolean,
): Promise<Added> {
  const before = await readFile(join(own.dir, name));
  const kept = withOwnId(card, id, parse(name).name);
  const put = hasPictureBefore(before) ? picture : undefined;
  let bytes: Uint8Array;
  try {
    bytes = rewriteCharx(before, kept, isNewPicture ? (picture ?? null) : put);
  } catch (error) {
    throw new CastFileError(name, error instanceof Error ? error.message : String(error), error);
  }
  const { warnings } = readCard(bytes, name);
  await writeWhole(own.dir, name, bytes);
  if (isNewPicture) await removeFace(own, name, face);
  return { character: await found(own, name), warnings };
}

const ENDINGS = { 'image/png': 'png', 'image/jpeg': 'jpg', 'image/webp': 'webp' } as const;

/** @throws CastFileError where it cannot be shown, saying why */
function bareOrRefuse(picture: Uint8Array, name: string): BarePicture {
  const why: string[] = [];
  const bare = barePicture(picture, (warning) => void why.push(warning));
  if (!bare)
    throw new CastFileError(name, why[0]?.replace(' and was left out', '') ?? 'the picture is broken');
  return bare;
}
