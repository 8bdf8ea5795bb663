/** The rooms whose tests are held to notice a mutant. */
export const ROOMS = ['director', 'scene', 'format', 'judge'] as const;

/** The share of a property’s runs that is made for each mutant: thousands of runs each would take days. */
export const SHARE: Readonly<Record<string, number>> = {
  director: 0.2,
  scene: 0.1,
  format: 0.03,
  judge: 0.3,
};

/**
 * Modules that keep what they worked out of a view, or of a principle, where a mutant could leave traces or
 * come too late.
 */
export const KEEPERS: readonly string[] = [
  'scene/speakers-in.ts',
  'judge/continuity/sayings.ts',
  'judge/principles/shipped.ts',
  'judge/verdict/fit-context.ts',
  'judge/verdict/plain-words.ts',
  'judge/verdict/principle-ref.ts',
];

/** Tests that are about how long something takes. */
export const LEFT_OUT: readonly string[] = ['may be as long and as hostile as it likes'];

/**
 * A room’s own tests, as patterns from the root of the repository. Left out are those that play whole scenes,
 * and those that hold the rules to some thousand lines of books.
 */
export function testsOf(room: string): readonly string[] {
  return [`test/unit/${room}/**/!(false-alarms).test.ts`, `test/property/${room}/**/!(*-in-play).test.ts`];
}
