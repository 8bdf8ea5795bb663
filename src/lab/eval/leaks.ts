import { visibleSegments } from '../../format/segments.ts';
import type { ChatRequest } from '../../model/chat-model.ts';
import type { Simulation } from '../gca/simulation.ts';

/** Shorter thoughts may well be said by someone of themselves. */
const SHORTEST = 12;
const HIDDEN_TAG = /<\/?(?:system_thinking|role_thinking)\b/iu;

/** Looks for hidden words in what the parts of a scene were given to read of each other. */
export type LeakWatch = {
  /** What is put before an actor, the director or the Environment. */
  see(request: ChatRequest): void;
  /** Messages in which a thought of one part reached another, and turns that others see a hidden tag in. */
  count(simulation: Pick<Simulation, 'turns'>): number;
};

/**
 * Whatever a part reads of others stands in messages of the `user`; its own turns, with its own thoughts,
 * are the `assistant`'s. A thought that its character also says aloud is no leak.
 */
export function createLeakWatch(): LeakWatch {
  // A message comes again in every later request of its scene: looked at once.
  const seen = new Set<string>();
  return {
    see({ messages }) {
      for (const { role, content } of messages) if (role === 'user') seen.add(content);
    },
    count({ turns }) {
      const said = turns
        .flatMap(({ segments }) => visibleSegments(segments).map(({ text }) => text))
        .join('\n');
      const tagged = turns.filter(({ segments }) =>
        visibleSegments(segments).some(({ text }) => HIDDEN_TAG.test(text)),
      );
      const thoughts = turns
        .flatMap(({ segments }) => segments.filter(({ kind }) => kind === 'thought').map(({ text }) => text))
        .filter((thought) => thought.length >= SHORTEST && !said.includes(thought));
      const told = [...seen].filter((message) => thoughts.some((thought) => message.includes(thought)));
      return tagged.length + told.length;
    },
  };
}
