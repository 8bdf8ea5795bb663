/**
 * Solves `matrix * x = right` for a symmetric, positive definite matrix, by Cholesky's decomposition.
 * @throws RangeError where it is not positive definite
 */
export function solve(matrix: readonly (readonly number[])[], right: readonly number[]): readonly number[] {
  const size = right.length;
  const lower = matrix.map((line) => line.map(() => 0));
  const at = (row: number, column: number) => lower[row]?.[column] ?? 0;
  const dot = (row: number, column: number, until: number) => {
    let sum = 0;
    for (let k = 0; k < until; k++) sum += at(row, k) * at(column, k);
    return sum;
  };
  for (let row = 0; row < size; row++) {
    const line = lower[row] ?? [];
    for (let column = 0; column <= row; column++) {
      const rest = (matrix[row]?.[column] ?? 0) - dot(row, column, column);
      if (row === column && !(rest > 0)) throw new RangeError('The matrix is not positive definite.');
      line[column] = row === column ? Math.sqrt(rest) : rest / at(column, column);
    }
  }
  const middle: number[] = [];
  for (let row = 0; row < size; row++) {
    const done = middle.reduce((sum, value, column) => sum + at(row, column) * value, 0);
    middle.push(((right[row] ?? 0) - done) / at(row, row));
  }
  const answer = middle.map(() => 0);
  for (let row = size - 1; row >= 0; row--) {
    let rest = middle[row] ?? 0;
    for (let below = row + 1; below < size; below++) rest -= at(below, row) * (answer[below] ?? 0);
    answer[row] = rest / at(row, row);
  }
  return answer;
}
