import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** So that a token is known for what it is, where somebody pastes it by mistake. */
const PREFIX = 'drm_';
const TOKEN = /^drm_[\w-]{43}$/u;

/** 256 random bits. */
export function newToken(): string {
  return `${PREFIX}${randomBytes(32).toString('base64url')}`;
}

/** It reads like a token of an application, whether it is one or not. */
export function isTokenLike(text: string): boolean {
  return TOKEN.test(text);
}

/** SHA-256, in hexadecimal digits: of 256 random bits nothing slower is needed. */
export function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** The id of the application with that hash: no secret, and of no use without the token. */
export function idOf(hash: string): string {
  return hash.slice(0, 12);
}

/** Takes the same time whatever is different. Both in hexadecimal digits. */
export function isSameHash(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one, 'hex'), Buffer.from(other, 'hex')];
  return a.length === b.length && timingSafeEqual(a, b);
}
