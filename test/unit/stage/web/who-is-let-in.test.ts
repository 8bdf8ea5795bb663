import { once } from 'node:events';
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { SUBPROTOCOL } from '../../../../src/stage/web/protocol.ts';
import { smallLibrary } from '../../../support/small-library.ts';
import { joinStage, tokenOf } from './stage-client.ts';
import { openWebHouse, type WebHouse } from './web-house.ts';

let house: WebHouse;
beforeAll(async () => {
  house = await openWebHouse(smallLibrary());
});
afterAll(() => house.close());

describe('over HTTP', () => {
  test('the page comes with a policy that runs nothing but its own modules', async () => {
    const response = await fetch(house.url);
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(response.status).toBe(200);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("require-trusted-types-for 'script'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/unsafe-(inline|eval)/);
    const elsewhere = [...policy.matchAll(/\b(?:https?|wss?):\/\/(\S+?);?(?:\s|$)/g)].map(([, at]) => at);
    expect(elsewhere.filter((at) => at !== new URL(house.url).host)).toEqual([]);
    const page = await response.text();
    expect(page).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
  });

  test('every file the page names is there, with types taken out', async () => {
    const page = await (await fetch(house.url)).text();
    const names = [...page.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, path]) => path ?? '');
    expect(names.length).toBeGreaterThan(20);
    for (const name of names) {
      const file = await fetch(house.url + name);
      expect([name, file.status]).toEqual([name, 200]);
      if (name.endsWith('.ts')) expect(await file.text()).not.toMatch(/^import type/m);
    }
  });

  test('the components resolve through the import map', async () => {
    const page = await (await fetch(house.url)).text();
    const map = JSON.parse(/<script type="importmap">(.+?)<\/script>/.exec(page)?.[1] ?? '{}') as {
      imports: Record<string, string>;
    };
    for (const name of ['lit', '@lit/context', '@skyra/discord-components-core/discord-message.js']) {
      const module = await fetch(house.url + map.imports[name]);
      expect([name, module.status, module.headers.get('content-type')]).toEqual([
        name,
        200,
        'text/javascript; charset=utf-8',
      ]);
    }
  });

  test.each([
    ['another Host', { host: 'evil.example' }],
    ['another Origin', { origin: 'http://evil.example' }],
    ['another site', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors' }],
  ])('%s is refused, whatever it asks for', async (_name, headers) => {
    for (const path of ['/', '/page/main.ts', '/avatar/tom', '/narrator.svg']) {
      expect([path, await statusOf(path, headers)]).toEqual([path, 403]);
    }
  });

  test('nothing is taken but GET', async () => {
    expect((await fetch(house.url, { method: 'POST', body: 'x' })).status).toBe(403);
  });

  test.each([
    '/vendor/../package.json',
    '/vendor/ws@8.23.0/index.js',
    '/vendor/lit@3.3.3/package.json',
    '/page/tsconfig.json',
    '/.env',
  ])('%s is not served', async (path) => {
    expect(await statusOf(path, {})).toBe(404);
  });

  test('faces are pictures that can do nothing, whatever the name', async () => {
    const response = await fetch(
      `${house.url}/initials/${encodeURIComponent('<script>alert(1)</script> "x')}`,
    );
    expect(response.headers.get('content-security-policy')).toContain('sandbox');
    expect(await response.text()).not.toContain('<script');
    expect((await fetch(`${house.url}/avatar/nobody`)).headers.get('content-type')).toBe('image/svg+xml');
  });
});

describe('opened to the network', () => {
  test('nothing is served without the operator’s token: no page, no file, no face', async () => {
    const open = await openWebHouse(smallLibrary(), { host: '0.0.0.0', operatorToken: 'sesame' });
    try {
      const asked = (path: string, password: string) =>
        fetch(open.url + path, { headers: { authorization: `Basic ${btoa(`anyone:${password}`)}` } });
      for (const path of ['/', '/page/main.ts', '/avatar/tom', '/narrator.svg']) {
        const refused = await fetch(open.url + path);
        expect([path, refused.status]).toEqual([path, 401]);
        expect(refused.headers.get('www-authenticate')).toMatch(/^Basic/);
        expect(await refused.text()).not.toMatch(/dramatis-token|sesame/);
        expect([path, (await asked(path, 'sesam')).status]).toEqual([path, 401]);
        expect([path, (await asked(path, 'sesame')).status]).toEqual([path, 200]);
      }
    } finally {
      await open.close();
    }
  });
});

describe('a password that is guessed', () => {
  test('gets few tries, and then not even the right one is heard for a while', async () => {
    const open = await openWebHouse(smallLibrary(), { host: '0.0.0.0', operatorToken: 'sesame' });
    try {
      const asked = (password: string) =>
        fetch(open.url, { headers: { authorization: `Basic ${btoa(`anyone:${password}`)}` } });
      const statuses: number[] = [];
      for (let i = 0; i < 7; i += 1) statuses.push((await asked(`guess ${i}`)).status);
      expect(statuses).toEqual([401, 401, 401, 401, 401, 429, 429]);
      const right = await asked('sesame');
      expect(right.status).toBe(429);
      expect(Number(right.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(await right.text()).not.toContain('dramatis-token');
    } finally {
      await open.close();
    }
  });
});

describe('every answer', () => {
  test.each([
    ['the page', '/', {}],
    ['a file', '/page/main.ts', {}],
    ['a face', '/avatar/tom', {}],
    ['what is not there', '/nothing', {}],
    ['a refusal', '/', { origin: 'http://evil.example' }],
  ])('%s forbids frames, guesses of its kind and a referrer', async (_name, path, headers) => {
    const response = await fetch(house.url + path, { headers });
    const told = (name: string) => response.headers.get(name);
    expect(told('x-content-type-options')).toBe('nosniff');
    expect(told('x-frame-options')).toBe('DENY');
    expect(told('referrer-policy')).toBe('no-referrer');
    expect(told('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(told('content-security-policy')).not.toMatch(/unsafe-(inline|eval)/);
    expect(told('cross-origin-resource-policy')).toBe('same-origin');
    expect(told('access-control-allow-origin')).toBeNull();
    expect(told('set-cookie')).toBeNull();
    expect(told('content-encoding')).toBeNull();
  });
});

describe('over the socket', () => {
  test('the page’s own token opens it', async () => {
    const client = await joinStage(house.url);
    const hello = await client.seen('hello');
    expect(hello.scopes).toEqual(['play', 'direct', 'peek', 'mind', 'xray', 'admin']);
    await client.close();
  });

  test('all else is 403', async () => {
    const token = await tokenOf(house.url);
    const good = { path: '/stage', protocols: [SUBPROTOCOL, token], origin: house.url, host: undefined };
    const attempts = [
      { ...good, protocols: [SUBPROTOCOL] },
      { ...good, protocols: [SUBPROTOCOL, 'x'.repeat(token.length)] },
      { ...good, protocols: [token] },
      { ...good, origin: 'http://evil.example' },
      { ...good, origin: undefined },
      { ...good, host: 'evil.example' },
      { ...good, path: '/other' },
    ];
    for (const attempt of attempts) expect(await upgradeStatus(attempt)).toBe(403);
  });
});

function statusOf(path: string, headers: Record<string, string>): Promise<number> {
  const { hostname, port } = new URL(house.url);
  return new Promise((resolve, reject) => {
    request({ hostname, port, path, headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .on('error', reject)
      .end();
  });
}

async function upgradeStatus(attempt: {
  path: string;
  protocols: string[];
  origin: string | undefined;
  host: string | undefined;
}): Promise<number> {
  const socket = new WebSocket(house.url.replace('http', 'ws') + attempt.path, attempt.protocols, {
    ...(attempt.origin === undefined ? {} : { origin: attempt.origin }),
    ...(attempt.host === undefined ? {} : { headers: { host: attempt.host } }),
  });
  const refused = once(socket, 'unexpected-response') as Promise<[unknown, { statusCode: number }]>;
  const [, response] = await refused;
  socket.on('error', () => {});
  socket.terminate();
  return response.statusCode;
}
