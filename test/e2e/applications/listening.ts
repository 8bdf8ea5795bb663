import { type ServerMessage, serverMessageSchema } from '../../../src/stage/web/server-message.ts';
import { misfit } from '../../support/protocol-schemas.ts';

/** What came over one connection of server-sent events, as an application reads it. */
export type Listening = {
  readonly response: Response;
  readonly received: readonly { readonly id?: number; readonly message: ServerMessage }[];
  /** Resolves when the stage ended it. */
  readonly ended: Promise<void>;
  close(): void;
};

/** @param query after the `?` */
export async function listen(
  url: string,
  query: string,
  headers: Record<string, string> = {},
): Promise<Listening> {
  const leaving = new AbortController();
  const response = await fetch(`${url}/stage/events?${query}`, { headers, signal: leaving.signal });
  const received: { id?: number; message: ServerMessage }[] = [];

  async function read(): Promise<void> {
    let rest = '';
    for await (const text of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      const blocks = (rest + text).split('\n\n');
      rest = blocks.pop() ?? '';
      for (const block of blocks) {
        const data = /^data: (.+)$/mu.exec(block)?.[1];
        if (data === undefined) continue;
        const id = /^id: (\d+)$/mu.exec(block)?.[1];
        const raw: { type?: unknown } = JSON.parse(data);
        const found = misfit('server', raw);
        if (found !== undefined) throw new Error(found);
        const message = serverMessageSchema.parse(raw);
        received.push({ message, ...(id === undefined ? {} : { id: Number(id) }) });
      }
    }
  }
  const ended = response.ok
    ? read().catch((error: unknown) => {
        if (!leaving.signal.aborted) throw error;
      })
    : Promise.resolve();
  return { response, received, ended, close: () => leaving.abort() };
}
