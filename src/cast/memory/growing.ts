/** So much longer than it has to be: a longer array is made now and then, and little of it stays empty. */
const SPARE = 1.25;
const SHORTEST = 32;

/** The same array where it holds `length` numbers, else a longer one that begins alike. */
export function withRoom(array: Int32Array<ArrayBuffer>, length: number): Int32Array<ArrayBuffer> {
  if (array.length >= length) return array;
  const longer = new Int32Array(Math.max(SHORTEST, Math.ceil(length * SPARE)));
  longer.set(array);
  return longer;
}
