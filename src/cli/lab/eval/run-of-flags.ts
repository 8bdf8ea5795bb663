import { OperatorError } from '../../../errors.ts';
import type { EvalRun } from '../../../lab/eval/eval-run.ts';
import { ourPrompts } from '../../../lab/prompts/ours.ts';
import { readCheckout } from '../../../lab/prompts/read-checkout.ts';
import type { ScenePrompts } from '../../../lab/prompts/scene-prompts.ts';
import type { CoserFlags } from './coser-flags.ts';

type WhatIsPlayed = Pick<
  EvalRun,
  'protocol' | 'ablation' | 'maxRounds' | 'continueFrom' | 'choice' | 'times'
>;

/** How scenes are played and judged, by the flags. */
export function whatIsPlayed({
  protocol,
  ablation,
  rounds,
  continueFrom,
  choice,
  times,
}: CoserFlags): WhatIsPlayed {
  return { protocol, ablation, maxRounds: rounds, continueFrom, choice, times };
}

/**
 * Ours, or those of the checkout that --prompts names.
 * @throws OperatorError where it is of another runner than the protocol’s, or none
 */
export function promptsOf({ prompts, protocol }: CoserFlags, actor: string): ScenePrompts {
  if (prompts === undefined) return ourPrompts();
  const read = readCheckout(prompts, actor);
  if (protocol !== 'fixed' && read.source !== protocol) {
    throw new OperatorError(
      `${prompts} is a checkout of ${read.source}, and the protocol is ${protocol}: give the other, or --protocol ${read.source}.`,
    );
  }
  return read;
}
