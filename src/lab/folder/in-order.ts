/**
 * Works on many things side by side and gives the results in their order. At most `most` are under way
 * or wait for an earlier one, so that memory does not grow with the input. Leaving early waits for what
 * is under way.
 */
export async function* inOrder<T, R>(
  things: AsyncIterable<T>,
  most: number,
  work: (thing: T) => Promise<R>,
): AsyncGenerator<R> {
  const underWay: { readonly result: Promise<R> }[] = [];
  try {
    for await (const thing of things) {
      const result = work(thing);
      // Heard when its turn comes; until then it is nobody's.
      result.catch(() => {});
      underWay.push({ result });
      const first = underWay.length >= most ? underWay.shift() : undefined;
      if (first) yield await first.result;
    }
    for (let first = underWay.shift(); first; first = underWay.shift()) yield await first.result;
  } finally {
    await Promise.allSettled(underWay.map(({ result }) => result));
  }
}
