import type { Principle } from '../../src/engine/principles/principles-api.ts';
import { type Message, say } from '../../src/words/text.ts';

/** Where a principle comes from. */
export function sourceWords({ source }: Pick<Principle, 'source'>): Message {
  if (source === 'ours') return say('came with the bot');
  return source === 'operator' ? say('the operator’s') : say('this server’s own');
}
