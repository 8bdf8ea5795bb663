/** Faults that are about the form of a turn: they tell nobody anything. */
const OF_FORM: ReadonlySet<string> = new Set([
  'layers-unclear',
  'not-canonical',
  'nothing-visible',
  'too-long',
  'control-signs',
  'lone-surrogate',
  'thought-not-first-person',
  'action-names-actor',
  'plan-too-long',
  'plan-first-person',
  'plan-does-not-read-back',
  'plan-of-the-world',
]);

/** What only teaches to leak: it does so in a turn that is learnt, and not in one that is read as history. */
const OF_TARGETS: ReadonlySet<string> = new Set(['thought-repeats-in-speech', 'thought-names-the-task']);

/**
 * Whether a fault lets somebody see what they may not, or teaches to. A check of which nobody has said that
 * it is about form counts as a leak: a new one must not pass in silence.
 *
 * @param turn one without a plan is history, never a target
 */
export function isLeak(
  { why }: { readonly why: string },
  { plan }: { readonly plan?: string | undefined },
): boolean {
  if (OF_FORM.has(why)) return false;
  return plan !== undefined || !OF_TARGETS.has(why);
}
