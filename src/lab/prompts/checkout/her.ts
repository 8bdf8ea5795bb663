import { OperatorError } from '../../../errors.ts';
import { nameOfTexts } from '../prompts-hash.ts';
import { bracePieces } from '../python/braces.ts';
import { assignmentsTo } from '../python/look-up.ts';
import { textOf } from '../python/values.ts';
import type { ActorTexts, ScenePrompts } from '../scene-prompts.ts';
import { characterPrompt, readCharacter } from './character.ts';
import { CRITIC_FIELDS, criticFields, readCritic } from './critic.ts';
import { directorText, readDirector } from './director.ts';
import { environmentPrompt, readEnvironment } from './environment.ts';
import { checked, functionOf, missing, type PythonFile } from './python-file.ts';
import { filled } from './template.ts';

/** HER’s own prompts, from the `prompts.py` of its CoSER evaluator. @throws OperatorError */
export function herPrompts(file: PythonFile): ScenePrompts {
  const texts = {
    character: readCharacter(file, 'output_format_filled'),
    formats: readFormats(file),
    environment: readEnvironment(file),
    director: readDirector(file),
    critic: readCritic(file, 'CRITIC_PROMPTS'),
  };
  const where = `${file.path}, CRITIC_PROMPTS`;
  const pieces = bracePieces(texts.critic.template);
  if (!pieces) throw missing({ where }, 'critic’s text whose braces are in pairs');
  const template = checked(pieces, CRITIC_FIELDS, where);
  return {
    source: 'her',
    hash: nameOfTexts(texts),
    actor: (scene, name, options) => {
      const format = formatFor(texts.formats, options).replaceAll('{character}', () => name);
      return characterPrompt(texts.character, scene, name, { ...options, format, decorator: '' });
    },
    narrator: (scene, draw) => environmentPrompt(texts.environment, scene, draw),
    director: (scene, speaking) => directorText(texts.director, scene.scenario, speaking),
    critic: (scene, options) => filled(template, criticFields(scene, texts.critic, options, '')),
  };
}

type Formats = { readonly coser: string; readonly withoutPlan: string; readonly her: string };

/** The three forms of a turn, in the order in which the function has them. */
function readFormats(file: PythonFile): Formats {
  const scope = functionOf(file, 'get_character_prompt');
  const found = assignmentsTo(scope.tokens, 'output_format').map(({ value }) => textOf(value));
  const [coser, withoutPlan, her] = found;
  if (coser === undefined || withoutPlan === undefined || her === undefined || found.length > 3)
    throw missing(scope, 'three texts “output_format = …”');
  return { coser, withoutPlan, her };
}

function formatFor(formats: Formats, { dialect, plan, thoughts }: ActorTexts): string {
  if (!thoughts)
    throw new OperatorError('HER’s own prompts always ask for thoughts: leave --prompts out to do without.');
  if (dialect === 'coser') return formats.coser;
  return plan ? formats.her : formats.withoutPlan;
}
