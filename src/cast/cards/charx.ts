import { type BarePicture, barePicture } from './bare-picture.ts';
import { openZip, type ZipFile } from './charx-zip.ts';
import { MAX_CARD, MAX_PICTURE } from './file-limits.ts';
import { parseJson } from './lenient-json.ts';
import { textOfBytes } from './text-of-bytes.ts';
import { isRecord, type Warn } from './tidy-value.ts';

const CARD = 'card.json';

/**
 * A card out of a CharX: a zip archive with `card.json` and pictures, or the same behind a JPEG, as RisuAI
 * writes it. Only the card and its icon are unpacked; what an asset's address names outside of the file
 * is never fetched. (Spec: kwaroran/character-card-spec-v3, "CHARX".)
 * @throws Error whose message says what is wrong with the file
 */
export function unpackCharx(
  bytes: Uint8Array,
  warn: Warn,
): { readonly value: unknown; readonly picture?: BarePicture } {
  const zip = openZip(bytes);
  if (!zip.names.includes(CARD)) throw new Error(`is a zip archive without a ${CARD}: bring a .charx`);
  const value = parseJson(textOfBytes(zip.read(CARD, MAX_CARD), warn), warn);
  const name = iconNameOf(value, zip, warn);
  const icon = name === undefined ? undefined : iconOf(name, zip, warn);
  // Before the archive there may be a picture, which stands for a missing icon.
  const picture = icon ? barePicture(icon, warn) : startsAsZip(bytes) ? undefined : barePicture(bytes, warn);
  const others = zip.names.filter((one) => one !== CARD && one !== name && !one.endsWith('/')).length;
  if (others > 0) {
    warn(
      `${others} other ${others === 1 ? 'file' : 'files'} of the archive left behind: only the icon is used`,
    );
  }
  return { value, ...(picture && { picture }) };
}

export function startsAsZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5);
}

/** The picture that the card names as its main icon, or as its first one, where it lies in the archive. */
function iconNameOf(value: unknown, zip: ZipFile, warn: Warn): string | undefined {
  const data = isRecord(value) && isRecord(value['data']) ? value['data'] : value;
  const assets = isRecord(data) && Array.isArray(data['assets']) ? data['assets'] : [];
  const icons = assets.filter(isRecord).filter((asset) => asset['type'] === 'icon');
  const icon = icons.find((asset) => asset['name'] === 'main') ?? icons[0];
  const uri = icon?.['uri'];
  // The spec itself spells it with one d.
  const path = typeof uri === 'string' ? /^embedd?ed:\/\/(.+)$/i.exec(uri)?.[1] : undefined;
  if (path === undefined) return undefined;
  const name = [path, path.replace(/^\/+/, '')].find((one) => zip.names.includes(one));
  if (name === undefined) warn('the icon that the card names is not in the archive');
  return name;
}

function iconOf(name: string, zip: ZipFile, warn: Warn): Uint8Array | undefined {
  try {
    return zip.read(name, MAX_PICTURE);
  } catch (error) {
    warn(`the icon was left out: the archive ${error instanceof Error ? error.message : 'is broken'}`);
    return undefined;
  }
}
