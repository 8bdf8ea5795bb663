import { basename } from 'node:path';
import { type Document, isMap, isNode, LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { OperatorError } from '../errors.ts';
import { modelPriceSchema } from '../model/model-settings.ts';
import { modelLayerSchema } from './model-layers.ts';
import { readIfThere } from './read-if-there.ts';

/** A model that servers may choose: its own settings over those of `default`. */
const offeredSchema = modelLayerSchema.required({ name: true }).extend({
  id: z.string().regex(/^[a-z0-9][a-z0-9._-]{0,49}$/, 'must be a short word of a-z, 0-9, dots and dashes'),
  takesKey: z.boolean().default(false),
});

/** `models.yaml`: settings of all models under `default`, of one part under its name. */
const modelsFileSchema = z
  .strictObject({
    default: modelLayerSchema,
    actor: modelLayerSchema,
    director: modelLayerSchema,
    narrator: modelLayerSchema,
    judge: modelLayerSchema,
    embed: z.strictObject({ price: modelPriceSchema }),
    offered: z
      .array(offeredSchema)
      .max(100)
      .refine((all) => new Set(all.map(({ id }) => id)).size === all.length, 'two of them have one id'),
    currency: z.string().regex(/^[A-Z]{3}$/, 'must be a code of three letters such as USD'),
  })
  .partial();
export type ModelsFile = z.infer<typeof modelsFileSchema>;

/**
 * Reads a `models.yaml`; one that is not there says nothing.
 *
 * @throws OperatorError with a line for each problem: file, line, what it must be; no value is quoted.
 */
export function readModelsFile(path: string): ModelsFile {
  const text = readIfThere(path);
  if (text === undefined) return {};
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const place = (offset: number) => `${basename(path)} line ${lines.linePos(offset).line}`;

  if (document.errors.length > 0) {
    throw new OperatorError(
      document.errors.map(({ code, pos }) => `${place(pos[0])} is not valid YAML (${code})`).join('\n'),
    );
  }
  const checked = modelsFileSchema.safeParse(plainValue(document, path) ?? {});
  if (checked.success) return checked.data;
  const problems = checked.error.issues.flatMap((issue) => {
    // An unknown key is told of its parent; the line is its own.
    const paths =
      issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];
    return paths.map((keys) => {
      const what = issue.code === 'unrecognized_keys' ? 'is no setting' : `is wrong: ${issue.message}`;
      return `${place(offsetOf(document, keys))}: ${keys.join('.') || 'the file'} ${what}`;
    });
  });
  throw new OperatorError(problems.join('\n'));
}

function plainValue(document: Document, path: string): unknown {
  try {
    return document.toJS();
  } catch {
    // The library finds an alias without its anchor, or one that grows without end, only here.
    throw new OperatorError(`${basename(path)} has an alias (*name) that leads nowhere: write it out.`);
  }
}

/** Where the key at the end of a path stands, or the nearest thing around it. */
function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  let node: unknown = document.contents;
  let offset = 0;
  for (const key of path) {
    const pair = isMap(node)
      ? node.items.find((item) => isNode(item.key) && String(item.key) === key)
      : undefined;
    if (!pair) break;
    offset = (isNode(pair.key) && pair.key.range?.[0]) || offset;
    node = pair.value;
  }
  return offset;
}
