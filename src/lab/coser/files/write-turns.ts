import { END_CHAT } from '../../gca/reference-next-speaker.ts';
import type { Simulation } from '../../gca/simulation.ts';
import { DIRECTOR, type FiledSimulation, type FiledTurn } from './read-turns.ts';

/** A simulation of this house, or one that was read. */
export type AnySimulation = Pick<Simulation, 'choices'> & Pick<FiledSimulation, 'turns'>;

/** A message as both evaluators write them, with the round that HER’s has. */
export type WrittenMessage = { readonly role: string; readonly content: string; readonly round: number };

/**
 * A simulation as messages, each turn followed by what the director predicted. There is no system thinking
 * in it, because a turn has none.
 */
export function writeTurns(
  { turns, choices }: AnySimulation,
  render: (turn: FiledTurn) => string,
): WrittenMessage[] {
  return turns.flatMap((turn) => {
    const choice = choices.find((one) => one.round === turn.round);
    const acted = { role: turn.name, content: render(turn), round: turn.round };
    return choice
      ? [acted, { role: DIRECTOR, content: choice.predicted || END_CHAT, round: turn.round }]
      : [acted];
  });
}
