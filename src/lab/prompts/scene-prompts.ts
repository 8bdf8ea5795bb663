import type { CoserDimension } from '../coser/judge-answer.ts';
import type { Ablation } from '../coser/protocol.ts';
import type { CoserScene } from '../coser/scene.ts';

/**
 * All texts that a runner puts before its models. Facts of the layout are the same whoever wrote the
 * sentences: ours, or the reference’s own, read from the user’s checkout and never shipped.
 */
export type ScenePrompts = {
  readonly source: 'ours' | 'coser' | 'her';
  /** Names all of its texts, whatever scene they are filled with. 12 hexadecimal digits. */
  readonly hash: string;
  /** The system prompt of a character. */
  actor(scene: CoserScene, name: string, options: ActorTexts): string;
  /** Of the Environment. @param draw 0…1 from the scene’s seed, for what a reference leaves to chance */
  narrator(scene: CoserScene, draw: () => number): string;
  /** Of the director. @param speaking the Environment among them */
  director(scene: CoserScene, speaking: readonly string[]): string;
  /** What a judge is told before it reads the simulated conversation. */
  critic(scene: CoserScene, options: CriticTexts): string;
  /** How the simulated conversation is put before the judge; absent: as it is, which is how the references do it. */
  readonly played?: (transcript: string, dimension: CoserDimension) => string;
};

export type ActorTexts = Pick<Ablation, 'plan' | 'thoughts' | 'dialect'> & {
  /** What the character has in mind; '' where nothing is to be said of it. */
  readonly motivation: string;
  /** As `profilesOf` puts them together; of the character itself too. */
  readonly profiles: ReadonlyMap<string, string>;
  readonly draw: () => number;
};

export type CriticTexts = {
  readonly dimension: CoserDimension;
  readonly profiles: ReadonlyMap<string, string>;
  /** The reference conversation as the judge reads it. */
  readonly reference: string;
  /** So many messages at the beginning are the reference’s own. */
  readonly continueFrom: number;
  /** Names of main characters are put where the criteria speak of them; the references leave the braces. */
  readonly fillsNames: boolean;
};
