import type { CoserScene } from '../../coser/scene.ts';
import type { ActorTexts } from '../scene-prompts.ts';
import { functionOf, type PythonFile, textIn } from './python-file.ts';
import { filled, type Template } from './template.ts';

/** The fixed template of a character’s prompt (her-spec 3.1), which CoSER and HER build alike. */
export type CharacterTexts = {
  readonly other: Template;
  readonly others: Template;
  readonly motivation: Template;
  readonly prompt: Template;
  readonly requirements: Template;
};

const OTHERS = 'other_character_profiles_str';

/** @param format the variable that holds the form of a turn @throws OperatorError */
export function readCharacter(file: PythonFile, format: string): CharacterTexts {
  const scope = functionOf(file, 'get_character_prompt');
  const fills = (name: string) => (template: Template) =>
    template.some((piece) => typeof piece !== 'string' && piece.field === name);
  return {
    other: textIn(scope, OTHERS, ['decorator', 'other_character', 'profile'], fills('other_character')),
    others: textIn(scope, OTHERS, [OTHERS], fills(OTHERS)),
    motivation: textIn(scope, 'motivation', ['motivation']),
    prompt: textIn(
      scope,
      'system_prompt',
      ['character', 'book_name', 'character_profile', 'scenario', OTHERS, 'motivation'],
      fills('character_profile'),
    ),
    requirements: textIn(scope, 'system_prompt', [format], fills(format)),
  };
}

/** What a character’s prompt is filled with besides its scene. */
export type CharacterOptions = Pick<ActorTexts, 'profiles' | 'motivation'> & {
  /** The form of a turn. */
  readonly format: string;
  /** Stands before each of the others. */
  readonly decorator: string;
};

export function characterPrompt(
  texts: CharacterTexts,
  scene: CoserScene,
  name: string,
  { profiles, motivation, format, decorator }: CharacterOptions,
): string {
  const others = [...profiles]
    .filter(([other]) => other !== name)
    .map(([other, profile]) => filled(texts.other, { decorator, other_character: other, profile }))
    .join('');
  const prompt = filled(texts.prompt, {
    character: name,
    book_name: scene.book,
    character_profile: profiles.get(name) ?? '',
    scenario: scene.scenario,
    [OTHERS]: others && filled(texts.others, { [OTHERS]: others }),
    motivation: motivation && filled(texts.motivation, { motivation }),
  });
  return prompt + filled(texts.requirements, { output_format: format, output_format_filled: format });
}
