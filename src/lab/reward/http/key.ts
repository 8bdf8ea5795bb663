import { createHash, timingSafeEqual } from 'node:crypto';

/**
 * Whether a request brings the key, as `Authorization: Bearer KEY`, or as the password of Basic: OpenRLHF can
 * only be given a URL, and `http://any:KEY@host` is sent like that. Compared in constant time.
 */
export function createKeyCheck(key: string | undefined): (authorization: string | undefined) => boolean {
  if (key === undefined) return () => true;
  const wanted = digestOf(key);
  return (authorization = '') => timingSafeEqual(digestOf(keyIn(authorization)), wanted);
}

function keyIn(authorization: string): string {
  const [, scheme = '', given = ''] = /^(\w+) +(.*)$/su.exec(authorization.trim()) ?? [];
  if (scheme.toLowerCase() === 'bearer') return given;
  if (scheme.toLowerCase() !== 'basic') return '';
  const pair = Buffer.from(given, 'base64').toString('utf8');
  return pair.slice(pair.indexOf(':') + 1);
}

function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
