import { z } from 'zod';

/**
 * A scene that ships ready to play: where it is, who is in it, and what the understudy plays.
 *
 * `opening` runs without anyone's input; it ends on a hook, where `chips` offer what a player may
 * do. Each chip leads to a way on (`ways`), a list of authored steps. Free text is led to the way
 * whose `when` words fit it best, among those the offered chips lead to and the asides; what is said
 * aloud never leads where only a whisper does. A step's `turn` is full HER format: system thinking,
 * role thinking, action, speech.
 */
const stepSchema = z.union([
  z.strictObject({ speaker: z.string(), turn: z.string().min(1) }),
  z.strictObject({ narrator: z.string().min(1) }),
]);

const chipSchema = z.strictObject({
  label: z.string().min(1).max(80),
  do: z.enum(['say', 'act', 'whisper']),
  /** Card id of the one who is whispered to. */
  to: z.string().optional(),
  text: z.string().min(1),
  leads: z.string(),
});

const waySchema = z.strictObject({
  /** For authors and tools; never shown while the scene plays. */
  title: z.string().default(''),
  when: z.array(z.string()).default([]),
  /** Free text leads here from any point before an ending; then the chips that stood before stand again. */
  aside: z.boolean().default(false),
  /** The script runs out here: no chips, and its last step leaves the word to the player. */
  ending: z.boolean().default(false),
  steps: z.array(stepSchema).min(1),
  chips: z.array(chipSchema).default([]),
});

export const sceneScriptSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  title: z.string().min(1).max(100),
  /** One line for lists. */
  tagline: z.string().default(''),
  setting: z.string().min(1),
  cast: z.array(z.string()).min(1),
  /** The persona a player takes when none is given. */
  player: z.strictObject({ name: z.string(), sheet: z.string().default('') }),
  /** By card id: what that character alone brings into the scene. Joins its own prompt, no other's. */
  secrets: z.record(z.string(), z.string()).default({}),
  opening: z.array(stepSchema).default([]),
  chips: z.array(chipSchema).default([]),
  ways: z.record(z.string(), waySchema).default({}),
});

export type SceneScript = z.infer<typeof sceneScriptSchema>;
export type ScriptStep = z.infer<typeof stepSchema>;
export type ScriptChip = z.infer<typeof chipSchema>;
