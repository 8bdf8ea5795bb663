import { readChannels } from '../format/channels.ts';
import { createTagScanner } from '../format/tag-scanner.ts';

/** Whether a model thought aloud at that place of its answer. */
export type IsHidden = (at: number) => boolean;

/** Where a model thinks aloud; undefined where there are more tags than anyone can read. */
export function thinkingIn(text: string): IsHidden | undefined {
  const scanner = createTagScanner();
  scanner.scan(text, 0);
  if (scanner.isFlooded()) return undefined;
  const stretches: { from: number; to: number }[] = [];
  let from: number | undefined;
  for (const tag of readChannels(text, scanner.tags)) {
    if (tag.kind === 'void' && from === undefined) stretches.push({ from: tag.from, to: tag.to });
    if (tag.kind !== 'plan' && tag.kind !== 'musing' && tag.kind !== 'thought') continue;
    if (!tag.close) {
      from ??= tag.from;
    } else {
      // A closer without an opener ends what was thought from the start.
      stretches.push({ from: from ?? stretches.at(-1)?.to ?? 0, to: tag.to });
      from = undefined;
    }
  }
  if (from !== undefined) stretches.push({ from, to: text.length });
  return (at) => stretches.some((stretch) => stretch.from <= at && at < stretch.to);
}

/** An answer without what was thought aloud in it; '' where nobody can tell what was. */
export function withoutThinking(text: string): string {
  const isHidden = thinkingIn(text);
  if (!isHidden) return '';
  let said = '';
  for (let at = 0; at < text.length; at += 1) if (!isHidden(at)) said += text[at];
  return said.trim();
}
