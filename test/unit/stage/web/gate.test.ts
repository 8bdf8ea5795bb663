import { describe, expect, test } from 'vitest';
import { isLoopback } from '../../../../src/listen.ts';
import { createGate } from '../../../../src/stage/web/gate.ts';

const gate = createGate('127.0.0.1');
const host = '127.0.0.1:4680';

describe('the gate', () => {
  test.each([
    ['its own page by address', { host }, 'page'],
    ['its own page by name', { host: 'localhost:4680' }, 'page'],
    ['its own page over IPv6', { host: '[::1]:4680' }, 'page'],
    ['a part the page loads', { host, 'sec-fetch-site': 'same-origin' }, 'part'],
    [
      'a link from elsewhere that opens the page',
      { host, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' },
      'page',
    ],
    ['a socket from its page', { host, origin: `http://${host}` }, 'socket'],
  ] as const)('lets in %s', (_name, headers, request) => {
    expect(gate.admits(headers, request)).toBe(true);
  });

  test.each([
    ['no Host', {}, 'page'],
    ['a rebound name', { host: 'evil.example:4680' }, 'page'],
    ['a name that begins like ours', { host: '127.0.0.1.evil.example:4680' }, 'page'],
    ['another address', { host: '192.168.1.5:4680' }, 'page'],
    ['another origin', { host, origin: 'http://evil.example' }, 'part'],
    ['an opaque origin', { host, origin: 'null' }, 'socket'],
    ['our name on another port as origin', { host, origin: 'http://127.0.0.1:4681' }, 'socket'],
    ['a socket without origin', { host }, 'socket'],
    [
      'a picture on another site',
      { host, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' },
      'part',
    ],
    [
      'the page in a frame',
      { host, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' },
      'page',
    ],
    [
      'a page on another port of this machine',
      { host, 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'cors' },
      'part',
    ],
  ] as const)('keeps out %s', (_name, headers, request) => {
    expect(gate.admits(headers, request)).toBe(false);
  });

  test('opened to the network it answers to addresses, and still to no foreign name', () => {
    const open = createGate('0.0.0.0');
    expect(open.admits({ host: '192.168.1.5:4680' }, 'page')).toBe(true);
    expect(open.admits({ host: '[fe80::1]:4680' }, 'page')).toBe(true);
    expect(open.admits({ host: 'evil.example:4680' }, 'page')).toBe(false);
  });

  test('opened to the network it asks for the operator’s token, and lets nobody in where none is set', () => {
    expect(gate.asksForPassword).toBe(false);
    expect(createGate('::1').asksForPassword).toBe(false);
    const open = createGate('0.0.0.0', 'sesame');
    expect(open.asksForPassword).toBe(true);
    expect(open.opensWith('sesame')).toBe(true);
    expect(open.opensWith('')).toBe(false);
    expect(open.opensWith('sesam')).toBe(false);
    expect(createGate('0.0.0.0').opensWith('')).toBe(false);
  });

  test('every start has a token of its own, and only that one opens', () => {
    const other = createGate('127.0.0.1');
    expect(other.token).not.toBe(gate.token);
    expect(gate.holdsToken(gate.token)).toBe(true);
    for (const wrong of [other.token, '', undefined, `${gate.token} `, gate.token.slice(1)]) {
      expect(gate.holdsToken(wrong)).toBe(false);
    }
  });
});

test.each([
  ['127.0.0.1', true],
  ['127.8.9.10', true],
  ['localhost', true],
  ['::1', true],
  ['127.evil.example', false],
  ['127.0.0.1.evil.example', false],
  ['localhost.evil.example', false],
  ['0.0.0.0', false],
  ['::', false],
  ['192.168.1.5', false],
])('%s is an address of this machine alone: %s', (host, is) => {
  expect(isLoopback(host)).toBe(is);
});
