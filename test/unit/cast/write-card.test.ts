import { Buffer } from 'node:buffer';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { readCard } from '../../../src/cast/cards/read-card.ts';
import { type CardFormat, writeCard } from '../../../src/cast/cards/write-card.ts';
import { fixture } from './png-card.ts';

function written(name: string, format: CardFormat): string {
  return writeCard(readCard(fixture(name), name).card, format);
}

describe('for other tools', () => {
  test.each([
    ['v2', 'chara_card_v2', '2.0'],
    ['v3', 'chara_card_v3', '3.0'],
  ] as const)('%s says which it is, and shows lines as prose without thoughts', (format, spec, version) => {
    const card = JSON.parse(written('pilot-v3.json', format));
    expect(card).toMatchObject({ spec, spec_version: version });
    expect(card.data.first_mes).toBe('*pushes a mug across* Sit.');
    expect(card.data.mes_example).toBe(
      '<START>\n{{char}}: Ask, then.\n<START>\n{{user}}: Is the light out?\n{{char}}: *turns the lamp down* It rests.',
    );
    expect(card.data.system_prompt).toBe('');
  });

  test('what we do not use is kept', () => {
    const { data } = JSON.parse(written('pilot-v2.json', 'v3'));
    expect(data.house_rule).toBe('an unknown field');
    expect(data.character_version).toBe(3);
    expect(data.extensions.other_tool).toEqual({ keep: ['me', { deep: true }] });
    expect(JSON.parse(written('pilot-v3.json', 'v3')).data).toMatchObject({
      assets: [{ uri: 'ccdefault:' }],
      group_only_greetings: ['Two of you, is it?'],
      character_book: { entries: [{ insertion_order: 1 }, { content: 'Switched off.' }, { constant: true }] },
      extensions: { dramatis: { a_later_field: 1 } },
    });
  });
});

test.each(['pilot-v1.json', 'pilot-v2.json', 'pilot-v3.json'])(
  '%s is the same character in every format',
  (name) => {
    const { character } = readCard(fixture(name), name);
    for (const format of ['yaml', 'v3', 'v2'] as const) {
      const file = format === 'yaml' ? 'card.yaml' : 'card.json';
      const again = readCard(Buffer.from(written(name, format)), file);
      expect(again.character).toEqual(character);
      const back = readCard(Buffer.from(writeCard(again.card, 'yaml')), 'card.yaml');
      expect(back.character).toEqual(character);
    }
  },
);

test('YAML has each line once and nothing empty', () => {
  const card = parse(written('pilot-v3.json', 'yaml'));
  expect(card.first_mes).toContain('<role_thinking>');
  expect(card.extensions.dramatis.greetings).toBeUndefined();
  expect(card).not.toHaveProperty('scenario');
});
