import type { Principle } from '../../judge/principles/principle.ts';
import { pairRequests } from '../../judge/verdict/pair-requests.ts';
import type { ChatModel } from '../../model/chat-model.ts';
import { hashOf } from '../calls/call.ts';

/** A pair that stands for all: only what the judge is told beside it can differ. */
const SAMPLE = {
  context: { speaker: 'A', sheet: 'B', setting: 'C', others: [], lines: ['D: E'], note: '' },
  first: { segments: [{ kind: 'speech', text: 'F' }] },
  second: { segments: [{ kind: 'speech', text: 'G' }] },
  secret: 'sample',
} as const;

/** A short name for all that a judge is told: instructions, layout, principles and the form of the answer. */
export function promptHash(model: ChatModel, principles: readonly Principle[]): string {
  const requests = pairRequests({ ...SAMPLE, model, principles }).map(({ request }) => request);
  return hashOf(requests).slice(0, 12);
}
