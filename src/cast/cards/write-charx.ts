import { strToU8, type Zippable, zipSync } from 'fflate';
import type { BarePicture } from './bare-picture.ts';
import type { CardData } from './card-data.ts';
import { startsAsZip } from './charx.ts';
import { openZip } from './charx-zip.ts';
import { inMb, MAX_CARRIER, MB } from './file-limits.ts';
import { isRecord } from './tidy-value.ts';
import { writeCard } from './write-card.ts';

const CARD = 'card.json';
const MOST_UNPACKED = 64 * MB;

const ENDINGS = { 'image/png': 'png', 'image/jpeg': 'jpeg', 'image/webp': 'webp' } as const;

/**
 * A CharX with another card in it; its other files stay.
 * @param picture a new icon, or none any more; undefined: the one it has
 * @throws Error where it holds more than can be packed anew, saying how much
 */
export function rewriteCharx(charx: Uint8Array, card: CardData, picture?: BarePicture | null): Uint8Array {
  const files = filesOf(charx);
  const whole = picture === undefined ? card : withIcon(card, files, picture);
  const packed = zipSync({ [CARD]: strToU8(writeCard(whole, 'v3')), ...stored(files) });
  if (packed.length > MAX_CARRIER) throw new Error(`becomes ${inMb(packed.length)}; a CharX may have 32 MB`);
  return packed;
}

/** Whether its picture stands before the archive, where no new one can be put. */
export function hasPictureBefore(charx: Uint8Array): boolean {
  return !startsAsZip(charx);
}

function filesOf(charx: Uint8Array): Map<string, Uint8Array> {
  const zip = openZip(charx);
  let left = MOST_UNPACKED;
  const files = new Map<string, Uint8Array>();
  for (const name of zip.names) {
    if (name === CARD || name.endsWith('/')) continue;
    const bytes = zip.read(name, left);
    left -= bytes.length;
    files.set(name, bytes);
  }
  return files;
}

/** Pictures are packed already. */
function stored(files: ReadonlyMap<string, Uint8Array>): Zippable {
  return Object.fromEntries([...files].map(([name, bytes]) => [name, [bytes, { level: 0 }]]));
}

function withIcon(card: CardData, files: Map<string, Uint8Array>, picture: BarePicture | null): CardData {
  const assets: readonly unknown[] = Array.isArray(card['assets']) ? card['assets'] : [];
  // Where no picture is to be shown no icon may be left: the first one stands for a missing main one.
  const goes = (asset: unknown) =>
    isRecord(asset) && asset['type'] === 'icon' && (picture === null || asset['name'] === 'main');
  for (const old of assets.filter(goes)) {
    const path = isRecord(old) && /^embedd?ed:\/\/\/*(.+)$/i.exec(String(old['uri']))?.[1];
    if (path) files.delete(path);
  }
  const others = assets.filter((asset) => !goes(asset));
  if (!picture) return { ...card, assets: others };
  const ext = ENDINGS[picture.mime];
  const path = `assets/icon/images/main.${ext}`;
  files.set(path, picture.bytes);
  return { ...card, assets: [{ type: 'icon', uri: `embeded://${path}`, name: 'main', ext }, ...others] };
}
