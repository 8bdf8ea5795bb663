import { OperatorError } from '../../../errors.ts';
import { nameOfTexts } from '../prompts-hash.ts';
import { assignmentsTo } from '../python/look-up.ts';
import { textOf } from '../python/values.ts';
import type { ActorTexts, CriticTexts, ScenePrompts } from '../scene-prompts.ts';
import { agentPrompt, bare, readAgent } from './agent.ts';
import { characterPrompt, readCharacter } from './character.ts';
import { criticFields, readCritic } from './critic.ts';
import { directorText, readDirector } from './director.ts';
import { drawn, environmentPrompt, readEnvironment } from './environment.ts';
import { functionOf, missing, type PythonFile, textIn } from './python-file.ts';
import { filled, filledAtOnce, filledInTurn, type Template } from './template.ts';

/** The files of CoSER’s checkout that hold texts. */
export type CoserFiles = {
  readonly utils: PythonFile;
  readonly agent: PythonFile;
  readonly main: PythonFile;
  readonly prompts: PythonFile;
};

/** What stands before another character in a prompt, one of them drawn for each prompt (lab.md 3.1). */
const DECORATORS = [`${'*'.repeat(30)}\n\n`, `${'*'.repeat(20)}\n\n`, '\n\n', '\n', ''];

/**
 * CoSER’s own prompts.
 *
 * @param actor name of the model that acts: CoSER gives its own models no example, and some a line more
 * @throws OperatorError
 */
export function coserPrompts(files: CoserFiles, actor = ''): ScenePrompts {
  const texts = {
    character: readCharacter(files.utils, 'output_format'),
    formats: readFormats(files.utils),
    agent: readAgent(files.agent),
    environment: readEnvironment(files.utils),
    director: readDirector(files.utils),
    critic: readCritic(files.prompts, 'critic_prompts'),
    additional: readAdditional(files.main),
  };
  const additionalOf = ({ continueFrom }: CriticTexts) =>
    continueFrom > 0 ? filled(texts.additional, { [CONTINUE_FROM]: String(continueFrom) }) : '';
  return {
    source: 'coser',
    hash: nameOfTexts(texts),
    actor(scene, name, options) {
      const format = formatFor(texts.formats, options, actor);
      const decorator = drawn(DECORATORS, options.draw);
      const prompt = characterPrompt(texts.character, scene, name, { ...options, format, decorator });
      return agentPrompt(prompt, texts.agent, name, actor);
    },
    narrator: (scene, draw) => bare(environmentPrompt(texts.environment, scene, draw)),
    director: (scene, speaking) => bare(directorText(texts.director, scene.scenario, speaking)),
    critic(scene, options) {
      const fields = criticFields(scene, texts.critic, options, additionalOf(options));
      return options.fillsNames
        ? filledAtOnce(texts.critic.template, fields)
        : filledInTurn(texts.critic.template, fields);
    },
  };
}

type Formats = { readonly thoughtless: string; readonly normal: string; readonly withExample: string };

/** The three forms of a turn, in the order in which the function has them. */
function readFormats(file: PythonFile): Formats {
  const scope = functionOf(file, 'get_character_prompt');
  const found = assignmentsTo(scope.tokens, 'output_format').map(({ value }) => textOf(value));
  const [thoughtless, normal, withExample] = found;
  if (thoughtless === undefined || normal === undefined || withExample === undefined || found.length > 3)
    throw missing(scope, 'three texts “output_format = …”');
  return { thoughtless, normal, withExample };
}

function formatFor(formats: Formats, { dialect, thoughts }: ActorTexts, actor: string): string {
  if (dialect === 'her')
    throw new OperatorError(
      'CoSER’s own prompts ask for its own form of a turn only: choose --dialect coser, or leave --prompts out.',
    );
  if (!thoughts) return formats.thoughtless;
  return /coser/iu.test(actor) ? formats.normal : formats.withExample;
}

const CONTINUE_FROM = 'args.continue_from';

/** What a critic is told where a scene begins with the reference’s own messages. */
function readAdditional(file: PythonFile): Template {
  return textIn(functionOf(file, 'gca_judging'), 'additional_instructions', [CONTINUE_FROM], (template) =>
    template.some((piece) => typeof piece !== 'string'),
  );
}
