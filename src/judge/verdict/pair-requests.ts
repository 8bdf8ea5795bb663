import type { AskedOrder } from './asked-order.ts';
import { decidedWithout } from './decided-without.ts';
import type { Comparing } from './judging.ts';
import { askOrder } from './order-request.ts';

/** What a judge is asked for both orders; nothing where the pair is decided without one (`decidedWithout`). */
export function pairRequests(comparing: Comparing): readonly AskedOrder[] {
  if (decidedWithout(comparing.first, comparing.second)) return [];
  return [askOrder(comparing, 'first'), askOrder(comparing, 'second')];
}
