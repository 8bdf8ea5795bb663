import { createCollector } from './collector.ts';

/** A line of a text. `text` is absent where it is too long to hold. */
export type BoundedLine = {
  /** From 1. */
  readonly at: number;
  readonly text: string | undefined;
  readonly begins: string;
  readonly length: number;
  /** No line break ends it. */
  readonly isLast: boolean;
};

/**
 * The lines of a text that comes in chunks, without their breaks (LF or CR LF; nothing else ends a line: U+2028
 * may stand in any string of JSON). An empty last one is none.
 */
export async function* boundedLines(
  chunks: AsyncIterable<string>,
  largest: number,
): AsyncGenerator<BoundedLine> {
  const line = createCollector(largest);
  let at = 1;
  for await (const chunk of chunks) {
    let from = 0;
    for (let end = chunk.indexOf('\n'); end >= 0; end = chunk.indexOf('\n', from)) {
      line.add(chunk.slice(from, end));
      yield { at, ...withoutReturn(line.take()), isLast: false };
      at += 1;
      from = end + 1;
    }
    line.add(chunk.slice(from));
  }
  const rest = line.take();
  if (rest.length > 0) yield { at, ...withoutReturn(rest), isLast: true };
}

type Taken = Pick<BoundedLine, 'text' | 'begins' | 'length'>;

function withoutReturn({ text, begins, length }: Taken): Taken {
  if (!text?.endsWith('\r')) return { text, begins, length };
  return { text: text.slice(0, -1), begins: begins.replace(/\r$/u, ''), length: length - 1 };
}
