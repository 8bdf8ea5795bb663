import { readFileSync } from 'node:fs';
import { z } from 'zod';

const plainName = z.string().regex(/^\w[\w.-]*$/);

/** A model that can be fetched, by a name of ours: the only files that are ever downloaded. */
export const namedModelSchema = z.strictObject({
  id: plainName,
  name: z.string().min(1),
  licence: z.string().min(1),
  /** Where it is kept on a server that is laid out as Hugging Face is: `REPOSITORY/resolve/REVISION/FILE`. */
  repository: z.string().regex(/^\w[\w.-]*\/\w[\w.-]*$/),
  revision: plainName,
  /** Its name there, and here. */
  file: z.string().regex(/^\w[\w.-]*\.gguf$/),
  /** Absent: what the server announces. */
  bytes: z.int().positive().optional(),
  /** In hexadecimal. Absent: what the server announces. */
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
  /** Hosts that a redirect may lead to; `*.` stands for any name below. */
  hosts: z.array(z.string().min(1)),
});
export type NamedModel = Readonly<z.infer<typeof namedModelSchema>>;

/** Where they come from unless `MODELS_URL` names a mirror. */
export const MODELS_URL = 'https://huggingface.co';

/** The models that ship as a list. */
export function shippedModels(): readonly NamedModel[] {
  const text = readFileSync(new URL('named-models.json', import.meta.url), 'utf8');
  return z.array(namedModelSchema).parse(JSON.parse(text));
}

/** @param base the server, as in `MODELS_URL` */
export function addressOf({ repository, revision, file }: NamedModel, base: string): URL {
  return new URL(`${base.replace(/\/+$/, '')}/${repository}/resolve/${revision}/${file}`);
}
