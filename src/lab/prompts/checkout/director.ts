import { ENVIRONMENT_NAME } from '../../gca/decide.ts';
import { reprOf } from '../python/repr.ts';
import { functionOf, type PythonFile, textIn } from './python-file.ts';
import { filled, type Template } from './template.ts';

/** The text of the director (her-spec 3.9); of HER’s two the first, which is the one that its runner takes. */
export function readDirector(file: PythonFile): Template {
  return textIn(functionOf(file, 'get_nsp_prompt'), 'prompt', ['ENVIRONMENT', 'all_characters', 'scenario']);
}

export function directorText(template: Template, scenario: string, speaking: readonly string[]): string {
  return filled(template, {
    ENVIRONMENT: ENVIRONMENT_NAME,
    all_characters: reprOf(speaking),
    scenario,
  });
}
