import { createReadStream } from 'node:fs';
import { OperatorError } from '../../../errors.ts';
import { isRecord, type ReadRow } from './read-row.ts';

/** Longer lines are not read: no engine gets through them, and memory stays flat. Bytes. */
const LONGEST_LINE = 64 * 1024 * 1024;
const NEWLINE = 10;
const RETURN = 13;

/**
 * The rows of a file of JSON Lines, with whatever is wrong with how they are written: bytes are looked at
 * before they become text.
 *
 * @throws OperatorError where the file cannot be read; the signal’s reason when aborted
 */
export async function* jsonRows(path: string, signal: AbortSignal): AsyncGenerator<ReadRow> {
  let row = 0;
  for await (const line of bytesOf(path, signal)) {
    row += 1;
    if (row === 1 && /^\s*\[\s*(?:\{|$)/u.test(line.bytes.toString('utf8', 0, 100))) {
      const what = 'the file is one list of JSON: one object a line is wanted';
      yield { row, faults: [{ fault: 'json-list', what }] };
      return;
    }
    yield readLine(line, row);
  }
}

type Line = { readonly bytes: Buffer; readonly ended: boolean; readonly tooLong: boolean };

async function* bytesOf(path: string, signal: AbortSignal): AsyncGenerator<Line> {
  const input = createReadStream(path, { signal });
  let parts: Buffer[] = [];
  let length = 0;
  const take = (ended: boolean): Line => {
    const line = { bytes: Buffer.concat(parts), ended, tooLong: length > LONGEST_LINE };
    parts = [];
    length = 0;
    return line;
  };
  const keep = (part: Buffer) => {
    length += part.length;
    if (length <= LONGEST_LINE) parts.push(part);
  };
  try {
    for await (const chunk of input) {
      let from = 0;
      for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, from)) {
        keep(chunk.subarray(from, end));
        from = end + 1;
        yield take(true);
      }
      // The stream uses its memory again.
      if (from < chunk.length) keep(Buffer.from(chunk.subarray(from)));
    }
  } catch (error) {
    signal.throwIfAborted();
    if (!input.errored) throw error;
    throw new OperatorError(`${path} cannot be read: check the path.`, error);
  } finally {
    input.destroy();
  }
  if (length > 0) yield take(false);
}

function readLine({ bytes, ended, tooLong }: Line, row: number): ReadRow {
  const faults: { fault: ReadRow['faults'][number]['fault']; what: string }[] = [];
  if (tooLong) {
    return { row, faults: [{ fault: 'too-long-a-line', what: 'the line is longer than 64 MB' }] };
  }
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    const is16 = row === 1 && (bytes[0] === 0xff || bytes[0] === 0xfe);
    const what = is16 ? 'the file seems to be UTF-16' : 'there are bytes that are no UTF-8';
    return { row, faults: [{ fault: 'not-utf-8', what }] };
  }
  if (text.startsWith('\uFEFF')) {
    faults.push({ fault: 'byte-order-mark', what: 'the line begins with a byte order mark' });
    text = text.slice(1);
  }
  if (bytes.at(-1) === RETURN) faults.push({ fault: 'carriage-return', what: 'the line ends with CR LF' });
  if (text.trim() === '') {
    faults.push({ fault: 'blank-line', what: 'the line is empty' });
    return { row, faults };
  }
  if (!ended) faults.push({ fault: 'no-end-of-line', what: 'the last line has no end: was it cut off?' });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { row, faults: [...faults, { fault: 'not-json', what: 'the line is no JSON' }] };
  }
  if (isRecord(value)) return { row, value, faults };
  return { row, faults: [...faults, { fault: 'no-object', what: 'the line is no JSON object' }] };
}
