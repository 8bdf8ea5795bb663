/** What the macros of a text stand for at the moment of use. What is absent fills nothing in. */
export type MacroNames = {
  /** The character whose prompt or line it is: what its card calls it (`nickname`), else its name. */
  readonly char: string;
  readonly user: string;
  /** Names of everyone in the cast, the speaker's too; absent or of one: it is alone with the player. */
  readonly group?: readonly string[];
  /** Of the speaker's card, macros and all. */
  readonly description?: string;
  readonly personality?: string;
  readonly scenario?: string;
  /** What the player says of whom they play. Their text: no macro in it counts. */
  readonly persona?: string;
  /** The scene's seed and whose text it is: what is left to chance stays the same from turn to turn. */
  readonly seed?: number;
  readonly speaker?: string;
  /** Minutes since midnight of the scene's first day, where its clock is set. It goes before `now`. */
  readonly clock?: number;
  /** Real time, told in the zone of this machine. */
  readonly now?: Date;
};
