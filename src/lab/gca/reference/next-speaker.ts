import { publicReason } from '../../../director/reason.ts';
import type { ProtocolRules } from '../../coser/protocol.ts';
import { END_CHAT, RANDOM, referenceNextSpeaker } from '../reference-next-speaker.ts';
import type { GcaChoice } from '../simulation.ts';

/** How a reference’s director answers, and what it remembers of that. */
export type DirectorRules = {
  /** Whom an answer names, as that runner reads it. */
  read(answer: string, names: readonly string[]): string;
  /** What it keeps before it hears the next turn. */
  remembers(
    choice: GcaChoice,
    answer: string | undefined,
    system: string,
  ): readonly { role: 'assistant' | 'user'; content: string }[];
};

/** HER’s, but that what it remembers is who really acts (her-spec 4.6 G3). */
const her: DirectorRules = {
  read: (answer, names) => referenceNextSpeaker(answer, names),
  remembers: ({ next }) => [assistant(next === undefined ? END_CHAT : `Next Speaker: ${next}`)],
};

/**
 * CoSER’s (her-spec 4.5): names are compared exactly; a valid answer is remembered whole, for any other the
 * name that it gave, and its instructions once more.
 */
const coser: DirectorRules = {
  read: (answer) => coserNextSpeaker(answer),
  remembers(choice, answer, system) {
    const { rule, predicted, next } = choice;
    if (answer === undefined) return her.remembers(choice, answer, system);
    const valid = rule === 'accepted' || (rule === 'end' && next === undefined && predicted === END_CHAT);
    if (valid) return [assistant(answer)];
    return [assistant(predicted), { role: 'user', content: system }];
  },
};

export function directorRules({ protocol }: Pick<ProtocolRules, 'protocol'>): DirectorRules {
  return protocol === 'coser' ? coser : her;
}

/** The first “Next Speaker” field, else what stands before a colon, else all of it; not looked at any further. */
export function coserNextSpeaker(answer: string): string {
  const field = /next\s+speaker\s*:([^\n]*)/iu.exec(answer)?.[1];
  const named = (field ?? answer.split(':')[0] ?? '').trim();
  return named || RANDOM;
}

/** What stands before the field, as anyone may read it; '' where nothing does. */
export function reasonIn(answer: string): string {
  const field = answer.search(/next\s+speaker/iu);
  return field > 0 ? publicReason(answer.slice(0, field)) : '';
}

function assistant(content: string): { role: 'assistant'; content: string } {
  return { role: 'assistant', content };
}
