/** Adds `items` to `list`. Spreading them into `push` overflows the stack where they are many. */
export function append<T>(list: T[], items: Iterable<T>): void {
  for (const item of items) list.push(item);
}
