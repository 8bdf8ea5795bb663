import { parseCoser } from '../../../format/coser.ts';
import type { Fault, ParsedTurn } from '../../../format/parsed-turn.ts';
import { parseTurn } from '../../../format/turn-parser.ts';
import { END_CHAT } from '../../gca/reference-next-speaker.ts';
import type { GcaChoice, GcaTurn, Simulation } from '../../gca/simulation.ts';
import type { TranscriptTurn } from '../transcript.ts';

/** The director, as both evaluators call it (next-speaker prediction). */
export const DIRECTOR = 'NSP';

/** One message of a simulation file: of a character, the Environment, or of the director (`NSP`). */
export type FiledMessage = { readonly role: string; readonly content: string };

/** A turn of this house, or one that knows how it stood in its file. */
export type FiledTurn = GcaTurn & TranscriptTurn;

/** A simulation that was read from a file: its turns know how they stood there. */
export type FiledSimulation = Omit<Simulation, 'turns'> & {
  readonly turns: readonly FiledTurn[];
};

/**
 * A simulation from its messages. Each is taken apart by our own parser: what a model planned is dropped
 * here. A turn of which nothing could be seen or heard stays, empty, since both evaluators count it.
 *
 * @param dialect `coser`: thoughts in `[ ]`, and no plans unless there are tags; `her`: everything that models
 *   write where they are asked to plan
 */
export function readTurns(messages: readonly FiledMessage[], dialect: 'coser' | 'her'): FiledSimulation {
  const turns: FiledTurn[] = [];
  const choices: GcaChoice[] = [];
  const people = [...new Set(messages.map(({ role }) => role).filter((role) => role !== DIRECTOR))];
  for (const [index, { role, content }] of messages.entries()) {
    if (role === DIRECTOR) {
      const next = messages.slice(index + 1).find((one) => one.role !== DIRECTOR)?.role;
      choices.push(choiceOf(content, next, turns.length - 1));
      continue;
    }
    const parsed = parse(content, role, people, dialect);
    turns.push({
      round: turns.length,
      name: role,
      segments: parsed.segments,
      named: parsed.faults.includes('own-name'),
      injected: false,
      faults: parsed.faults,
      ...(isAsWritten(content, parsed) ? { written: content } : {}),
    });
  }
  const end = choices.at(-1)?.predicted === END_CHAT ? 'end-chat' : 'rounds';
  return { turns, choices, silent: [], end };
}

// In every form in which our parser knows a tag.
const TAG = /[<＜‹]|&lt;|\\u003c/iu;

function parse(
  content: string,
  name: string,
  people: readonly string[],
  dialect: 'coser' | 'her',
): ParsedTurn {
  const options = { speaker: { name, aliases: [] }, others: people.filter((one) => one !== name) };
  const isCoser = dialect === 'coser' && !TAG.test(content);
  return isCoser ? parseCoser(content, options) : parseTurn(content, options);
}

/** What a turn in CoSER’s form lacks by HER’s rules, and nothing that would be dropped. */
const COSER_FAULTS: ReadonlySet<string> = new Set<Fault>(['own-name', 'plan-missing', 'legacy-brackets']);

/** CoSER’s own form, with nothing in it that is dropped: no plan, no other’s line. */
function isAsWritten(content: string, { usable, systemThinking, faults }: ParsedTurn): boolean {
  return (
    usable && systemThinking === '' && faults.every((fault) => COSER_FAULTS.has(fault)) && !TAG.test(content)
  );
}

function choiceOf(said: string, next: string | undefined, round: number): GcaChoice {
  const predicted = said.trim();
  if (next === undefined) return { round, predicted, next, rule: 'end' };
  return { round, predicted, next, rule: predicted === next ? 'accepted' : 'fallback' };
}
