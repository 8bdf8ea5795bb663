import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

/** A file of a multipart body; `key` is `files[n]`. */
export type ReceivedFile = {
  readonly key: string;
  readonly name: string;
  readonly contentType: string;
  readonly data: Buffer;
};

/** A request as the bot made it, kept for the tests. */
export type ReceivedRequest = {
  readonly method: string;
  /** Decoded, without `/api` and the version: `/channels/1/messages`. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  /** The JSON body, or the `payload_json` of a multipart one; `undefined` when there is none. */
  readonly body: unknown;
  readonly files: readonly ReceivedFile[];
  /** The body claimed to be JSON and was not. */
  readonly malformed: boolean;
  /** Everything that can carry words: address, audit reason, the body as sent and every string in it. */
  readonly text: string;
  /** What was answered; `null` while it is being handled, and for good when the answer was lost. */
  status: number | null;
};

/** Reads a request to its end. */
export async function receiveRequest(incoming: IncomingMessage, url: URL): Promise<ReceivedRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const raw = Buffer.concat(chunks);
  const path = decodeURIComponent(url.pathname).replace(/^\/api(\/v\d+)?/, '');
  const type = incoming.headers['content-type'] ?? '';
  const { body, files } = type.startsWith('multipart/form-data')
    ? await readMultipart(raw, type)
    : { body: raw.length > 0 ? readJson(raw.toString()) : undefined, files: [] };
  const malformed = body === notJson;
  return {
    method: incoming.method ?? 'GET',
    path,
    query: url.searchParams,
    headers: incoming.headers,
    body: malformed ? undefined : body,
    files,
    malformed,
    text: [path, url.search, auditReason(incoming.headers) ?? '', raw.toString(), ...stringsIn(body)].join(
      '\n',
    ),
    status: null,
  };
}

/** The reason for the audit log, decoded. */
function auditReason(headers: IncomingHttpHeaders): string | null {
  const reason = headers['x-audit-log-reason'];
  return typeof reason === 'string' ? decodeURIComponent(reason) : null;
}

const notJson = Symbol('not JSON');

async function readMultipart(raw: Buffer, type: string): Promise<Pick<ReceivedRequest, 'body' | 'files'>> {
  const form = await new Response(new Uint8Array(raw), { headers: { 'content-type': type } }).formData();
  const payload = form.get('payload_json');
  const files: ReceivedFile[] = [];
  for (const [key, value] of form) {
    if (typeof value === 'string') continue;
    const data = Buffer.from(await value.arrayBuffer());
    files.push({ key, name: value.name, contentType: value.type || 'application/octet-stream', data });
  }
  return { body: typeof payload === 'string' ? readJson(payload) : undefined, files };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return notJson;
  }
}

/** Every string in a JSON value, unescaped, so that a search for a marker cannot miss it over a `\n`. */
export function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) => [key, ...stringsIn(child)]);
}
