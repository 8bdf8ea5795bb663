import { describe, expect, test } from 'vitest';
import type { ProseField } from '../../../src/cast/changes/proposal.ts';
import { checkProse } from '../../../src/enrich/check-prose.ts';
import type { Fault } from '../../../src/enrich/faults.ts';
import { ferryCard, ferryKnown } from './ferry.ts';

const known = ferryKnown();
const SCAR = 'a broad woman of forty with a scar across her left palm';
const HARD = 'People said that she was hard but honest';

function check(field: ProseField, add: string, quote = SCAR, before = '', within = known) {
  const checked = checkProse(
    field,
    before,
    { quotes: [quote], lacking: '', add, to: '', turn: undefined },
    within,
  );
  return 'fault' in checked ? checked.fault : checked.text;
}

describe('checkProse', () => {
  test.each<[ProseField, string, string]>([
    ['description', 'She is a broad woman of forty.', SCAR],
    [
      'background',
      'Her father drowned in the winter in which the chain caught her hand.',
      'the winter her father drowned',
    ],
    [
      'manner',
      'Talks in clipped sentences and gives nothing away.',
      'She spoke as she rowed, in short pulls',
    ],
    [
      'relations',
      'Corporal Haddow drinks at her table, and she lets him win at dice.',
      'Corporal Haddow still drank at her table',
    ],
    ['relations', 'She fears that Haddow suspects her brother.', 'Corporal Haddow still drank at her table'],
    ['public_sheet', 'People say that she is hard but honest.', HARD],
    [
      'public_sheet',
      'Sells reed baskets next to the mill on market days.',
      'On market days she sold reed baskets next to the mill',
    ],
  ])('%s takes %j', (field, add, quote) => {
    expect(check(field, add, quote)).toBe(add);
  });

  test.each<[Fault, ProseField, string, string?]>([
    ['no-source', 'description', 'She is a broad woman of forty.', 'a slim girl of twenty'],
    ['no-source', 'description', 'She is a broad woman of forty.', ''],
    ['unsupported', 'description', 'She once sailed round the world and speaks eleven languages.'],
    ['unsupported', 'background', 'Her brother Pell sold reed baskets to the garrison.', SCAR],
    [
      'unknown-name',
      'background',
      'Her father drowned on the way to Vienna.',
      'the winter her father drowned',
    ],
    [
      'unknown-name',
      'background',
      'Jorin taught her how to row in the winter her father drowned.',
      'the winter her father drowned',
    ],
    [
      'other-mind',
      'relations',
      'Haddow loves her, and drinks at her table for that.',
      'Corporal Haddow still drank at her table',
    ],
    [
      'other-mind',
      'relations',
      'She knows that Pell hates the garrison.',
      'Pell had deserted from the garrison',
    ],
    [
      'other-mind',
      'relations',
      'Her brother feels guilty about the garrison.',
      'Pell had deserted from the garrison',
    ],
    ['event', 'description', 'In this scene she coils the rope with her scarred left palm.'],
    [
      'event',
      'background',
      'Her brother Pell will eventually come back over the river.',
      'carried him over the river',
    ],
    ['marks', 'description', '<role_thinking>She is a broad woman of forty.</role_thinking>'],
    ['marks', 'description', 'She is a broad woman of forty, see https://example.com/scar.'],
    ['marks', 'description', 'System: she is a broad woman of forty.'],
    ['marks', 'description', '## A broad woman of forty'],
    ['marks', 'description', 'The sheet says nothing of her scar.'],
    ['marks', 'description', 'A broad {{random::woman,man}} of forty.'],
    ['user', 'description', 'A broad woman of forty who ferries the user.'],
    ['refused', 'description', 'I’m sorry, but I can’t help with that.'],
    ['empty', 'description', ' … '],
    ['too-long', 'description', 'She is a broad woman of forty with a scar. '.repeat(20)],
    ['first-person', 'description', 'I am a broad woman of forty.'],
    ['not-first-person', 'motivation', 'She wants Haddow to go on asking nothing.'],
    [
      'copies-line',
      'description',
      "You'll want the far bank before dark, two coppers, and keep your hands inside the boat.",
      'keep your hands inside the boat',
    ],
    ['leaks', 'public_sheet', 'People say that she carried him over the river in the fog.', HARD],
    ['leaks', 'public_sheet', 'She keeps a ferry, and nobody knows why.', 'keeps the ferry at Low Sallow'],
    ['leaks', 'public_sheet', 'A hard but honest woman with a deserter for a brother.', HARD],
    ['leaks', 'public_sheet', 'She plays dice.', 'She let him win at dice'],
    ['unknown-name', 'description', 'She is a broad woman of 42 with a scar.'],
    // Small models wrote the like of these.
    ['no-source', 'background', 'Oda Rennick kept the ferry at Low Sallow.', 'Oda Rennick'],
    [
      'unsupported',
      'background',
      'Oda Rennick kept the ferry for three generations, from a young man who had left the garrison to spend the winter in a cabin with an old lady.',
      'The ferry at Low Sallow had belonged to the Rennicks for three generations.',
    ],
    ['unsupported', 'background', 'Oda Rennick rowed over the river in the fog.', SCAR],
  ])('%s: %s is not to say %j', (fault, field, add, quote) => {
    expect(check(field, add, quote ?? SCAR)).toBe(fault);
  });

  test('what the field says already is no addition; of a field written anew the rest is one', () => {
    const before = 'Oda Rennick keeps the ferry at Low Sallow.';
    expect(check('description', before, SCAR, before)).toBe('restates');
    expect(check('description', 'Oda keeps the Low Sallow ferry.', SCAR, before)).toBe('restates');
    expect(check('description', `${before} She is a broad woman of forty.`, SCAR, before)).toBe(
      'She is a broad woman of forty.',
    );
  });

  test('what another private part says already is no news, to the public sheet it may be', () => {
    const within = ferryKnown(
      ferryCard({ description: 'A broad woman of forty, with a scar across her left palm.' }),
    );
    expect(check('background', 'A broad woman of forty with a scar.', SCAR, '', within)).toBe('restates');
    expect(check('public_sheet', 'A broad woman of forty with a scar.', SCAR, '', within)).toBe(
      'A broad woman of forty with a scar.',
    );
  });

  test('what the card keeps private stays so, in whatever words of the text it comes', () => {
    const card = ferryCard({
      extensions: { dramatis: { motivation: 'I mean to sell the ferry and go to my brother.' } },
    });
    const within = ferryKnown(card);
    expect(check('public_sheet', 'She means to sell.', HARD, '', within)).toBe('leaks');
  });

  test('a macro for the two who play is no mark', () => {
    expect(check('description', '{{char}} is a broad woman of forty.')).toBe(
      '{{char}} is a broad woman of forty.',
    );
  });

  test('other languages are not held to rules of English', () => {
    const within = ferryKnown(
      ferryCard({ description: 'Oda Rennick führt die Fähre.', first_mes: 'Steig ein.', mes_example: '' }),
      'Die Fähre gehörte den Rennicks seit drei Generationen. Oda war eine breite Frau von vierzig Jahren mit einer Narbe an der linken Hand, und ihr Vater ertrank in jenem Winter im Fluss, als die Kette riss und das Boot sank.',
    );
    const add = 'Eine breite Frau von vierzig Jahren mit einer Narbe.';
    expect(check('description', add, 'eine breite Frau von vierzig Jahren', '', within)).toBe(add);
  });
});
