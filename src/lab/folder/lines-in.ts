import type { Readable } from 'node:stream';

/**
 * The lines of a stream of UTF-8, each as soon as it is whole, without a mark of byte order. A line ends
 * where JSON Lines end theirs: Node’s `readline` ends them at U+2028 and U+2029 as well, which may stand in
 * any string of JSON.
 *
 * @throws the stream’s error
 */
export async function* linesIn(input: Readable): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of input) {
    const [end = '', ...begun] = decoder.decode(chunk, { stream: true }).split('\n');
    rest += end;
    for (const line of begun) {
      yield withoutReturn(rest);
      rest = line;
    }
  }
  rest += decoder.decode();
  if (rest !== '') yield withoutReturn(rest);
}

function withoutReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}
