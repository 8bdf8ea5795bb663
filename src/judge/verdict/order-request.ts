import type { AskedOrder } from './asked-order.ts';
import { askHerRm, isHerRm } from './her-rm-request.ts';
import type { Comparing } from './judging.ts';
import { askPlain } from './plain-request.ts';
import type { Missing, Side } from './verdict.ts';

/**
 * What a judge is asked for one order, and what it takes to read its answer. Whom the caller names first
 * or second changes nothing of the two requests: labels and fences hang on the texts and the secret.
 *
 * @param again why a first answer could not be used; nothing of it is quoted
 */
export function askOrder(comparing: Comparing, shownFirst: Side, again?: Missing): AskedOrder {
  const layout = comparing.layout ?? (isHerRm(comparing.model.name) ? 'her-rm' : 'plain');
  return (layout === 'her-rm' ? askHerRm : askPlain)(comparing, shownFirst, again);
}
