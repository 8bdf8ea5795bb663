/** Two answers to the same question; undefined where there is none. */
export type Answers = readonly (number | undefined)[];

/**
 * Of all pairs of judges that both answered for the same item, the share with the same answer; undefined
 * where there is no such pair.
 *
 * @param items of each item the answers, judge by judge
 */
export function percentAgreement(items: readonly Answers[]): number | undefined {
  let [pairs, same] = [0, 0];
  for (const answers of items) {
    const told = answers.filter((answer) => answer !== undefined);
    for (const [at, answer] of told.entries()) {
      for (const other of told.slice(at + 1)) {
        pairs += 1;
        if (answer === other) same += 1;
      }
    }
  }
  return pairs === 0 ? undefined : same / pairs;
}

/**
 * Cohen’s kappa of the first two judges: how far they agree beyond what their own habits would bring by
 * chance (J. Cohen, Educational and Psychological Measurement 20, 1960). Items with both answers count.
 * Undefined where none has, or where both always said the same one thing: then chance alone explains it all.
 */
export function cohensKappa(items: readonly Answers[]): number | undefined {
  const both = items.flatMap(([first, second]) =>
    first === undefined || second === undefined ? [] : [[first, second] as const],
  );
  const n = both.length;
  if (n === 0) return undefined;
  const seen = both.filter(([first, second]) => first === second).length / n;
  const values = new Set(both.flat());
  let chance = 0;
  for (const value of values) {
    const first = both.filter(([one]) => one === value).length;
    const second = both.filter(([, one]) => one === value).length;
    chance += (first / n) * (second / n);
  }
  return values.size < 2 ? undefined : (seen - chance) / (1 - chance);
}
