import { isIP } from 'node:net';

const PRIVATE = /^(?:127\.|10\.|192\.168\.|169\.254\.|172\.(?:1[6-9]|2\d|3[01])\.|::1$|f[cd]|fe80)/;
const LOCAL_NAME = /(?:^localhost|\.(?:local|localhost|lan|home|internal|home\.arpa))$/;

/**
 * Whether an address is most likely the operator's own machine: this one, one in a private network, a
 * name without a dot. What is sent there costs nothing.
 */
export function isOwnServer(baseUrl: string): boolean {
  const host = new URL(baseUrl).hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0) return PRIVATE.test(host);
  return !host.includes('.') || LOCAL_NAME.test(host);
}
