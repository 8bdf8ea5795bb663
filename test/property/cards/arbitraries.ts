import fc from 'fast-check';

export type Fields = Record<string, unknown>;

const LETTERS = fc.constantFrom(...'abcXYZ 019.,;:!?\'"*_-#<>{}[]()|\\/&%@~`$=+\n\täößéжあ漢🙂\u00a0\u2028');
/** Prose as people write it, with what a format could trip over. */
const scribble = fc.string({ unit: LETTERS, maxLength: 200 });
const word = fc.stringMatching(/^[a-z]{1,12}$/);

/** Any JSON, for fields we know nothing of. No double zeros and the like: JSON has none. */
export const anyJson: fc.Arbitrary<unknown> = fc.jsonValue({ maxDepth: 3, noUnicodeString: false });

/** Fields that no spec names. */
export const unknownFields: fc.Arbitrary<Fields> = fc.dictionary(
  word.map((key) => `x_${key}`),
  anyJson,
  { maxKeys: 3 },
);

/** Text that is read as it stands: tags of HER's format are converted, and tested where they are. */
const text = fc.oneof(
  scribble.filter((value) => !/<\s*\/?\s*(?:role|system)/i.test(value)),
  word,
);
const fullText = text.filter((value) => value.trim() !== '');
const texts = fc.array(fullText, { maxLength: 3 });
const name = fc.stringMatching(/^[A-Z][a-z]{1,10}( [A-Z][a-z]{1,10})?$/);

const her = fc
  .array(
    fc.oneof(
      fc
        .stringMatching(/^[A-Za-z][a-z ]{2,30}[a-z]$/)
        .map((inner) => `<role_thinking>${inner}</role_thinking>`),
      fc.stringMatching(/^[a-z][a-z ]{2,30}[a-z]$/).map((inner) => `<role_action>${inner}</role_action>`),
      fc.stringMatching(/^[A-Z][a-z ]{2,30}[a-z][.!?]$/),
    ),
    { minLength: 1, maxLength: 4 },
  )
  .map((parts) => `${parts.join('')}Well.`);

/** A field of the required ones, or at times any other that may be there. */
function maybe<T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.option(value, { nil: undefined });
}

const extensions = fc.oneof(
  unknownFields,
  unknownFields.map((fields) => ({
    ...fields,
    talkativeness: '0.7',
    depth_prompt: { prompt: 'x', depth: 4 },
  })),
);

const entry = (isV3: boolean) =>
  fc.record({
    keys: fc.array(fullText, { maxLength: 3 }),
    content: text,
    extensions,
    enabled: fc.boolean(),
    insertion_order: fc.integer({ min: -5, max: 500 }),
    constant: fc.boolean(),
    ...(isV3 ? { use_regex: fc.boolean() } : {}),
    case_sensitive: maybe(fc.boolean()),
    name: maybe(text),
    comment: maybe(text),
    id: maybe(fc.nat()),
    priority: maybe(fc.integer()),
    selective: maybe(fc.boolean()),
    secondary_keys: maybe(texts),
    position: maybe(fc.constantFrom('before_char', 'after_char')),
    x_unknown: maybe(anyJson),
  });

const book = (isV3: boolean) =>
  fc.record({
    name: maybe(text),
    description: maybe(text),
    scan_depth: maybe(fc.nat(100)),
    token_budget: maybe(fc.nat(5000)),
    recursive_scanning: maybe(fc.boolean()),
    extensions,
    entries: fc.array(entry(isV3), { maxLength: 4 }),
  });

const asset = fc.record({
  type: fc.constantFrom('emotion', 'user_icon', 'x_other'),
  uri: fc.constantFrom('ccdefault:', 'embeded://assets/x.png', 'https://example.org/x.png'),
  name: word,
  ext: fc.constantFrom('png', 'webp', 'unknown'),
});
const icon = { type: 'icon', uri: 'ccdefault:', name: 'main', ext: 'png' };

const dataV2 = {
  name,
  description: text,
  personality: text,
  scenario: text,
  first_mes: text,
  mes_example: text,
  creator_notes: text,
  system_prompt: text,
  post_history_instructions: text,
  alternate_greetings: texts,
  tags: fc.array(word, { maxLength: 4 }),
  creator: text,
  character_version: text,
  extensions,
};

const dataV3 = {
  ...dataV2,
  nickname: maybe(name),
  group_only_greetings: texts,
  assets: maybe(fc.array(asset, { maxLength: 3 }).map((others) => [icon, ...others])),
  creator_notes_multilingual: maybe(fc.dictionary(fc.constantFrom('en', 'de', 'ja'), text)),
  source: maybe(texts),
  creation_date: maybe(fc.integer({ min: 0, max: 2_000_000_000 })),
  modification_date: maybe(fc.integer({ min: 0, max: 2_000_000_000 })),
};

/** As JSON has it: fields that are undefined are not there. */
function asJson<T>(value: T): T {
  return JSON.parse(JSON.stringify(value));
}

function whole(
  fields: fc.Arbitrary<Fields>,
  book: fc.Arbitrary<unknown>,
  spec: Fields,
): fc.Arbitrary<Fields> {
  return fc
    .record({ fields, book: maybe(book), more: unknownFields, beside: unknownFields })
    .map(({ fields: data, book: character_book, more, beside }) =>
      asJson({ ...spec, ...beside, data: { ...data, character_book, ...more } }),
    );
}

/** Cards that hold to their spec and are prose: nothing in them has to be repaired. */
export const validV2 = whole(fc.record(dataV2), book(false), { spec: 'chara_card_v2', spec_version: '2.0' });
export const validV3 = whole(fc.record(dataV3), book(true), { spec: 'chara_card_v3', spec_version: '3.0' });

/** Our own: lines in HER format, thoughts included. */
export const ours: fc.Arbitrary<Fields> = fc
  .record({
    name,
    description: text,
    first_mes: her,
    alternate_greetings: fc.array(her, { maxLength: 3 }),
    group_only_greetings: fc.array(her, { maxLength: 2 }),
    tags: fc.array(word, { maxLength: 3 }),
    more: unknownFields,
    dramatis: fc.record({
      aliases: fc.array(name, { maxLength: 2 }),
      motivation: text,
      public_sheet: text,
      examples: fc.array(fc.oneof(her, fc.record({ to: fullText, turn: her })), { maxLength: 3 }),
      declines: fc.array(her, { maxLength: 2 }),
      age: maybe(fc.nat(200)),
      more: unknownFields,
    }),
  })
  .map(({ more, dramatis: { more: moreOfOurs, ...dramatis }, ...card }) =>
    asJson({ ...card, ...more, extensions: { dramatis: { ...dramatis, ...moreOfOurs } } }),
  );

const anyField = fc.oneof(
  anyJson,
  fc.constantFrom(null, '', [], {}, 0, false, 'true', [null], [['nested']], { '0': 'a' }, 1_700_000_000_000),
);

const FIELDS = [...Object.keys(dataV3), 'character_book', 'char_name', 'char_greeting', 'talkativeness'];
const ENTRY_FIELDS = [
  'keys',
  'key',
  'keysecondary',
  'content',
  'extensions',
  'enabled',
  'insertion_order',
].concat(
  ['order', 'use_regex', 'case_sensitive', 'name', 'comment', 'id', 'priority', 'selective', 'constant'],
  ['secondary_keys', 'position', 'disable', 'uid', 'probability'],
);
const BOOK_FIELDS = ['name', 'description', 'scan_depth', 'token_budget', 'recursive_scanning', 'extensions'];

const wildFields = (names: readonly string[]) =>
  fc
    .dictionary(fc.constantFrom(...names), fc.oneof(anyField, text), { maxKeys: 12 })
    // Tags in one text are taken apart as they come, control characters and all.
    .filter(({ tags }) => typeof tags !== 'string' || !/\p{Cc}/u.test(tags));

const wildBook = fc
  .record({
    fields: wildFields(BOOK_FIELDS),
    entries: fc.array(fc.oneof(wildFields(ENTRY_FIELDS), anyField)),
  })
  .chain(({ fields, entries }) =>
    fc.constantFrom<unknown>(
      { ...fields, entries },
      { ...fields, entries: Object.fromEntries(entries.entries()) },
      entries,
      null,
      { ...fields, entries: null },
    ),
  );

const wildAssets = fc.array(
  fc.oneof(anyField, wildFields(['type', 'uri', 'name', 'ext']), fc.constant({ ...icon, ext: '.PNG' })),
  { maxLength: 4 },
);

/** Cards as they are found: null and wrong types anywhere, unknown fields at every level, any of the forms. */
export const wild: fc.Arbitrary<Fields> = fc
  .record({
    valid: fc.oneof(validV2, validV3).map((card) => card['data'] as Fields),
    fields: wildFields(FIELDS),
    book: maybe(wildBook),
    assets: maybe(wildAssets),
    given: fc.oneof(
      name,
      text.map((value) => value.replace(/[[\]{}`*:：]/g, '')).filter((value) => value.trim() !== ''),
    ),
    more: unknownFields,
    beside: fc.oneof(unknownFields, wildFields(['name', 'description', 'tags', 'avatar', 'chat'])),
    form: fc.constantFrom('v1', 'v2', 'v3', 'nameless'),
  })
  .map(({ valid, fields, book: character_book, assets, given, more, beside, form }) => {
    const data = asJson({
      ...valid,
      character_book,
      ...fields,
      ...(assets && { assets }),
      ...more,
      name: given,
    });
    if (form === 'v1') return data;
    if (form === 'nameless') return { ...beside, data };
    return { ...beside, spec: `chara_card_${form}`, spec_version: form === 'v2' ? 2 : null, data };
  });

/** The body of a lorebook that stands alone, as V3 has it. */
export const v3Book: fc.Arbitrary<Fields> = book(true).map(asJson);

const ST_FIELDS = [
  'uid',
  'key',
  'keysecondary',
  'comment',
  'content',
  'constant',
  'selective',
  'order',
].concat([
  'position',
  'disable',
  'probability',
  'useProbability',
  'depth',
  'group',
  'sticky',
  'characterFilter',
]);

/** A file of SillyTavern's world info, with anything in its fields. */
export const wildSillyTavernWorld: fc.Arbitrary<Fields> = fc
  .record({
    name: maybe(text),
    more: unknownFields,
    entries: fc.array(
      wildFields(ST_FIELDS).map((entry) => ({ key: [], ...entry })),
      { maxLength: 4 },
    ),
  })
  .map(({ more, entries, ...book }) =>
    asJson({ ...book, ...more, entries: Object.fromEntries(entries.entries()) }),
  );
