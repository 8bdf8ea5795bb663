import { headingLayer } from './headings.ts';
import { kindOfName, tagNameOf } from './layer-names.ts';

/** A reply that came as JSON: its texts in order, with the layer their keys name. */
export type JsonPart = {
  readonly layer: 'plan' | 'musing' | 'thought' | 'action' | 'speech' | 'name';
  readonly text: string;
};

const MAX_PARTS = 200;
const MAX_DEPTH = 6;

/**
 * Reads a reply that is one JSON value, by its keys (`system_thinking`, `role_thinking`, `speech`, …).
 * Keys nobody knows hide what they hold.
 *
 * @returns `undefined` where the text is no JSON, `broken` where it was meant to be: then nobody can
 *   tell its layers apart
 */
export function readJsonReply(text: string): readonly JsonPart[] | 'broken' | undefined {
  const body = text
    .trim()
    .replace(/^```[a-z]*\s*/i, '')
    .replace(/```$/, '')
    .trim();
  if (!/^(?:\{\s*["'“\w]|\[\s*[{"'])/.test(body)) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return /^[{[][\s\S]{0,80}?["'”]?\s*:/.test(body) && /^(?:\{\s*["'“]|\[\s*\{)/.test(body)
      ? 'broken'
      : undefined;
  }
  const parts: JsonPart[] = [];
  collect(value, 'plan', 0);
  return parts;

  function collect(node: unknown, layer: JsonPart['layer'], depth: number): void {
    if (parts.length >= MAX_PARTS || depth > MAX_DEPTH) return;
    if (typeof node === 'string') parts.push({ layer, text: node });
    else if (Array.isArray(node)) for (const item of node) collect(item, layer, depth + 1);
    else if (typeof node === 'object' && node !== null) collectObject(Object.entries(node), layer, depth);
  }

  function collectObject(
    entries: readonly [string, unknown][],
    layer: JsonPart['layer'],
    depth: number,
  ): void {
    // `{"type": "thought", "content": "…"}`: a value names the layer of its neighbour.
    const kind = entries.find(([key]) => /^(?:type|kind|tag|layer|role)$/i.test(key))?.[1];
    const named = typeof kind === 'string' ? (kind === 'assistant' ? 'speech' : layerOfKey(kind)) : undefined;
    for (const [key, value] of entries) {
      if (value === kind && named) continue;
      if (named && /^(?:text|content|value|message)$/i.test(key)) collect(value, named, depth + 1);
      else collect(value, layerOfKey(key) ?? (typeof value === 'object' ? layer : 'plan'), depth + 1);
    }
  }
}

function layerOfKey(key: string): JsonPart['layer'] | undefined {
  const name = tagNameOf(key);
  if (/^(?:name|speaker|character|actor)$/.test(name)) return 'name';
  const kind = kindOfName(name);
  return kind === 'unknown' || kind === 'token' ? headingLayer(key) : kind;
}
