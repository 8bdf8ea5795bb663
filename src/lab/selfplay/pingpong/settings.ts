import { z } from 'zod';
import { OperatorError } from '../../../errors.ts';

const text = z.string().trim().min(1).max(40_000);

const characterSchema = z.object({
  char_name: text.max(200),
  system_prompt: text,
  tags: z.array(z.string()).nullish(),
  example_prompt: z.string().max(40_000).nullish(),
  initial_message: z.string().max(40_000).nullish(),
  summary: z.string().max(40_000).nullish(),
});
export type PingPongCharacter = Readonly<z.infer<typeof characterSchema>>;

const situationSchema = z.object({
  text,
  tags: z.array(z.string()).nullish(),
  num_turns: z.int().min(1).max(100).default(4),
});
export type Situation = Readonly<z.infer<typeof situationSchema>>;

/**
 * What PingPong’s settings file holds for one language. The paths are those of its own templates, within its
 * checkout. Version 1 marks from 1 to 10, version 2 from 1 to 5.
 */
const settingsSchema = z.object({
  characters: z.array(characterSchema).min(1),
  situations: z.array(situationSchema).min(1),
  version: z.int().min(1).max(2).default(2),
  interrogator_user_prompt_path: z.string().optional(),
  interrogator_system_prompt_path: z.string().optional(),
  judge_user_prompt_path: z.string().optional(),
  judge_system_prompt_path: z.string().optional(),
  character_prompt_path: z.string().optional(),
});
export type PingPongSettings = Readonly<z.infer<typeof settingsSchema>>;

/**
 * The settings of one language.
 * @throws OperatorError where the file is none, or has not that language
 */
export function readSettings(json: string, path: string, language: string): PingPongSettings {
  let file: unknown;
  try {
    file = JSON.parse(json);
  } catch (error) {
    throw new OperatorError(`${path}: that is no JSON.`, error);
  }
  const languages = z.record(z.string(), z.unknown()).safeParse(file).data ?? {};
  const own = languages[language];
  if (own === undefined) {
    const known = Object.keys(languages).slice(0, 10).join(', ') || 'nothing';
    throw new OperatorError(`${path} has no language “${language.slice(0, 20)}”; it has ${known}.`);
  }
  const read = settingsSchema.safeParse(own);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new OperatorError(`${path}: ${language}.${issue?.path.join('.')}: ${issue?.message}`);
}
