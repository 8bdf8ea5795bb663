import { Parser } from 'htmlparser2';

type Layer = 'plan' | 'thought' | 'action' | 'speech';
type Part = { readonly layer: Layer; text: string };

/**
 * The same three views by a well-known streaming parser of tags: its events make segments, and those the views. It
 * knows nothing of HER but the three names; only its speed counts.
 */
export function htmlViews(turn: string): number {
  const parts: Part[] = [];
  let layer: Layer = 'speech';
  const parser = new Parser(
    {
      onopentag(name) {
        layer = LAYERS[name] ?? layer;
      },
      ontext(text) {
        const last = parts.at(-1);
        if (last?.layer === layer) last.text += text;
        else parts.push({ layer, text });
      },
      onclosetag(name) {
        if (name in LAYERS) layer = 'speech';
      },
    },
    { decodeEntities: false },
  );
  parser.write(turn);
  parser.end();
  const view = (hidden: readonly Layer[], [open, close]: readonly [string, string]) =>
    parts
      .filter((part) => !hidden.includes(part.layer))
      .map((part) => (part.layer === 'speech' ? part.text : `${open}${part.text}${close}`))
      .join('').length;
  return (
    view(['plan'], ['<role>', '</role>']) +
    view(['plan', 'thought'], ['<role>', '</role>']) +
    view(['plan'], ['(', ')'])
  );
}

const LAYERS: Readonly<Record<string, Layer>> = {
  system_thinking: 'plan',
  role_thinking: 'thought',
  role_action: 'action',
};
