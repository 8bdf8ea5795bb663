import { Document, isScalar, Scalar, visit } from 'yaml';

const WIDTH = 108;
const SHORT_LISTS = new Set(['tags', 'aliases', 'keys', 'cast', 'when']);

/**
 * YAML as a person would write it: long texts folded below their key, lists of words in one line.
 */
export function writeYaml(value: Record<string, unknown>): string {
  const document = new Document(value);
  visit(document, {
    Scalar(_key, node) {
      if (typeof node.value === 'string' && node.value.length > 80) node.type = Scalar.BLOCK_FOLDED;
    },
    Pair(_key, { key, value: node }) {
      if (isScalar(key) && SHORT_LISTS.has(String(key.value)) && isFlowable(node)) node.flow = true;
    },
  });
  return document.toString({ lineWidth: WIDTH, singleQuote: true, flowCollectionPadding: false });
}

function isFlowable(node: unknown): node is { flow: boolean } {
  return typeof node === 'object' && node !== null && 'items' in node;
}
