import type { HttpBindings } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import { basicAuth } from 'hono/basic-auth';
import type { Picture } from '../../cast/avatar.ts';
import type { Library } from '../../cast/library/library-api.ts';
import { initials, narratorPicture, pictureOf } from './avatar.ts';
import type { Gate } from './gate.ts';
import type { PageFiles } from './page-files.ts';
import type { PageShell } from './page-shell.ts';
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
    const request = c.req.path === '/' ? 'page' : 'part';
    if (c.req.method !== 'GET' || !gate.admits(c.env.incoming.headers, request)) {
      return c.text('This stage answers its own page only. Open it at the address that was printed.', 403);
    }
    c.header('X-Content-Type-Options', 'nosniff');
    c.header('Referrer-Policy', 'no-referrer');
    c.header('Cross-Origin-Resource-Policy', 'same-origin');
    c.header('Cross-Origin-Opener-Policy', 'same-origin');
    // Nothing but the page itself is a document; should it be opened as one, it can do nothing.
    c.header('Content-Security-Policy', "default-src 'none'; style-src 'unsafe-inline'; sandbox");
    await next();
  });

  if (gate.asksForPassword) {
    const verifyUser = (_name: string, password: string) => gate.opensWith(password);
    app.use(basicAuth({ realm: 'Dramatis', verifyUser, invalidUserMessage: ASKS }));
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
