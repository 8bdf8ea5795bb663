import { stringify } from 'yaml';
import { z } from 'zod';
import { clientMessageSchema, PROTOCOL, SUBPROTOCOL } from '../../src/stage/web/protocol.ts';
import { serverMessageSchema } from '../../src/stage/web/server-message.ts';

type Json = { readonly [key: string]: unknown };

/** Where they are, below the repository. */
export const FOLDER = 'docs/protocol';

const FILES = { client: 'client-message.schema.json', server: 'server-message.schema.json' } as const;

/** The published descriptions of the stage protocol, by file name: all of them made from the zod types. */
export function protocolDocuments(): Readonly<Record<string, string>> {
  const client = messageSchemas(clientMessageSchema.options, 'input');
  const server = messageSchemas(serverMessageSchema.options, 'output');
  return {
    [FILES.client]: json(schemaFile('client', 'What a client of the Dramatis stage sends', client)),
    [FILES.server]: json(schemaFile('server', 'What the Dramatis stage sends', server)),
    'asyncapi.yaml': `# Made by npm run schemas.\n${stringify(asyncApi(client, server), { lineWidth: 110, aliasDuplicateObjects: false })}`,
  };
}

/** A schema for each message, by its `type`. */
function messageSchemas(
  options: readonly (z.ZodType & { readonly shape: { readonly type: { readonly value: string } } })[],
  io: 'input' | 'output',
): Readonly<Record<string, Json>> {
  return Object.fromEntries(
    options.map((option) => {
      // AsyncAPI's own schemas are a superset of draft 7.
      const { $schema, ...schema } = z.toJSONSchema(option, { io, target: 'draft-7', override: plainBase64 });
      return [option.shape.type.value, schema];
    }),
  );
}

/** `contentEncoding` says it; a pattern over megabytes is more than some validators’ stacks hold. */
function plainBase64({ jsonSchema }: { jsonSchema: z.core.JSONSchema.BaseSchema }): void {
  if (jsonSchema.format !== 'base64') return;
  delete jsonSchema.format;
  delete jsonSchema.pattern;
}

function schemaFile(side: keyof typeof FILES, title: string, messages: Readonly<Record<string, Json>>): Json {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $id: `urn:dramatis:stage:${PROTOCOL}:${side}`,
    title: `${title}, version ${PROTOCOL}`,
    oneOf: Object.keys(messages).map((type) => ({ $ref: `#/definitions/${type}` })),
    definitions: messages,
  };
}

/** AsyncAPI 3, told from the stage: it receives what clients send. */
function asyncApi(client: Readonly<Record<string, Json>>, server: Readonly<Record<string, Json>>): Json {
  const heard = Object.keys(server).filter((type) => OVER_EVENTS.has(type));
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Dramatis stage',
      version: `${PROTOCOL}.0.0`,
      description: `One JSON object a message. The WebSocket subprotocol is ${SUBPROTOCOL}; a token is the second subprotocol, or stands in the header Authorization: Bearer. docs/protocol.md says what each message means.`,
    },
    defaultContentType: 'application/json',
    servers: {
      socket: {
        host: '127.0.0.1:4680',
        protocol: 'ws',
        security: [{ $ref: '#/components/securitySchemes/token' }],
      },
      events: {
        host: '127.0.0.1:4680',
        protocol: 'http',
        security: [{ $ref: '#/components/securitySchemes/token' }],
      },
    },
    channels: {
      stage: {
        address: '/stage',
        servers: [{ $ref: '#/servers/socket' }],
        messages: {
          ...named(client, (type) => `client.${type}`),
          ...named(server, (type) => `server.${type}`),
        },
        bindings: { ws: { method: 'GET' } },
      },
      events: {
        address: '/stage/events',
        description: 'Server-sent events, for listening alone. Last-Event-ID goes on behind that beat.',
        servers: [{ $ref: '#/servers/events' }],
        messages: Object.fromEntries(
          heard.map((type) => [type, { $ref: `#/components/messages/server.${type}` }]),
        ),
      },
    },
    operations: {
      asked: operation('receive', 'stage', Object.keys(client), (type) => `client.${type}`),
      told: operation('send', 'stage', Object.keys(server), (type) => `server.${type}`),
      listened: {
        ...operation('send', 'events', heard, (type) => type),
        bindings: {
          http: {
            method: 'GET',
            query: {
              type: 'object',
              required: ['scene'],
              properties: {
                scene: { type: 'string', description: 'The id of a scene, or of a room of one.' },
                thoughts: { type: 'string', enum: ['true'], description: 'Scope peek.' },
              },
              additionalProperties: false,
            },
            bindingVersion: '0.3.0',
          },
        },
      },
    },
    components: {
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'Made by dramatis apps add.' },
      },
      messages: { ...components(client, 'client'), ...components(server, 'server') },
    },
  };
}

/** What a listener is sent; the rest are answers, and news for pages. */
const OVER_EVENTS: ReadonlySet<string> = new Set([
  ...['hello', 'opened', 'beat', 'update', 'partial', 'withdraw', 'typing', 'scene', 'notice', 'whisper'],
  ...['thoughts', 'error'],
]);

function named(messages: Readonly<Record<string, Json>>, name: (type: string) => string): Json {
  return Object.fromEntries(
    Object.keys(messages).map((type) => [name(type), { $ref: `#/components/messages/${name(type)}` }]),
  );
}

function operation(
  action: 'send' | 'receive',
  channel: string,
  types: readonly string[],
  name: (type: string) => string,
): Json {
  return {
    action,
    channel: { $ref: `#/channels/${channel}` },
    messages: types.map((type) => ({ $ref: `#/channels/${channel}/messages/${name(type)}` })),
  };
}

function components(messages: Readonly<Record<string, Json>>, side: keyof typeof FILES): Json {
  return Object.fromEntries(
    Object.keys(messages).map((type) => [
      `${side}.${type}`,
      { name: type, payload: { $ref: `./${FILES[side]}#/definitions/${type}` } },
    ]),
  );
}

function json(value: Json): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
