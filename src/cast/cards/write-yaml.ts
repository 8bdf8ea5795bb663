import { Document, isScalar, isSeq, Scalar, visit, type YAMLSeq } from 'yaml';

const WIDTH = 108;
const SHORT_LISTS = new Set(['tags', 'aliases', 'keys', 'cast', 'when']);

/**
 * YAML as a person would write it: long texts folded below their key, lists of words in one line. It reads
 * back to the same values, to the letter.
 */
export function writeYaml(value: Record<string, unknown>): string {
  const document = new Document(value, { aliasDuplicateObjects: false });
  visit(document, {
    Scalar(_key, node) {
      if (typeof node.value !== 'string') return;
      const type = styleOf(node.value);
      if (type) node.type = type;
    },
    Pair(_key, { key, value: node }) {
      if (isScalar(key) && SHORT_LISTS.has(String(key.value)) && isListOfWords(node)) node.flow = true;
    },
  });
  return document.toString({ lineWidth: WIDTH, singleQuote: true, flowCollectionPadding: false });
}

function styleOf(text: string): Scalar.Type | undefined {
  if (isDelicate(text)) return Scalar.QUOTE_DOUBLE;
  if (text.length <= 80) return undefined;
  // What is indented is not folded, but broken.
  if (!/^[ \t]/m.test(text)) return Scalar.BLOCK_FOLDED;
  return text.includes('\n') ? Scalar.BLOCK_LITERAL : Scalar.QUOTE_DOUBLE;
}

/** Text that only escapes bring through a file: half a character, control characters, nothing but space. */
function isDelicate(text: string): boolean {
  return !text.isWellFormed() || /[^\P{Cc}\n\t]|[\u2028\u2029\ufeff]/u.test(text) || /^\s+$/.test(text);
}

function isListOfWords(node: unknown): node is YAMLSeq {
  return isSeq(node) && node.items.every((item) => isScalar(item) && !String(item.value).includes('\n'));
}
