import { PlayerError } from '../../errors.ts';
import { LARGEST_CARD_FILE } from './protocol.ts';

/**
 * A file on its way in, piece by piece, so that it lies in memory once and not also as the text of one
 * message. A session brings one at a time.
 */
export type Uploads = {
  /** @throws PlayerError where it grows too large; it is forgotten then */
  add(upload: string, data: string): void;
  /** The whole file, which is handed over once. @throws PlayerError where nothing came under that name */
  take(upload: string): Uint8Array;
};

export function createUploads(): Uploads {
  let current: { readonly upload: string; readonly pieces: Buffer[]; size: number } | undefined;
  return {
    add(upload, data) {
      if (current?.upload !== upload) current = { upload, pieces: [], size: 0 };
      const piece = Buffer.from(data, 'base64');
      current.size += piece.length;
      if (current.size > LARGEST_CARD_FILE) {
        current = undefined;
        throw new PlayerError('That file is too large: it may have 32 MB at most.');
      }
      current.pieces.push(piece);
    },
    take(upload) {
      if (current?.upload !== upload) throw new PlayerError('That file did not come whole. Bring it again.');
      const { pieces } = current;
      current = undefined;
      return Buffer.concat(pieces);
    },
  };
}
