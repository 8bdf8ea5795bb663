import { isJpeg } from '../cards/bare-jpeg.ts';
import { isWebp } from '../cards/bare-webp.ts';
import { isPng } from '../cards/png-text.ts';

/** What is shown as somebody's picture. */
export type PictureMime = 'image/png' | 'image/jpeg' | 'image/webp';

/** What a picture is by its bytes, whatever its file is called; undefined where it is none that is shown. */
export function pictureKind(bytes: Uint8Array): PictureMime | undefined {
  if (isPng(bytes)) return 'image/png';
  if (isJpeg(bytes)) return 'image/jpeg';
  return isWebp(bytes) ? 'image/webp' : undefined;
}
