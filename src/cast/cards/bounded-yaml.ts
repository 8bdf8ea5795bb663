import { type Document, isScalar, Lexer, parseDocument, visit } from 'yaml';
import { MAX_YAML } from './file-limits.ts';
import { firstLine } from './lenient-json.ts';

const MAX_PARTS = 100_000;
const MAX_DEPTH = 100;
const MAX_ANCHORS = 20;

/**
 * One YAML document as plain values, its mistakes told in one line. Counted before it is parsed: a few
 * hundred kilobytes of brackets, anchors or short lines would take a gigabyte, or minutes.
 * @throws Error whose message says what is wrong, or which limit the text passes
 */
export function parseYamlValue(text: string): unknown {
  if (text.length > MAX_YAML) throw new Error('is more than 512 KB of YAML: bring it as JSON');
  measure(text);
  // The parser itself compares every key with every other, and searches the text for every error's line.
  const document = parseDocument(text, PLAINLY);
  const [error] = document.errors;
  if (error) {
    // Behind a colon it quotes the text, which may be what nobody else may read.
    const why = firstLine(error).replace(/(?<=\w): .*/, '');
    throw new Error(`holds broken YAML: ${why} ${lineAt(text, error.pos[0])}`, { cause: error });
  }
  refuseSameKeys(document, text);
  refuseCircles(document);
  try {
    return document.toJS({ maxAliasCount: MAX_ANCHORS });
  } catch (problem) {
    throw new Error(TOO_MANY_ANCHORS, { cause: problem });
  }
}

/** What holds itself is written nowhere. */
function refuseCircles(document: Document): void {
  visit(document, {
    Alias(_key, alias, path) {
      const meant = alias.resolve(document);
      if (path.some((above) => above === meant)) throw new Error('holds YAML that contains itself');
    },
  });
}

// Warnings would go to the process, and quote the text; sets, dates and bytes are nothing that JSON has.
const PLAINLY = {
  ...{ prettyErrors: false, uniqueKeys: false, resolveKnownTags: false },
  logLevel: 'error',
} as const;

function refuseSameKeys(document: Document, text: string): void {
  visit(document, {
    Map(_key, { items }) {
      const seen = new Set<unknown>();
      for (const { key } of items) {
        if (!isScalar(key)) continue;
        if (seen.has(key.value)) {
          const where = lineAt(text, key.range?.[0] ?? 0);
          const name = String(key.value);
          // A sentence with a colon in it may have become a key.
          const which = /^[\w-]{1,40}$/.test(name) ? `the key \`${name}\`` : 'a key';
          throw new Error(`holds broken YAML: ${which} stands twice ${where}`);
        }
        seen.add(key.value);
      }
    },
  });
}

function lineAt(text: string, at: number): string {
  return `(line ${text.slice(0, at).split('\n').length})`;
}

const TOO_DEEP = `holds YAML that is nested more than ${MAX_DEPTH} levels deep`;
const TOO_MANY_ANCHORS = `holds YAML that uses its anchors more than ${MAX_ANCHORS} times`;

// The parser keeps one error, with all that belongs to it, for each of these.
const ESCAPE =
  /\\(?:[0abtnvfreNLP_"/\\ \t\r\n]|x[\da-fA-F]{2}|u[\da-fA-F]{4}|U00(?:0[\da-fA-F]|10)[\da-fA-F]{4})/g;
const BAD_ESCAPE = 'holds broken YAML: in a text in double quotation marks a backslash stands where none may';

// How the lexer says that the next part is plain or block text, whatever signs it begins with.
const WORDS_FOLLOW = '\u001f';

function measure(text: string): void {
  let parts = 0;
  let anchors = 0;
  let brackets = 0;
  // Marks of lists and keys without names on one line, each of which opens a level.
  let onLine = 0;
  let before = '';
  for (const part of new Lexer().lex(text)) {
    const isWords = before === WORDS_FOLLOW;
    before = part;
    if (++parts > MAX_PARTS) {
      throw new Error(`holds YAML of more than ${MAX_PARTS.toLocaleString('en')} parts: bring it as JSON`);
    }
    const sign = isWords ? '' : part.charAt(0);
    if (sign === '&' || sign === '*') anchors++;
    else if (sign === '[' || sign === '{') brackets++;
    else if (sign === ']' || sign === '}') brackets--;
    else if (sign === '-' || sign === '?') onLine++;
    else if (sign === '\n' || sign === '\r') onLine = 0;
    if (sign === '"' && part.replace(ESCAPE, '').includes('\\')) throw new Error(BAD_ESCAPE);
    if (anchors > MAX_ANCHORS) throw new Error(TOO_MANY_ANCHORS);
    const indent = sign === ' ' ? part.length : 0;
    if (brackets > MAX_DEPTH || onLine > MAX_DEPTH || indent > 4 * MAX_DEPTH) throw new Error(TOO_DEEP);
  }
}
