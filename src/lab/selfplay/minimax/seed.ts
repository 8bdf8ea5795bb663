import { z } from 'zod';

const words = z.string().trim().min(1).max(40_000);

/**
 * A seed as MiniMax Role-Play Bench publishes them (lab.md 2.1): who the tested model plays, who the simulated
 * user plays, and their first two lines.
 */
export const seedSchema = z.object({
  id: z.union([z.string().trim().min(1).max(200), z.number().transform(String)]),
  ai_name: words.max(100),
  ai_setting: words,
  user_name: words.max(100),
  user_setting: words,
  ai_prologue: words,
  initial_user_input: words,
});
export type Seed = Readonly<z.infer<typeof seedSchema>>;
