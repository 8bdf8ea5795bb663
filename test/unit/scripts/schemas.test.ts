import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { FOLDER, protocolDocuments } from '../../../scripts/schemas/documents.ts';
import { clientMessageSchema } from '../../../src/stage/web/protocol.ts';
import { serverMessageSchema } from '../../../src/stage/web/server-message.ts';
import { misfit } from '../../support/protocol-schemas.ts';

const folder = fileURLToPath(new URL(`../../../${FOLDER}/`, import.meta.url));
const documents = protocolDocuments();
const typesOf = (options: readonly { shape: { type: { value: string } } }[]) =>
  options.map(({ shape }) => shape.type.value);

describe('the published schemas', () => {
  test('are those of the zod types: npm run schemas writes them anew', () => {
    expect(readdirSync(folder).sort()).toEqual(Object.keys(documents).sort());
    for (const [name, content] of Object.entries(documents)) {
      expect(readFileSync(join(folder, name), 'utf8') === content, `${name} is stale`).toBe(true);
    }
  });

  test.each(['client-message.schema.json', 'server-message.schema.json'])(
    '%s is a JSON Schema of draft 7',
    (name) => {
      const ajv = new Ajv({ strict: false, validateFormats: false });
      const schema = JSON.parse(documents[name] ?? '') as object;
      expect(ajv.validateSchema(schema), ajv.errorsText()).toBe(true);
      expect(ajv.compile(schema)({ type: 'nothing that there is' })).toBe(false);
    },
  );

  test('every reference in the AsyncAPI document leads somewhere', () => {
    const text = documents['asyncapi.yaml'] ?? '';
    const own = parse(text) as unknown;
    const references = [...text.matchAll(/\$ref: "?([^"\n]+)"?$/gmu)].map(([, to = '']) => to);
    expect(references.length).toBeGreaterThan(100);
    const lost = references.filter((to) => {
      const [file = '', pointer = ''] = to.split('#/');
      const root = file === '' ? own : JSON.parse(documents[file.replace('./', '')] ?? '{}');
      return (
        pointer
          .split('/')
          .reduce((at: unknown, key) => (at as Record<string, unknown> | undefined)?.[key], root) ===
        undefined
      );
    });
    expect(lost).toEqual([]);
  });

  test('both sides have every message in them, and in AsyncAPI', () => {
    const { components } = parse(documents['asyncapi.yaml'] ?? '') as { components: { messages: object } };
    expect(Object.keys(components.messages)).toEqual([
      ...typesOf(clientMessageSchema.options).map((type) => `client.${type}`),
      ...typesOf(serverMessageSchema.options).map((type) => `server.${type}`),
    ]);
  });
});

describe('a message that is held to them', () => {
  test.each([
    ['client', { type: 'say', text: 'Good evening.', key: 'k1' }],
    ['client', { type: 'open', start: { cast: ['tom'] }, as: { id: 'p1', name: 'Ada' }, thoughts: true }],
    ['server', { type: 'heard', re: '1', beat: 3 }],
  ] as const)('of a %s fits', (side, message) => {
    expect(misfit(side, message)).toBeUndefined();
  });

  test.each([
    ['client', { type: 'say' }],
    ['client', { type: 'say', text: 'x', thought: 'hidden' }],
    ['client', { type: 'shout', text: 'x' }],
    ['client', { type: 'open', as: { id: 'a b', name: 'Ada' } }],
    ['server', { type: 'heard', beat: 0 }],
    ['server', { type: 'withdraw', turn: 't', plan: 'hidden' }],
  ] as const)('of a %s does not: %j', (side, message) => {
    expect(misfit(side, message)).toBeDefined();
  });
});
