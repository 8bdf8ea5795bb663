import type { IncomingMessage } from 'node:http';
import { Refused } from './answer.ts';

/**
 * The JSON of a body of at most so many bytes.
 * @throws Refused with 413, or 400 where it is no JSON
 */
export async function readBody(request: IncomingMessage, most: number): Promise<unknown> {
  const tooLarge = () =>
    new Refused(413, `the body is larger than ${most} bytes; send fewer samples at once`);
  if (Number(request.headers['content-length'] ?? 0) > most) throw tooLarge();
  const chunks: Buffer[] = [];
  let length = 0;
  await new Promise<void>((resolve, reject) => {
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length <= most) {
        chunks.push(chunk);
        return;
      }
      chunks.length = 0;
      request.pause();
      reject(tooLarge());
    });
    request.on('end', resolve);
    request.on('error', reject);
    request.on('close', () => reject(new Error('the client has gone')));
  });
  const [only] = chunks;
  const body = chunks.length === 1 && only ? only : Buffer.concat(chunks, length);
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw new Refused(400, 'the body is no JSON');
  }
}
