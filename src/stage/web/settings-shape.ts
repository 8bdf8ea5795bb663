import { z } from 'zod';
import { SETTING_LEVELS } from '../../config/setting-levels.ts';

const levelSchema = z.enum(SETTING_LEVELS);

/** A setting as it holds in a scene, in words for people. */
export const settingSchema = z.object({
  name: z.string(),
  /** The title under which it stands. */
  group: z.string(),
  about: z.string(),
  kind: z.enum(['number', 'flag', 'choice', 'text']),
  value: z.string(),
  default: z.string(),
  /** What it may be. */
  bound: z.string(),
  choices: z.array(z.string()).exactOptional(),
  /** The level that the value comes from. On a local stage `server` is this machine. */
  source: z.enum([...SETTING_LEVELS, 'default']),
  /** All levels here that set it, and those at which it can be set here. */
  set: z.array(levelSchema),
  levels: z.array(levelSchema),
});
export type WireSetting = z.infer<typeof settingSchema>;
