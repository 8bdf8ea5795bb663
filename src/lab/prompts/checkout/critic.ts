import { type CoserDimension, DIMENSIONS } from '../../coser/judge-answer.ts';
import type { CoserScene } from '../../coser/scene.ts';
import { textOf, type Value } from '../python/values.ts';
import type { CriticTexts } from '../scene-prompts.ts';
import { fileScope, missing, type PythonFile, valueIn } from './python-file.ts';
import type { Fields } from './template.ts';

/** Texts of the critic (her-spec 5.1), as they stand in the checkout. */
export type CriticSource = {
  readonly template: string;
  readonly dimensions: Readonly<
    Record<CoserDimension, { readonly brief: string; readonly criteria: string }>
  >;
};

/** @param variable the name of the dict that holds them @throws OperatorError */
export function readCritic(file: PythonFile, variable: string): CriticSource {
  const where = { where: `${file.path}, ${variable}` };
  const all = valueIn(fileScope(file), variable, 'dict');
  const text = (value: Value | undefined, ...path: string[]): string => {
    const found = textOf(path.reduce(entryOf, value));
    if (found === undefined) throw missing(where, `text under ${path.map((key) => `[“${key}”]`).join('')}`);
    return found;
  };
  const ofDimension = (dimension: CoserDimension) => ({
    brief: text(all, 'dimension_details', dimension, 'dimension_brief'),
    criteria: text(all, 'dimension_details', dimension, 'dimension_criteria'),
  });
  return {
    template: text(all, 'self-play-deduct-template'),
    dimensions: Object.fromEntries(
      DIMENSIONS.map((dimension) => [dimension, ofDimension(dimension)]),
    ) as CriticSource['dimensions'],
  };
}

function entryOf(value: Value | undefined, key: string): Value | undefined {
  return value?.kind === 'dict' ? value.entries.get(key) : undefined;
}

/** The names of the gaps, in the order in which CoSER fills them. */
export const CRITIC_FIELDS = [
  'book',
  'plot_summary',
  'scenario',
  'character_profiles',
  'original_conversation',
  'major_characters',
  'additional_instructions',
  'dimension_name',
  'dimension_brief',
  'dimension_criteria',
] as const;

/**
 * What stands in the gaps. The names of the main characters stand in the criteria only where that was
 * asked for: both references leave the braces there (her-spec 9.2, B15).
 */
export function criticFields(
  scene: CoserScene,
  { dimensions }: CriticSource,
  { dimension, profiles, reference, fillsNames }: CriticTexts,
  additional: string,
): Fields & Record<(typeof CRITIC_FIELDS)[number], string> {
  const { brief, criteria } = dimensions[dimension];
  const names = scene.major_characters.join(', ');
  return {
    book: scene.book,
    plot_summary: scene.plot.summary,
    scenario: scene.scenario,
    character_profiles: [...profiles].map(([name, profile]) => `### ${name}\n\n${profile}`).join('\n\n'),
    original_conversation: reference,
    major_characters: names,
    additional_instructions: additional,
    dimension_name: dimension,
    dimension_brief: brief,
    dimension_criteria: fillsNames ? criteria.replaceAll('{major_characters}', () => names) : criteria,
  };
}
