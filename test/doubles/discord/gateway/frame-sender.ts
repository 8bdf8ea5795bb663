import { constants, createDeflate } from 'node:zlib';
import type { WebSocket } from 'ws';

/** Sends gateway frames over one socket, in order. */
export type FrameSender = (frame: string) => void;

/** A sender of plain text frames. */
export function sendText(socket: WebSocket): FrameSender {
  return (frame) => socket.send(frame);
}

/**
 * A sender of `zlib-stream` frames: one deflate context for the life of the socket, each frame flushed so that
 * it ends in 00 00 ff ff, which is how the client knows it has a whole one.
 */
export function sendDeflated(socket: WebSocket): FrameSender {
  const deflate = createDeflate();
  const chunks: Buffer[] = [];
  deflate.on('data', (chunk: Buffer) => chunks.push(chunk));
  let turn = Promise.resolve();
  return (frame) => {
    turn = turn.then(
      () =>
        new Promise((resolve) => {
          deflate.write(frame);
          deflate.flush(constants.Z_SYNC_FLUSH, () => {
            socket.send(Buffer.concat(chunks.splice(0)));
            resolve();
          });
        }),
    );
  };
}
