import type { HttpBindings } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import type { Picture } from '../../cast/avatar.ts';
import type { Library } from '../../cast/library/library-api.ts';
import { initials, narratorPicture, pictureOf } from './avatar.ts';
import { type Gate, passwordIn } from './gate.ts';
import { HEADERS } from './headers.ts';
import type { PageFiles } from './page-files.ts';
import type { PageShell } from './page-shell.ts';
import { createPasswordTries } from './password-tries.ts';
import { roleColorOf } from './role-colors.ts';
import type { Vendor } from './vendor.ts';

type App = Hono<{ Bindings: HttpBindings }>;

/** What is served over HTTP: the page and the faces. Everything that lives goes over the socket. */
export function createWebApp(options: {
  readonly gate: Gate;
  readonly shell: PageShell;
  readonly files: PageFiles;
  readonly vendor: Vendor;
  readonly library: Library;
}): App {
  const { gate, shell, files, vendor, library } = options;
  const app: App = new Hono();

  app.use(async (c, next) => {
    for (const [name, value] of Object.entries(HEADERS)) c.header(name, value);
    const { headers } = c.env.incoming;
    const request = c.req.path === '/' ? 'page' : 'part';
    if (c.req.method !== 'GET' || !gate.admits(headers, request)) {
      return c.text('This stage answers its own page only. Open it at the address that was printed.', 403);
    }
    if (headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0') {
      c.header('Connection', 'close');
      return c.text('Nothing is taken here: a request has no body.', 413);
    }
    await next();
  });

  if (gate.asksForPassword) {
    const tries = createPasswordTries(() => performance.now());
    app.use(async (c, next) => {
      const address = c.env.incoming.socket.remoteAddress;
      const waitMs = tries.wait(address);
      if (waitMs > 0) {
        c.header('Retry-After', String(Math.ceil(waitMs / 1000)));
        return c.text('Too many wrong passwords came from your address. Wait, then try again.', 429);
      }
      const offered = passwordIn(c.req.header('authorization'));
      if (offered !== undefined && gate.opensWith(offered)) {
        tries.right(address);
        return next();
      }
      if (offered !== undefined) tries.wrong(address);
      c.header('WWW-Authenticate', 'Basic realm="Dramatis", charset="UTF-8"');
      return c.text(ASKS, 401);
    });
  }

  app.get('/', (c) => {
    c.header('Content-Security-Policy', shell.policy(c.req.header('host') ?? ''));
    c.header('Cache-Control', 'no-store');
    return c.html(shell.document());
  });

  app.get('/page/*', (c) => {
    const file = files.get(c.req.path.slice('/page/'.length));
    if (!file) return c.notFound();
    c.header('Cache-Control', 'no-cache');
    c.header('ETag', file.etag);
    if (c.req.header('if-none-match') === file.etag) return c.body(null, 304);
    return c.body(file.body, 200, { 'Content-Type': `${file.mime}; charset=utf-8` });
  });

  app.get('/vendor/*', async (c) => {
    const bytes = await vendor.read(c.req.path.slice('/vendor/'.length));
    if (!bytes) return c.notFound();
    c.header('Cache-Control', 'public, max-age=31536000, immutable');
    return c.body(new Uint8Array(bytes), 200, { 'Content-Type': 'text/javascript; charset=utf-8' });
  });

  app.get('/narrator.svg', (c) => picture(c, narratorPicture()));
  app.get('/initials/:name', (c) => {
    const name = c.req.param('name').slice(0, 100);
    return picture(c, initials(name, roleColorOf(name)));
  });
  app.get('/avatar/:id', async (c) => {
    const id = c.req.param('id');
    const character = library.character(id);
    const color = roleColorOf(id, library.characters());
    return picture(c, character ? await pictureOf(character, color) : initials(id.slice(0, 100), color));
  });

  app.notFound((c) => c.text('There is nothing here.', 404));
  return app;
}

const ASKS =
  "The password is the OPERATOR_TOKEN of this stage's settings; any name will do. Reload to try again.";

function picture(c: Context, { mime, bytes }: Picture): Response {
  c.header('Cache-Control', 'no-cache');
  return c.body(new Uint8Array(bytes), 200, { 'Content-Type': mime });
}
