import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { OperatorError } from '../../../errors.ts';
import { writeJson } from '../../eval/write-whole.ts';
import { differencesBetween, readBegun } from '../../folder/begun.ts';

const settingsSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));
export type SelfplaySettings = Readonly<z.infer<typeof settingsSchema>>;

/** `run.json`: what a folder was begun with. */
const fileSchema = z.object({
  format: z.literal(1),
  kind: z.literal('selfplay'),
  started: z.string(),
  /** What fences are drawn from: the tested model cannot know it. */
  secret: z.string().min(16),
  settings: settingsSchema,
});
export type Begun = Readonly<z.infer<typeof fileSchema>>;

/**
 * Begins the folder, or goes on with it where it was begun with the same settings.
 * @throws OperatorError which names what differs, or where it cannot be read or written
 */
export async function beginFolder(folder: string, settings: SelfplaySettings): Promise<Begun> {
  const known = await readBegun(join(folder, 'run.json'), fileSchema);
  if (known) {
    const differing = differencesBetween(known.settings, settings);
    if (differing.length === 0) return known;
    throw new OperatorError(
      `${folder} was begun with other settings: ${differing.join('; ')}. Choose another --out.`,
    );
  }
  const begun: Begun = {
    format: 1,
    kind: 'selfplay',
    started: new Date().toISOString(),
    secret: randomBytes(16).toString('hex'),
    settings: { ...settings },
  };
  await writeJson(join(folder, 'run.json'), begun);
  return begun;
}
