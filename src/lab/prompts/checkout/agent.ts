import { functionsNamed } from '../python/look-up.ts';
import { readValue } from '../python/values.ts';
import { checked, missing, type PythonFile } from './python-file.ts';
import { filled, type Template } from './template.ts';

/** What CoSER’s agents add to a character’s prompt. */
export type AgentTexts = {
  /** To every character’s. */
  readonly all: Template;
  /** To those of some models as well. */
  readonly someModels: Template | undefined;
};

/** What it is about: the agent adds only to prompts of those who are none of these. */
const CONDITION = 'special_characters';

/** @throws OperatorError */
export function readAgent(file: PythonFile): AgentTexts {
  const scope = { where: `${file.path}, __init__`, tokens: file.tokens };
  const body = functionsNamed(file.tokens, '__init__').find((tokens) =>
    tokens.some(({ text }) => text === CONDITION),
  );
  if (!body) throw missing(scope, `function with ${CONDITION}`);
  const after = body.findIndex(({ text }) => text === CONDITION);
  const added = body.flatMap((token, at) => {
    const isAdded = at > after && token.kind === 'string' && /^\+=?$/u.test(body[at - 1]?.text ?? '');
    const { value } = isAdded ? readValue(body, at) : {};
    return value?.kind === 'text' ? [checked(value.pieces, ['name'], scope.where)] : [];
  });
  const [all, someModels] = added;
  if (!all) throw missing(scope, 'text added to the system prompt');
  return { all, someModels };
}

/** CoSER’s agents have no empty lines around their prompts. */
export function bare(prompt: string): string {
  return prompt.replace(/^\n+|\n+$/gu, '');
}

/** @param actor name of the model that acts */
export function agentPrompt(prompt: string, texts: AgentTexts, name: string, actor: string): string {
  const more = /^(?:llama|step)/u.test(actor) ? texts.someModels : undefined;
  return bare(prompt) + filled(texts.all, { name }) + filled(more ?? [], { name });
}
