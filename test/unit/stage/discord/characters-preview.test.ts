import { ComponentType } from 'discord.js';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CardData } from '../../../../src/cast/cards/card-data.ts';
import { characterFromCard } from '../../../../src/cast/cards/character-from-card.ts';
import {
  blankCard,
  CARD_FIELD_NAMES,
  type CardFieldName,
  withField,
} from '../../../../src/engine/cards/card-fields.ts';
import { PlayerError } from '../../../../src/errors.ts';
import { broughtScreen } from '../../../../src/stage/discord/characters/bring-card.ts';
import { CARD_FORMS, type CardForm, cardForm } from '../../../../src/stage/discord/characters/card-forms.ts';
import { pictureForm } from '../../../../src/stage/discord/characters/picture-form.ts';
import { previewOf } from '../../../../src/stage/discord/characters/preview.ts';
import { summonRows } from '../../../../src/stage/discord/characters/summon-row.ts';
import { everyComponent, v2Components } from '../../../doubles/discord/rules/component-rules.ts';
import { readForm } from '../../../doubles/discord/rules/form.ts';
import { modalForm } from '../../../doubles/discord/rules/modal-rules.ts';

/** Cards full of whatever people write, markup and long texts among it. */
const cards = fc
  .record(
    Object.fromEntries(
      CARD_FIELD_NAMES.map((name) => [
        name,
        fc.oneof(
          fc.constant(''),
          fc.string({ maxLength: 60 }),
          fc
            .record({
              unit: fc.constantFrom('*', '_', '|', 'ä', '\n# ', '> ', '---\n', '@everyone '),
              times: fc.nat(6000),
            })
            .map(({ unit, times }) => unit.repeat(Math.ceil(times / unit.length))),
        ),
      ]),
    ) as Record<CardFieldName, fc.Arbitrary<string>>,
  )
  .map((texts): CardData => {
    let card = blankCard('Ada');
    for (const name of CARD_FIELD_NAMES) {
      try {
        card = withField(card, name, texts[name]);
      } catch (error) {
        if (!(error instanceof PlayerError)) throw error;
      }
    }
    return { ...card, name: card.name.slice(0, 80) || 'Ada' };
  });

const draft = (card: CardData) => ({
  token: 'x'.repeat(12),
  server: '1',
  by: '2',
  began: undefined,
  card,
  picture: undefined,
  at: 0,
});

test('a preview is one message that Discord takes, whatever the card', () => {
  const picture = { mime: 'image/png', bytes: new Uint8Array([1]) } as const;
  fc.assert(
    fc.property(cards, fc.string({ maxLength: 2000 }), (card, notice) => {
      const screen = previewOf(draft(card), { picture, refusal: notice, notice: [notice], locale: 'de' });
      const taken = readForm(v2Components, screen.components);
      const texts = [...everyComponent(taken)].filter(({ type }) => type === ComponentType.TextDisplay);
      for (const { content = '' } of texts) expect(content).not.toMatch(/@everyone/u);
    }),
    { numRuns: 60 },
  );
});

test('what a file brought is one message, too, however much that is', () => {
  fc.assert(
    fc.property(fc.array(cards, { minLength: 1, maxLength: 6 }), fc.array(fc.string()), (some, warnings) => {
      const characters = some.map((card) => ({
        ...characterFromCard(card, 'server', () => {}),
        creator: card.description,
        ageRestricted: true,
      }));
      const screen = broughtScreen({ characters, worlds: [], warnings }, ['a.png', undefined], [], 'de');
      readForm(v2Components, screen);
    }),
    { numRuns: 40 },
  );
});

test('each form is one that Discord takes, or says that it can hold nothing', () => {
  fc.assert(
    fc.property(cards, fc.boolean(), (card, has) => {
      readForm(modalForm, pictureForm('id', card, has, 'en'));
      for (const form of Object.keys(CARD_FORMS) as CardForm[]) {
        try {
          readForm(modalForm, cardForm('id', form, card, 'en'));
        } catch (error) {
          if (!(error instanceof PlayerError)) throw error;
        }
      }
    }),
    { numRuns: 60 },
  );
});

test('no letter is cut in two: Discord takes no text with half of one', async () => {
  const card = {
    ...blankCard('Ada'),
    description: '😀'.repeat(400),
    personality: `a${'😀'.repeat(400)}`,
    first_mes: '😀'.repeat(400),
  };
  const draft = { token: 't', server: 's', by: 'carol', began: undefined, card, picture: undefined, at: 0 };
  const { components } = previewOf(draft, {
    picture: undefined,
    refusal: undefined,
    notice: [],
    locale: 'en',
  });
  expect(JSON.stringify(components)).not.toMatch(/\\ud[89a-f]/u);
  const names = ['', 'a'].map((first) => ({ id: 'ada', name: `${first}${'😀'.repeat(40)}` }));
  const info = { record: { status: 'playing' }, cast: [] };
  for (const one of names) {
    const engine = { info: async () => info as never };
    const rows = await summonRows([one], 'discord:1', engine, 'en');
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toMatch(/\\ud[89a-f]/u);
  }
});

test('what a file holds of halves of letters is kept from Discord', () => {
  const half = 'so\ud83d';
  const names = CARD_FIELD_NAMES.filter((name) => name !== 'age' && name !== 'talkativeness');
  const card = names.reduce((one, name) => withField(one, name, half), blankCard('Ada'));
  const draft = { token: 't', server: 's', by: 'carol', began: undefined, card, picture: undefined, at: 0 };
  const forms = Object.keys(CARD_FORMS) as CardForm[];
  const sent = JSON.stringify([
    previewOf(draft, { picture: undefined, refusal: undefined, notice: [], locale: 'en' }).components,
    pictureForm('id', card, false, 'en'),
    forms.map((form) => cardForm('id', form, card, 'en')),
  ]);
  expect(sent).toContain('so');
  expect(sent).not.toMatch(/\\ud[89a-f]/u);
});

test('the form of facts opens, whatever another tool says of how readily they speak', () => {
  for (const talkativeness of [' ', '', 'often', 7]) {
    const card = { ...blankCard('Ada'), extensions: { ...blankCard('Ada').extensions, talkativeness } };
    const sent = JSON.stringify(cardForm('id', 'facts', card, 'en'));
    expect(sent).toContain('Seldom');
    expect(sent).not.toMatch(/"label":"\s*"/u);
  }
});
