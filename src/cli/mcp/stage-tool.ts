import type { McpServer } from '@modelcontextprotocol/server';
import type { z } from 'zod';
import { forScreen } from '../../format/render-plain.ts';
import type { Scope } from '../../stage/web/protocol.ts';
import type { AgentSeat } from './agent-seat.ts';

/** A tool as agents are offered it. Without its scope it is not offered at all. */
export type StageTool = {
  readonly name: string;
  readonly scope: Scope | undefined;
  register(server: McpServer, seat: AgentSeat): void;
};

type Told<O> = { readonly text: string; readonly data: O };

/** What a tool does to a scene, for whoever asks people before it is used. */
type Effect = 'looks' | 'adds';

/**
 * Makes a tool of what it takes, what it gives and how. What `run` throws becomes the tool's error, in the words
 * of the error.
 */
export function stageTool<I extends z.ZodObject, O extends z.ZodObject>(of: {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly scope?: Scope;
  readonly effect: Effect;
  readonly input: I;
  readonly output: O;
  /** `text` is for people, `data` the same for programs. */
  run(input: z.output<I>, seat: AgentSeat, signal: AbortSignal): Promise<Told<z.input<O>>>;
}): StageTool {
  const { name, title, description, input, output, effect } = of;
  return {
    name,
    scope: of.scope,
    register(server, seat) {
      server.registerTool(
        name,
        {
          title,
          description,
          inputSchema: input as z.ZodObject,
          outputSchema: output as z.ZodObject,
          // Nothing here deletes: a log only grows. All of it is the stage's own world.
          annotations: { readOnlyHint: effect === 'looks', destructiveHint: false, openWorldHint: false },
        },
        async (given, context) => {
          const { text, data } = await of.run(given as z.output<I>, seat, context.mcpReq.signal);
          // Whoever shows it may do so in a terminal, and anyone may have written it.
          return {
            content: [{ type: 'text', text: forScreen(text) }],
            structuredContent: data as Record<string, unknown>,
          };
        },
      );
    },
  };
}
