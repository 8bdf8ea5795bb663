import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { OperatorError } from '../../../errors.ts';
import { hashOf } from '../../calls/call.ts';
import type { PingPongCharacter, PingPongSettings, Situation } from './settings.ts';
import { fillTemplate, type Names } from './template.ts';
import { TemplateError } from './template-error.ts';

/** A line as PingPong’s templates know it. */
export type ChatLine = { readonly role: 'user' | 'assistant'; readonly content: string };

/** All that is put before the models of PingPong. */
export type PingPongPrompts = {
  readonly source: 'ours' | 'pingpong';
  /** 12 hexadecimal digits of all texts; `judge` of the judge’s. */
  readonly hash: string;
  readonly judge: string;
  /** Empty where they are not ours. */
  readonly texts: Readonly<Record<string, string>>;
  /** The system prompt of the tested model; judges read it as the character’s description. */
  character(character: PingPongCharacter): string;
  interrogator(character: PingPongCharacter, situation: Situation, messages: readonly ChatLine[]): Prompt;
  /** Ours puts the conversation behind a fence of its own. */
  judging(character: PingPongCharacter, situation: Situation, messages: readonly ChatLine[]): Prompt;
};

export type Prompt = { readonly system: string; readonly user: string };

/**
 * PingPong’s own templates from the user’s checkout, at the paths that its settings name.
 * @throws OperatorError where one is missing, or uses more of Jinja than is read here
 */
export function checkoutPrompts(folder: string, settings: PingPongSettings): PingPongPrompts {
  const texts = {
    character: read('character_prompt_path'),
    interrogatorSystem: read('interrogator_system_prompt_path'),
    interrogatorUser: read('interrogator_user_prompt_path'),
    judgeSystem: read('judge_system_prompt_path'),
    judgeUser: read('judge_user_prompt_path'),
  };
  const character = (one: PingPongCharacter) => fill(texts.character, { character: blankless(one) });
  const prompts: PingPongPrompts = {
    source: 'pingpong',
    hash: hashOf(texts).slice(0, 12),
    judge: hashOf([texts.judgeSystem, texts.judgeUser, texts.character]).slice(0, 12),
    texts: {},
    character,
    interrogator: (one, { text }, messages) => ({
      system: fill(texts.interrogatorSystem, {}),
      user: fill(texts.interrogatorUser, {
        char_summary: one.summary ?? undefined,
        situation: text,
        messages: messages.map((line) => ({ ...line })),
      }),
    }),
    judging: (one, { text }, messages) => ({
      system: fill(texts.judgeSystem, {}),
      user: fill(texts.judgeUser, {
        char_description: character(one),
        situation: text,
        messages: messages.map((line) => ({ ...line })),
      }),
    }),
  };
  tryAll(prompts, settings, folder);
  return prompts;

  function read(name: keyof PingPongSettings): string {
    const path = settings[name];
    if (typeof path !== 'string') {
      throw new OperatorError(`The settings name no ${name}: --prompts needs PingPong’s own settings file.`);
    }
    try {
      return readFileSync(join(folder, path), 'utf8');
    } catch (error) {
      throw new OperatorError(`${join(folder, path)} cannot be read: check --prompts.`, error);
    }
  }
}

/** What is missing prints as nothing, as an undefined name does. */
function blankless(character: PingPongCharacter): Names {
  return Object.fromEntries(
    Object.entries(character).map(([name, value]) => [
      name,
      Array.isArray(value) ? [...value] : (value ?? undefined),
    ]),
  );
}

function fill(template: string, names: Names): string {
  return fillTemplate(template, names);
}

/** Better now than in the middle of a paid run. */
function tryAll(prompts: PingPongPrompts, settings: PingPongSettings, folder: string): void {
  const [character] = settings.characters;
  const [situation] = settings.situations;
  if (!character || !situation) return;
  const messages: readonly ChatLine[] = [
    { role: 'user', content: 'Good evening.' },
    { role: 'assistant', content: 'Is it?' },
  ];
  try {
    prompts.character(character);
    prompts.interrogator(character, situation, messages);
    prompts.judging(character, situation, messages);
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    throw new OperatorError(`A template in ${folder} cannot be filled: ${error.message}.`, error);
  }
}
