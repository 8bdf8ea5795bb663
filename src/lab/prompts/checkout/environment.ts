import { ENVIRONMENT_NAME } from '../../gca/decide.ts';
import { reprOf } from '../python/repr.ts';
import { textOf } from '../python/values.ts';
import { functionOf, missing, type PythonFile, textIn, valueIn } from './python-file.ts';
import { filled, type Template } from './template.ts';

/** Texts of the Environment, which CoSER and HER build alike (her-spec 3.8). */
export type EnvironmentTexts = { readonly prompt: Template; readonly roles: readonly string[] };

const ROLE = 'random.choice(model_roles)';

/** @throws OperatorError */
export function readEnvironment(file: PythonFile): EnvironmentTexts {
  const scope = functionOf(file, 'get_environment_prompt');
  const prompt = textIn(scope, 'prompt', [ROLE, 'major_characters', 'scenario', 'ENVIRONMENT']);
  const roles = valueIn(scope, 'model_roles', 'list').items.map(textOf);
  if (roles.length === 0 || roles.includes(undefined)) throw missing(scope, 'list “model_roles” of texts');
  return { prompt, roles: roles.filter((role) => role !== undefined) };
}

export function environmentPrompt(
  { prompt, roles }: EnvironmentTexts,
  { scenario, major_characters }: { readonly scenario: string; readonly major_characters: readonly string[] },
  draw: () => number,
): string {
  return filled(prompt, {
    [ROLE]: drawn(roles, draw),
    major_characters: reprOf(major_characters.filter((name) => name !== ENVIRONMENT_NAME)),
    ENVIRONMENT: ENVIRONMENT_NAME,
    scenario,
  });
}

/** One of several. @param draw 0…1 */
export function drawn(all: readonly string[], draw: () => number): string {
  return all[Math.min(Math.floor(draw() * all.length), all.length - 1)] ?? '';
}
