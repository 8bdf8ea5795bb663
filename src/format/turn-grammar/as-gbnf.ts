import type { Shape } from './shape.ts';

/**
 * A shape as a GBNF grammar: llama.cpp's notation, which llama-cpp-python and XGrammar read, too.
 * Its start is the rule `root`.
 */
export function asGbnf(shape: Shape): string {
  const rules = new Map<string, string>();
  const root = write(shape);
  return [`root ::= ${root}`, ...[...rules].map(([name, body]) => `${name} ::= ${body}`), ''].join('\n');

  function write(one: Shape): string {
    switch (one.is) {
      case 'text':
        return JSON.stringify(one.text);
      case 'set':
        return `[${one.ranges}]`;
      case 'row':
        return one.parts.map(write).join(' ');
      case 'either':
        return `(${one.ways.map(write).join(' | ')})`;
      case 'times':
        return `(${write(one.what)})${one.least === 0 && one.most === 1 ? '?' : `{${one.least},${one.most}}`}`;
      case 'rule':
        if (!rules.has(one.name)) rules.set(one.name, write(one.what));
        return one.name;
    }
  }
}
