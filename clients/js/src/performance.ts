import type { Actor, Beat, Segment, Thought } from './messages.ts';

/** What a game does with a line: plays animations, shows subtitles, sets the state of its AI. */
export type Performance = {
  readonly speaker?: Actor;
  /** The first declared cue in it; where there is none, the text of its first action. */
  readonly animation?: string;
  /** What is said, piece by piece. */
  readonly subtitles: readonly string[];
  /** What was thought; never for players, unless the game means it. */
  readonly thought?: string;
  /** Both in their order, for a game that plays one after the other. */
  readonly steps: readonly ({ readonly animation: string } | { readonly subtitle: string })[];
};

/** @param thoughts of a `thoughts` event, or what `peek` answered; of this beat */
export function performanceOf(
  { speaker, segments }: Pick<Beat, 'speaker' | 'segments'>,
  thoughts: readonly Thought[] = [],
): Performance {
  const actions = segments.filter(({ kind }) => kind === 'action');
  const first = actions.find(({ cue }) => cue !== undefined) ?? actions[0];
  return {
    ...(speaker ? { speaker } : {}),
    ...(first ? { animation: animationOf(first) } : {}),
    subtitles: segments.filter(({ kind }) => kind === 'speech').map(({ text }) => text),
    ...(thoughts.length > 0 ? { thought: thoughts.map(({ text }) => text).join(' ') } : {}),
    steps: segments.map((segment) =>
      segment.kind === 'action' ? { animation: animationOf(segment) } : { subtitle: segment.text },
    ),
  };
}

function animationOf({ cue, text }: Segment): string {
  return cue ?? text;
}
