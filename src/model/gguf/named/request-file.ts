import { OperatorError } from '../../../errors.ts';
import { unreachable } from './fetch-errors.ts';
import type { NamedModel } from './named-models.ts';

/** An answer with the file, or the rest of it, and what was announced of it on the way. */
export type FileAnswer = {
  readonly response: Response;
  /** In hexadecimal, where the server told one. */
  readonly sha256: string | undefined;
};

const MOST_REDIRECTS = 5;
const SHA256 = /^(?:W\/)?"?([0-9a-f]{64})"?$/i;

/**
 * Asks for a file and follows redirects, each only where the model's entry or the operator lets it lead:
 * no answer of a server, and nothing on the page, can send a request elsewhere.
 *
 * @throws OperatorError in one line, or the signal's reason
 */
export async function requestFile(
  model: NamedModel,
  address: URL,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<FileAnswer> {
  let at = address;
  let sha256: string | undefined;
  for (let hop = 0; hop <= MOST_REDIRECTS; hop += 1) {
    const response = await ask(at, headers, signal);
    // Hugging Face tells the hash of a large file where it redirects to it.
    sha256 ??= hashIn(response.headers.get('x-linked-etag'));
    const location = response.headers.get('location');
    if (response.status < 300 || response.status >= 400 || location === null) {
      return { response, sha256: sha256 ?? hashIn(response.headers.get('etag')) };
    }
    await response.body?.cancel();
    at = nextAddress(model, { asked: address, at, location });
  }
  throw new OperatorError(`${address.host} redirects again and again: nothing was downloaded`);
}

async function ask(
  address: URL,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<Response> {
  try {
    // As it is, so that its bytes can be counted.
    return await fetch(address.href, {
      headers: { ...headers, 'accept-encoding': 'identity' },
      redirect: 'manual',
      signal,
    });
  } catch (error) {
    signal.throwIfAborted();
    throw unreachable(address, error);
  }
}

function nextAddress(
  { hosts }: NamedModel,
  { asked, at, location }: { readonly asked: URL; readonly at: URL; readonly location: string },
): URL {
  if (!URL.canParse(location, at.href)) throw elsewhere(asked);
  const next = new URL(location, at);
  if (next.username || next.password) throw elsewhere(asked);
  // Within the mirror that the operator named.
  if (next.origin === asked.origin) return next;
  if (next.protocol === 'https:' && next.port === '' && hosts.some((host) => isHost(next.hostname, host))) {
    return next;
  }
  throw elsewhere(asked);
}

function isHost(name: string, allowed: string): boolean {
  return allowed.startsWith('*.') ? name.endsWith(allowed.slice(1)) : name === allowed;
}

function elsewhere(asked: URL): OperatorError {
  return new OperatorError(
    `${asked.host} redirects to where models are not fetched from: nothing was downloaded`,
  );
}

function hashIn(header: string | null): string | undefined {
  return SHA256.exec(header?.trim() ?? '')?.[1]?.toLowerCase();
}
