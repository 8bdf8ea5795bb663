/** 97.5th and 80th percentile of the normal distribution. */
const SURE = 1.959963984540054;
const POWER = 0.8416212335729143;
/** With fewer, no permutation test can come below 5 %: the likeliest of 2^5 changes of sign is 2 in 32. */
const LEAST = 6;

/**
 * So many scenes show a mean difference like this one at the 5 % level in four of five such comparisons
 * (normal approximation of the paired test). Undefined where there is no difference, or too few to tell how
 * much differences vary.
 *
 * @param differences one of each scene
 */
export function scenesNeeded(differences: readonly number[]): number | undefined {
  const n = differences.length;
  if (n < 2) return undefined;
  const mean = differences.reduce((sum, one) => sum + one, 0) / n;
  if (Math.abs(mean) < 1e-9) return undefined;
  const variance = differences.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (n - 1);
  return Math.max(LEAST, Math.ceil(((SURE + POWER) ** 2 * variance) / mean ** 2));
}
