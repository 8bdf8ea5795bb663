import { defuseTags } from '../format/defuse-tags.ts';
import { renderCoser } from '../format/render-coser.ts';
import { renderHer } from '../format/render-her.ts';
import type { Segment } from '../format/segments.ts';

/** What a turn is made of beside its plan, and in which marks. In play it is always `WHOLE_FORM`. */
export type TurnForm = {
  /** Characters think in hidden first person. */
  readonly thoughts: boolean;
  /** HER’s tags, or CoSER’s brackets. */
  readonly dialect: 'her' | 'coser';
};

export const WHOLE_FORM: TurnForm = { thoughts: true, dialect: 'her' };

/** How a layer is marked in a turn. */
export type Marks = {
  thought(text: string): string;
  action(text: string): string;
  /** How instructions name them. */
  readonly names: { readonly thought: string; readonly action: string; readonly any: string };
};

export const MARKS: Readonly<Record<TurnForm['dialect'], Marks>> = {
  her: {
    thought: (text) => `<role_thinking>${text}</role_thinking>`,
    action: (text) => `<role_action>${text}</role_action>`,
    names: { thought: '<role_thinking>', action: '<role_action>', any: 'tag' },
  },
  coser: {
    thought: (text) => `[${text}]`,
    action: (text) => `(${text})`,
    names: { thought: 'square brackets', action: 'round brackets', any: 'bracket' },
  },
};

/** Writes a turn for a prompt in one of the forms; no tag stands in it but its own. */
export function renderTurn(
  segments: readonly Segment[],
  options: { readonly name?: string } = {},
  { dialect }: Pick<TurnForm, 'dialect'> = WHOLE_FORM,
): string {
  if (dialect === 'her') return renderHer(segments, options);
  return renderCoser(
    segments.map((segment) => ({ ...segment, text: defuseTags(segment.text) })),
    options,
  );
}
