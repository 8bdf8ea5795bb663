import type { Surface } from './surface.ts';
import type { Typist } from './typist.ts';

export type TypeLines = {
  readonly typist: Typist;
  readonly surface: Surface;
  /** Resolves when the scene rests. */
  rest(): Promise<void>;
};

/**
 * Types lines from a file or a pipe, each when the scene rests, so that the same lines make the
 * same play. Ends with the last line, or with one that ends the scene.
 */
export async function typeLines(
  lines: AsyncIterable<string> | Iterable<string>,
  { typist, surface, rest }: TypeLines,
): Promise<void> {
  await rest();
  surface.choices(await typist.choices());
  for await (const line of lines) {
    if (!(await typist.enter(line))) break;
    await rest();
    surface.choices(await typist.choices());
  }
  await rest();
}
