import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Message, MessageType } from '../../../clients/js/src/index.ts';
import { createApplicationShelf } from '../../../src/stage/web/applications/application-shelf.ts';
import type { ServerMessageOf } from '../../../src/stage/web/server-message.ts';
import { openStore } from '../../../src/store/open-store.ts';
import type { SceneStore } from '../../../src/store/scene-store.ts';
import { smallLibrary } from '../../support/small-library.ts';
import { openWebHouse, type WebHouse } from '../../unit/stage/web/web-house.ts';
import { add } from '../applications/dialling.ts';
import { launchBrowser, noBrowser } from '../web/page-house.ts';

const run = promisify(execFile);
const PACKAGE = fileURLToPath(new URL('../../../clients/js/', import.meta.url));

let folder: string;
let store: SceneStore;
let house: WebHouse;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dramatis-client-'));
  // Nothing of the npm that runs these tests, and nothing left behind.
  const env = { PATH: process.env['PATH'], HOME: folder, npm_config_update_notifier: 'false' };
  const npm = (...args: string[]) => run('npm', [...args, '--no-audit', '--no-fund'], { env });
  // The repository runs no scripts of packages; this one is our own, and builds.
  await npm('pack', '--ignore-scripts=false', PACKAGE, '--pack-destination', folder);
  const archive = (await readdir(folder)).find((name) => name.endsWith('.tgz')) ?? '';
  await writeFile(join(folder, 'package.json'), '{"type":"module"}');
  await npm('install', '--prefix', folder, '--offline', '--ignore-scripts', join(folder, archive));
  store = await openStore('memory:');
  house = await openWebHouse(smallLibrary(), { store });
}, 120_000);
afterAll(async () => {
  await house.close();
  await rm(folder, { recursive: true });
});

const PROGRAM = `
import { connect, performanceOf } from '@dramatis/client';
export async function play(url, token) {
  const signal = AbortSignal.timeout(20_000);
  const stage = await connect({ url, token, signal });
  const line = new Promise((resolve, reject) => {
    stage.on('beat', ({ beat }) => beat.kind === 'line' && resolve(beat));
    for (const event of ['notice', 'error', 'closed']) stage.on(event, (told) => reject(told));
  });
  await stage.open({ start: { cast: ['tom'], setting: 'A quay.' }, as: { id: 'p1', name: 'Ada' } });
  await stage.next('tom');
  const { speaker, subtitles } = performanceOf(await line);
  stage.close();
  return { by: speaker.name, lines: subtitles.length };
}
`;

describe('the package, as it is packed', () => {
  test('holds built JavaScript with its types, and needs nothing else', async () => {
    const at = join(folder, 'node_modules', '@dramatis', 'client');
    const files = await readdir(at, { recursive: true });
    expect(files).toEqual(
      expect.arrayContaining(['README.md', 'LICENSE', 'dist/index.js', 'dist/index.d.ts']),
    );
    expect(files.filter((name) => /\.ts$/.test(name) && !name.endsWith('.d.ts'))).toEqual([]);
    expect(await readdir(join(folder, 'node_modules'))).toEqual(['.package-lock.json', '@dramatis']);
    const { dependencies } = JSON.parse(await readFile(join(at, 'package.json'), 'utf8'));
    expect(dependencies).toBeUndefined();
  });

  test('plays from plain Node', async () => {
    await writeFile(join(folder, 'play.js'), PROGRAM);
    const main = `import { play } from './play.js'; console.log(JSON.stringify(await play(...process.argv.slice(2))));`;
    await writeFile(join(folder, 'main.js'), main);
    const token = await add(createApplicationShelf(store), 'In Node', ['play', 'direct']);
    const { stdout, stderr } = await run(process.execPath, [
      '--no-strip-types',
      join(folder, 'main.js'),
      house.url,
      token,
    ]);
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toEqual({ by: 'Tom Reddick', lines: expect.any(Number) });
  });

  test('is read by a compiler that checks its types', async () => {
    const source = `
      import { connect, performanceOf, type Stage } from '@dramatis/client';
      export async function play(token: string): Promise<string | undefined> {
        const stage: Stage = await connect({ url: 'http://127.0.0.1:4680', token });
        stage.on('beat', ({ beat }) => { const n: number = beat.n; performanceOf(beat); });
        // @ts-expect-error there is no such event
        stage.on('applause', () => {});
        return (await stage.save('here')).save.name;
      }`;
    await writeFile(join(folder, 'typed.ts'), source);
    const tsc = fileURLToPath(new URL('../../../node_modules/typescript/bin/tsc', import.meta.url));
    const compilerOptions = {
      noEmit: true,
      strict: true,
      module: 'nodenext',
      target: 'es2022',
      lib: ['es2022', 'dom'],
      types: [],
    };
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['typed.ts'] }));
    const outcome = await run(process.execPath, [tsc, '--project', folder]).then(
      () => 'fits',
      (error: { stdout: string }) => error.stdout,
    );
    expect(outcome).toBe('fits');
  });

  test.skipIf(noBrowser)('plays from a page', async () => {
    const server = createServer((request, response) => {
      const name = new URL(request.url ?? '', 'http://page').pathname;
      const html = `<script type="importmap">{"imports":{"@dramatis/client":"/node_modules/@dramatis/client/dist/index.js"}}</script>`;
      const isPage = name === '/';
      response.setHeader('content-type', isPage ? 'text/html' : 'text/javascript');
      readFile(join(folder, name))
        .catch(() => html)
        .then((body) => response.end(isPage ? html : body));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const token = await add(createApplicationShelf(store), 'In a page', ['play', 'direct'], [origin]);
    const browser = await launchBrowser();
    try {
      const page = await browser.newPage();
      await page.goto(origin);
      const played = await page.evaluate<unknown>(
        `import('/play.js').then(({ play }) => play(${JSON.stringify(house.url)}, ${JSON.stringify(token)}))`,
      );
      expect(played).toEqual({ by: 'Tom Reddick', lines: expect.any(Number) });
    } finally {
      await browser.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  });
});

// Checked by the compiler: whatever the stage may send an application fits the client’s own types.
type Fits = { [T in MessageType]: ServerMessageOf<T> extends Message<T> ? true : T }[MessageType];
const allFit: Fits extends true ? true : Fits = true;
test('its types are those of the stage', () => expect(allFit).toBe(true));
