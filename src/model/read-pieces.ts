import type { IncomingMessage } from 'node:http';

/** What is held of an answer that nobody asks for; then the socket waits. Bytes. */
const MOST_HELD = 64 * 1024;

/**
 * The body of an answer, piece by piece as it comes from the socket. Node’s own iterator of a stream costs twice as much
 * for each piece, and a model’s words are a piece each.
 *
 * @param onPiece sees each piece as it is handed out; what it throws ends the reading
 * @param onOver once, when there is nothing more to read or nobody reads on
 */
export function readPieces(
  incoming: IncomingMessage,
  onPiece: (piece: Buffer) => void,
  onOver: () => void,
): AsyncIterableIterator<Buffer> {
  const held: Buffer[] = [];
  let heldBytes = 0;
  let ended = false;
  let failed: Error | undefined;
  let wake: (() => void) | undefined;
  let over = false;

  const stir = () => {
    wake?.();
    wake = undefined;
  };
  incoming.on('data', (piece: Buffer) => {
    if (over) return;
    held.push(piece);
    heldBytes += piece.length;
    if (heldBytes > MOST_HELD) incoming.pause();
    stir();
  });
  incoming.on('end', () => {
    ended = true;
    stir();
  });
  const fail = (error: Error) => {
    failed ??= error;
    stir();
  };
  incoming.on('error', fail);
  incoming.on('close', () => {
    if (!ended) fail(new Error('The answer broke off.'));
  });

  function finish(): void {
    if (over) return;
    over = true;
    onOver();
  }

  async function next(): Promise<IteratorResult<Buffer, undefined>> {
    while (held.length === 0 && !ended && !failed && !over) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    const piece = over ? undefined : held.shift();
    if (piece !== undefined) {
      heldBytes -= piece.length;
      if (heldBytes <= MOST_HELD) incoming.resume();
      try {
        onPiece(piece);
      } catch (error) {
        finish();
        throw error;
      }
      return { done: false, value: piece };
    }
    finish();
    if (failed && !ended) throw failed;
    return { done: true, value: undefined };
  }

  return {
    next,
    return: async () => {
      finish();
      stir();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
