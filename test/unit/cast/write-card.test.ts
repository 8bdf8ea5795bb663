import { Buffer } from 'node:buffer';
import { decode } from 'fast-png';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { writePngCard } from '../../../src/cast/cards/png-card.ts';
import { readPngTexts } from '../../../src/cast/cards/png-text.ts';
import { readCard } from '../../../src/cast/cards/read-card.ts';
import { type CardFormat, writeCard } from '../../../src/cast/cards/write-card.ts';
import { fixture, PICTURE, pngCard } from './png-card.ts';

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
    expect(data.character_version).toBe('3');
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

describe('lines', () => {
  const HER = '<role_thinking>Another one</role_thinking>Sit.';
  const again = (fields: Record<string, unknown>) =>
    readCard(
      Buffer.from(JSON.stringify({ spec: 'chara_card_v3', data: { name: 'Ada', ...fields } })),
      'x.json',
    );

  test('prose is written to the letter, and nothing of ours is added', () => {
    const first_mes = '*leans in*  "So." she said,\n\n*and* **waited**.';
    const { data } = JSON.parse(writeCard(again({ first_mes }).card, 'v3'));
    expect(data.first_mes).toBe(first_mes);
    expect(data.extensions).toEqual({});
  });

  test('greetings for groups become prose as well, and come back with their thoughts', () => {
    const { card } = again({ group_only_greetings: [HER, 'All of you?'] });
    const { data } = JSON.parse(writeCard(card, 'v2'));
    expect(data.group_only_greetings).toEqual(['Sit.', 'All of you?']);
    const back = readCard(Buffer.from(JSON.stringify({ data })), 'x.json').card;
    expect(parse(writeCard(back, 'yaml')).group_only_greetings).toEqual([HER, 'All of you?']);
  });

  test('one that was edited in another tool is as it was edited', () => {
    const { card } = again({ first_mes: HER, alternate_greetings: [HER.replace('Sit', 'Stand')] });
    const { data } = JSON.parse(writeCard(card, 'v3'));
    const edited = readCard(
      Buffer.from(JSON.stringify({ data: { ...data, first_mes: 'Out.' } })),
      'x.json',
    ).card;
    const yaml = parse(writeCard(edited, 'yaml'));
    expect(yaml.first_mes).toBe('Out.');
    expect(yaml.alternate_greetings).toEqual([HER.replace('Sit', 'Stand')]);
  });

  test('examples of another tool’s stay beside ours', () => {
    const { card } = again({
      mes_example: '<START>\n{{char}}: Mine.',
      extensions: { dramatis: { examples: [HER] } },
    });
    expect(JSON.parse(writeCard(card, 'v3')).data.mes_example).toBe('<START>\n{{char}}: Mine.');
    expect(parse(writeCard(card, 'yaml')).mes_example).toBe('<START>\n{{char}}: Mine.');
  });
});

test('a field that the oldest cards had under another meaning does not change its own in YAML', () => {
  const data = { name: 'Ada', char_greeting: 'x', data: { deep: 1 }, entries: [], first_mes: '' };
  const { card } = readCard(Buffer.from(JSON.stringify({ spec: 'chara_card_v3', data })), 'x.json');
  const back = readCard(Buffer.from(writeCard(card, 'yaml')), 'x.yaml').card;
  expect(back).toEqual(card);
  expect(back).toMatchObject(data);
});

describe('a PNG', () => {
  const { card } = readCard(fixture('pilot-v3.json'), 'pilot-v3.json');

  test('without a picture of its own has one in a colour of its name, with a proper end', () => {
    const png = writePngCard(card);
    expect(decode(png, { checkCrc: true })).toMatchObject({ width: 400, height: 600 });
    expect(readCard(png, 'x.png').card.name).toBe('Ines Carrow');
    expect(writePngCard(card)).toEqual(png);
    expect(writePngCard({ ...card, name: 'Tom Rudd' })).not.toEqual(png);
    expect(decode(writePngCard(card, Buffer.from('no PNG')))).toMatchObject({ width: 400 });
  });

  test('of other writers’ keeps nothing of what they wrote into it', () => {
    const older = pngCard({ chara: { data: { name: 'Somebody else' } }, parameters: 'a private prompt' });
    const png = writePngCard(card, older);
    expect(readPngTexts(png).map(({ keyword }) => keyword)).toEqual(['chara', 'ccv3']);
    expect(decode(png, { checkCrc: true })).toMatchObject({ width: decode(PICTURE).width });
  });

  test('that was cut off has an end again', () => {
    const png = writePngCard(card, PICTURE.subarray(0, PICTURE.length - 12));
    expect(readPngTexts(png).map(({ keyword }) => keyword)).toEqual(['chara', 'ccv3']);
    expect(png.subarray(-8, -4)).toEqual(Uint8Array.from(Buffer.from('IEND')));
  });
});
