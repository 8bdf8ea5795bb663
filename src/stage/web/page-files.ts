import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { stripTypeScriptTypes } from 'node:module';

export type PageFile = { readonly mime: string; readonly body: string; readonly etag: string };

/** What the page is made of, by its path below `/page/`. */
export type PageFiles = ReadonlyMap<string, PageFile>;

const FOLDER = new URL('./page/', import.meta.url);

/** Reads the page's style sheets and modules, with the types taken out of the latter. */
export async function readPageFiles(): Promise<PageFiles> {
  const files = new Map<string, PageFile>();
  const names = (await readdir(FOLDER, { recursive: true })).map((name) => name.replaceAll('\\', '/'));
  for (const name of names.sort()) {
    const isModule = name.endsWith('.ts');
    if (!isModule && !name.endsWith('.css')) continue;
    const text = await readFile(new URL(name, FOLDER), 'utf8');
    const body = isModule ? withoutTypes(text) : text;
    const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 16)}"`;
    files.set(name, { mime: isModule ? 'text/javascript' : 'text/css', body, etag });
  }
  return files;
}

/** Node warns that this function is experimental; that line, and no other, says nothing to a player. */
function withoutTypes(source: string): string {
  const { emitWarning } = process;
  process.emitWarning = ((warning: string | Error, ...rest: never[]) => {
    if (!String(warning).includes('stripTypeScriptTypes')) emitWarning.call(process, warning, ...rest);
  }) as typeof process.emitWarning;
  try {
    return stripTypeScriptTypes(source);
  } finally {
    process.emitWarning = emitWarning;
  }
}
