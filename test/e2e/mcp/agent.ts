import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** What a tool came to. */
export type ToolResult = Awaited<ReturnType<Client['callTool']>>;

/** An agent: the official client, which starts `dramatis mcp` and speaks to it over its stdin and stdout. */
export type Agent = {
  readonly client: Client;
  /** Calls a tool and fails where the tool did. */
  call<T = Record<string, never>>(name: string, args?: Record<string, unknown>): Promise<T>;
  /** Calls a tool and gives the text of its result, be it an error or not. */
  told(name: string, args?: Record<string, unknown>): Promise<{ text: string; isError: boolean }>;
  stderr(): string;
  close(): Promise<void>;
};

/** @param url of the stage's page, `http://…` */
export async function startAgent(url: string, token: string): Promise<Agent> {
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [
      '--import',
      join(ROOT, 'scripts', 'child-setup.mjs'),
      join(ROOT, 'src', 'cli.ts'),
      'mcp',
      '--url',
      `${url.replace('http', 'ws')}/stage`,
    ],
    env: { DRAMATIS_TOKEN: token },
    stderr: 'pipe',
  });
  let stderr = '';
  transport.stderr?.on('data', (chunk) => {
    stderr += String(chunk);
  });
  const client = new Client({ name: 'a test', version: '1' });
  await client.connect(transport);
  const call = (name: string, args: Record<string, unknown> = {}) =>
    client.callTool({ name, arguments: args });
  return {
    client,
    async call<T>(name: string, args?: Record<string, unknown>) {
      const result = await call(name, args);
      if (result.isError) throw new Error(`${name}: ${textOf(result)}`);
      return result.structuredContent as T;
    },
    async told(name, args) {
      const result = await call(name, args);
      return { text: textOf(result), isError: result.isError ?? false };
    },
    stderr: () => stderr,
    close: () => client.close(),
  };
}

function textOf({ content }: ToolResult): string {
  return content.map((part) => (part.type === 'text' ? part.text : `[${part.type}]`)).join('\n');
}
