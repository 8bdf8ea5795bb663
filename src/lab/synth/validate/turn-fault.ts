/** Something wrong with a turn, and in which of its layers. */
export type TurnFault = {
  readonly why: string;
  readonly layer: 'turn' | 'plan' | 'thought' | 'action' | 'speech';
};
