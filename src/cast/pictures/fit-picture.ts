import { say, type Text } from '../../words/text.ts';
import { bareJpeg } from '../cards/bare-jpeg.ts';
import type { Bare } from '../cards/bare-picture.ts';
import { bareWebp } from '../cards/bare-webp.ts';
import { MAX_PICTURE, MAX_PIXELS, MAX_SIDE, MB } from '../cards/file-limits.ts';
import { pngFacts, withoutPngText } from '../cards/png-text.ts';
import { type PictureMime, pictureKind } from './picture-kind.ts';
import { shrinkAside } from './shrink-aside.ts';

/** A picture as it is kept and shown: nothing but the picture. */
export type FittedPicture = {
  readonly mime: PictureMime;
  readonly bytes: Uint8Array;
};

type Fitted = FittedPicture | { readonly refused: Text };

/** As Discord shows a picture of somebody: pixels a side, and bytes. */
const SHOWN_SIDE = 1024;
const SHOWN_BYTES = MB;

/** A picture that is made smaller has so many pixels a side; fewer where its bytes are still too many. */
const SMALL_SIDES = [512, 384, 256];
/** Sixteen megapixels in colour, with transparency. */
const MOST_UNPACKED = 4 * MAX_PIXELS + MAX_SIDE;

/**
 * A picture that Discord can show, without anything that is told about it: a card in its text, comments,
 * the place where it was taken. A PNG that is too large is cut to a square and made smaller.
 * Or why it cannot be taken, saying what to do.
 */
export async function fitPicture(bytes: Uint8Array): Promise<Fitted> {
  if (bytes.length > MAX_PICTURE) return refused(say('The picture is larger than {{most}} MB.', { most: 8 }));
  switch (pictureKind(bytes)) {
    case 'image/png':
      return fitPng(bytes);
    case 'image/jpeg':
      return fitOther('image/jpeg', bareJpeg(bytes));
    case 'image/webp':
      return fitOther('image/webp', bareWebp(bytes));
    default:
      return refused('Discord shows a PNG, a JPEG or a WebP as somebody’s picture: take one of those.');
  }
}

async function fitPng(bytes: Uint8Array): Promise<Fitted> {
  const { whole, width, height } = pngFacts(bytes);
  if (!whole || width === 0 || height === 0) return refused(BROKEN);
  if (Math.max(width, height) > MAX_SIDE || width * height > MAX_PIXELS) {
    return refused(
      say(
        'The picture has {{width}} × {{height}} pixels; {{most}} a side and 16 million in all are the most.',
        {
          width,
          height,
          most: MAX_SIDE,
        },
      ),
    );
  }
  const bare = withoutPngText(bytes);
  if (isShown({ width, height, bytes: bare })) return { mime: 'image/png', bytes: bare };
  const small = await shrinkAside({
    png: bare,
    sides: SMALL_SIDES,
    mostBytes: SHOWN_BYTES,
    mostUnpacked: MOST_UNPACKED,
  });
  return small ? { mime: 'image/png', bytes: small } : refused(BROKEN);
}

function fitOther(mime: PictureMime, bare: Bare | undefined): Fitted {
  if (!bare) return refused(BROKEN);
  if (isShown(bare)) return { mime, bytes: Uint8Array.from(bare.bytes) };
  return refused(
    say('A JPEG or WebP may have {{side}} pixels a side and 1 MB: make it smaller, or take a PNG.', {
      side: SHOWN_SIDE,
    }),
  );
}

function isShown({ width, height, bytes }: Bare): boolean {
  return bytes.length <= SHOWN_BYTES && width <= SHOWN_SIDE && height <= SHOWN_SIDE;
}

const BROKEN = 'The picture is damaged, cut off, or it moves: take another one.';

function refused(text: Text): { readonly refused: Text } {
  return { refused: text };
}
