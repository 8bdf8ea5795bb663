import { readFile } from 'node:fs/promises';
import { finished } from 'node:stream/promises';
import { StdioServerTransport, serveStdio } from '@modelcontextprotocol/server/stdio';
import project from '../../../package.json' with { type: 'json' };
import { isTokenLike } from '../../stage/web/applications/token.ts';
import { BadUse } from '../bad-use.ts';
import type { CliCommand, CliIo } from '../cli-command.ts';
import { readFlags } from '../read-flags.ts';
import { takeSeat } from './agent-seat.ts';
import { serveAgent } from './serve-agent.ts';

const DEFAULT_URL = 'ws://127.0.0.1:4680/stage';

/** `dramatis mcp`: an MCP server over stdin and stdout, for agents that play, direct and watch scenes. */
export const mcp: CliCommand = {
  help: `Usage: dramatis mcp [--url ws://127.0.0.1:4680/stage] [--token-file FILE]

An MCP server over stdin and stdout, by which agents play, direct and watch scenes of a
running stage (npm start). It joins the stage as an application; what the agent is offered
is what the scopes of its token allow. Programs start this command, people seldom do.

The token comes from the variable DRAMATIS_TOKEN, or from a file; never from the command
line, where others on the machine can read it. One is made with:
  dramatis apps add “My agent” --scopes play,direct

  --url         where the stage is
  --token-file  a file with the token in it, in place of DRAMATIS_TOKEN

docs/mcp.md tells what to write into an agent's settings. Exit code 0 once stdin ends,
1 where no stage is there or it does not let the token in, 2 bad use.
`,
  async run(args, io) {
    const flags = readFlags(args, {
      url: { type: 'string', default: DEFAULT_URL },
      'token-file': { type: 'string' },
    });
    const url = stageAddress(flags.url);
    const token = await tokenOf(flags['token-file'], io);
    const seat = await takeSeat({ url, token, signal: io.signal });
    const serving = serveStdio(() => serveAgent(seat, project.version), {
      transport: new StdioServerTransport(io.stdin, io.stdout),
    });
    try {
      await finished(io.stdin, { signal: io.signal, writable: false });
    } finally {
      await serving.close();
      await seat.close();
    }
    return 0;
  },
};

/** @throws BadUse where it is no address of a WebSocket */
function stageAddress(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url && /^wss?:$/u.test(url.protocol)) return url.href;
  throw new BadUse('--url takes an address like ws://127.0.0.1:4680/stage');
}

/** @throws BadUse where there is none, or it reads like none */
async function tokenOf(file: string | undefined, { env }: CliIo): Promise<string> {
  const found = (file === undefined ? env['DRAMATIS_TOKEN'] : await readToken(file))?.trim() ?? '';
  if (isTokenLike(found)) return found;
  const where = file === undefined ? 'DRAMATIS_TOKEN' : '--token-file';
  throw new BadUse(
    found === ''
      ? 'set DRAMATIS_TOKEN, or say --token-file; dramatis apps add NAME makes a token.'
      : `${where} holds no token of an application; dramatis apps add NAME makes one.`,
  );
}

async function readToken(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new BadUse(`--token-file cannot be read (${why})`);
  }
}
