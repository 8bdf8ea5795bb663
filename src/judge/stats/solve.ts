/**
 * Solves `matrix * x = right` for a symmetric, positive definite matrix, by Cholesky's decomposition.
 * @throws RangeError where it is not positive definite
 */
export function solve(matrix: readonly (readonly number[])[], right: readonly number[]): readonly number[] {
  /** Each line ends on the diagonal. */
  const lower: number[][] = [];
  for (const [row, values] of matrix.entries()) {
    const line: number[] = [];
    for (const [column, above] of lower.entries()) {
      line.push(((values[column] ?? 0) - dot(line, above)) / lastOf(above));
    }
    const rest = (values[row] ?? 0) - dot(line, line);
    if (!(rest > 0)) throw new RangeError('The matrix is not positive definite.');
    lower.push([...line, Math.sqrt(rest)]);
  }
  const middle: number[] = [];
  for (const [row, line] of lower.entries()) {
    middle.push(((right[row] ?? 0) - dot(middle, line)) / lastOf(line));
  }
  const answer: number[] = [];
  for (const [row, line] of [...lower.entries()].reverse()) {
    const below = lower.slice(row + 1).map((other) => other[row] ?? 0);
    answer.unshift(((middle[row] ?? 0) - dot(below, answer)) / lastOf(line));
  }
  return answer;
}

/** As far as the first goes. */
function dot(one: readonly number[], other: readonly number[]): number {
  return one.reduce((sum, value, at) => sum + value * (other[at] ?? 0), 0);
}

function lastOf(line: readonly number[]): number {
  return line.at(-1) ?? Number.NaN;
}
