import type { Exchange, Message } from './message.ts';

/**
 * One side of a dialogue: its next line, after all that was said. Each dialogue has its own.
 *
 * @param turn number of the exchange, from 1
 * @throws ModelError where its model cannot answer; the signal’s reason when aborted
 */
export type Part = (said: readonly Message[], turn: number, signal: AbortSignal) => Promise<Message>;

export type Dialogue = {
  /** What the data give: the first of them may be the actor’s, the last one the user’s. */
  readonly opening: readonly Message[];
  readonly exchanges: number;
  readonly user: Part;
  readonly actor: Part;
};

/** The one loop of self-play: user and actor by turns; each exchange as soon as it is whole. */
export async function* playDialogue(
  { opening, exchanges, user, actor }: Dialogue,
  signal: AbortSignal,
): AsyncGenerator<Exchange> {
  const said = [...opening];
  for (let number = 1; number <= exchanges; number += 1) {
    const last = said.at(-1);
    const asked = last?.by === 'user' ? last : await user(said, number, signal);
    if (asked !== last) said.push(asked);
    const answer = await actor(said, number, signal);
    said.push(answer);
    yield { number, user: asked, actor: answer };
  }
}
