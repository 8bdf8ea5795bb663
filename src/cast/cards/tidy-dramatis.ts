import { isRecord, tidyFlag, tidyObject, tidyText, tidyTexts, type Warn } from './tidy-value.ts';

const TEXTS = ['motivation', 'background', 'manner', 'public_sheet'];
const LISTS = ['aliases', 'declines'];
const OPTIONAL_LISTS = ['greetings', 'group_greetings'];

/** Brings `extensions` into shape: ours field by field, those of other tools as they came. */
export function tidyExtensions(value: unknown, warn: Warn): Record<string, unknown> {
  const extensions = tidyObject(value, 'extensions', warn);
  return { ...extensions, dramatis: tidyDramatis(extensions['dramatis'], warn) };
}

function tidyDramatis(value: unknown, warn: Warn): Record<string, unknown> {
  const found = tidyObject(value, 'extensions.dramatis', warn);
  const { age: _age, adult: _adult, ageRestricted: _restricted, nsfw: _nsfw, ...others } = found;
  const dramatis: Record<string, unknown> = { ...others, ...tidyAge(found, warn), ...tidyRating(found) };
  const pathOf = (field: string) => `extensions.dramatis.${field}`;
  for (const field of TEXTS) dramatis[field] = tidyText(found[field], pathOf(field), warn);
  for (const field of LISTS) dramatis[field] = tidyTexts(found[field], pathOf(field), warn);
  for (const field of OPTIONAL_LISTS) {
    if (found[field] !== undefined) dramatis[field] = tidyTexts(found[field], pathOf(field), warn);
  }
  if (found['relations'] !== undefined) {
    dramatis['relations'] = tidyText(found['relations'], pathOf('relations'), warn);
  }
  if (found['beside'] !== undefined) {
    dramatis['beside'] = tidyObject(found['beside'], pathOf('beside'), warn);
  }
  dramatis['examples'] = tidyExamples(found['examples'], warn);
  return dramatis;
}

/**
 * A stated age, also where it was written as text. Of one that makes no sense nothing is believed, what
 * stands beside it neither.
 */
function tidyAge(found: Record<string, unknown>, warn: Warn): Record<string, unknown> {
  const { age, adult } = found;
  const isSet = (value: unknown) => value !== undefined && value !== null && value !== '';
  const years = typeof age === 'string' && /^\d{1,7}$/.test(age.trim()) ? Number(age) : age;
  const isAge = typeof years === 'number' && Number.isFinite(years) && years >= 0;
  if (isSet(age) && !isAge) {
    warn('field `extensions.dramatis.age` is no number of years and was left out');
    return {};
  }
  if (isSet(adult) && typeof adult !== 'boolean')
    warn('field `extensions.dramatis.adult` is not true or false');
  return { ...(isAge ? { age: years } : {}), ...(typeof adult === 'boolean' ? { adult } : {}) };
}

/** A mark for adults only under any of its names; whatever it is set to that is not a plain no, it holds. */
function tidyRating({
  age_restricted,
  ageRestricted,
  nsfw,
}: Record<string, unknown>): Record<string, unknown> {
  const set = [age_restricted, ageRestricted, nsfw].filter((mark) => mark !== undefined && mark !== null);
  return set.length === 0 ? {} : { age_restricted: set.some((mark) => tidyFlag(mark, true)) };
}

function tidyExamples(value: unknown, warn: Warn): unknown[] {
  const field = 'extensions.dramatis.examples';
  if (!Array.isArray(value)) return tidyTexts(value, field, warn);
  const examples: unknown[] = value;
  return examples.flatMap((example, index): unknown[] => {
    if (!isRecord(example)) return tidyTexts([example], field, warn);
    const turn = tidyText(example['turn'], `${field}[${index}].turn`, warn);
    const to = tidyText(example['to'], `${field}[${index}].to`, warn);
    return turn ? [{ ...example, to, turn }] : [];
  });
}
