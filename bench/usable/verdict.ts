import type { Fault } from '../../src/format/parsed-turn.ts';
import { isIn, type Language } from './language.ts';

/** What came of one draft. */
export type Outcome = {
  /** What the model wrote, hidden layers and all. */
  readonly raw: string;
  readonly ended: string;
  readonly faults: readonly Fault[];
  /** What everybody saw and heard; '' where the draft was thrown away. */
  readonly shown: string;
};

/** What makes a draft unusable; none where it is usable. */
export type Flaw = 'fault' | 'nothing visible' | 'another voice' | 'cut off' | 'language';

/**
 * Whether a draft could be played as it came: no fault of any kind, also of those that the parser mends;
 * something to see or hear; nobody else’s line and no name in front; ended by itself; in the scene’s language.
 *
 * @param names of everybody in the scene, the speaker too
 * @param asJson it was asked for as JSON, which then is no fault
 */
export function flawsOf(
  { raw, ended, faults, shown }: Outcome,
  {
    names,
    language,
    asJson,
  }: { readonly names: readonly string[]; readonly language: Language; readonly asJson: boolean },
): readonly Flaw[] {
  const counted = faults.filter((fault) => !(asJson && fault === 'json-reply'));
  return [
    ...(counted.length > 0 ? (['fault'] as const) : []),
    ...(shown.trim() === '' ? (['nothing visible'] as const) : []),
    ...(speaksForOthers(raw, shown, names) ? (['another voice'] as const) : []),
    ...(ended === 'stop' ? [] : (['cut off'] as const)),
    ...(isIn(language, shown) ? [] : (['language'] as const)),
  ];
}

/** A name with a colon where a line begins, in what was written or in what was shown of it. */
function speaksForOthers(raw: string, shown: string, names: readonly string[]): boolean {
  const any = names.flatMap((name) => [name, ...name.split(' ').filter((part) => part.length > 3)]);
  const label = new RegExp(`(?:^|[\\n>])\\s*[*_#"]*(?:${any.map(escaped).join('|')})[*_]*\\s*:`, 'u');
  return label.test(raw) || label.test(shown);
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
