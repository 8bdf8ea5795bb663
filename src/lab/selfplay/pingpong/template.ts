import { TemplateError } from './template-error.ts';
import { evaluate, isTrue, type Value } from './template-expression.ts';

/** What a template is filled with. */
export type Names = Readonly<Record<string, Value>>;

type Node =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'print'; readonly of: string }
  | {
      readonly kind: 'if';
      /** In order; a branch without a condition is the `else`. */
      readonly branches: readonly { readonly when: string | undefined; readonly nodes: readonly Node[] }[];
    }
  | { readonly kind: 'for'; readonly name: string; readonly of: string; readonly nodes: readonly Node[] };

/**
 * Fills a template written in the small part of Jinja that PingPong’s use: `{{ … }}`, `{% if %}` with
 * `elif` and `else`, `{% for x in … %}` with `loop.index`, comments. As Jinja2 does by default, one line
 * break at the end of the template is left out; the ends are trimmed, as PingPong’s runner has it.
 *
 * @throws TemplateError where it uses more than that
 */
export function fillTemplate(template: string, names: Names): string {
  const reader = createReader(template);
  const nodes = reader.read([]);
  return filled(nodes, names).trim();
}

const PIECE = /\{\{-?([\s\S]*?)-?\}\}|\{%-?([\s\S]*?)-?%\}|\{#[\s\S]*?#\}/gu;

function createReader(template: string) {
  const pieces = [...template.matchAll(PIECE)];
  let at = 0;
  let from = 0;

  /** Up to one of the statements in `ends`, or the end. */
  function read(ends: readonly string[]): Node[] {
    const nodes: Node[] = [];
    for (;;) {
      const piece = pieces[at];
      const until = piece?.index ?? template.length;
      if (until > from) nodes.push({ kind: 'text', text: template.slice(from, until) });
      if (!piece) {
        if (ends.length > 0) throw new TemplateError(`{% ${ends.at(-1)} %} is missing`);
        return nodes;
      }
      const [whole, print, statement] = piece;
      const word = /^\s*(\w+)/u.exec(statement ?? '')?.[1] ?? '';
      if (statement !== undefined && ends.includes(word)) {
        from = until;
        return nodes;
      }
      at += 1;
      from = until + whole.length;
      if (/^\{[{%]-|-[%}]\}$/u.test(whole)) throw new TemplateError(`${whole}: blanks are not trimmed here`);
      if (print !== undefined) nodes.push({ kind: 'print', of: print.trim() });
      else if (statement !== undefined) nodes.push(block(word, statement.trim()));
    }
  }

  function block(word: string, statement: string): Node {
    if (word === 'if') return readIf(statement);
    const loop = /^for\s+(\w+)\s+in\s+([\s\S]+)$/u.exec(statement);
    if (!loop) throw new TemplateError(`{% ${statement.slice(0, 60)} %} is not read here`);
    const nodes = read(['endfor']);
    next();
    return { kind: 'for', name: loop[1] ?? '', of: loop[2] ?? '', nodes };
  }

  function readIf(statement: string): Node {
    const branches: { when: string | undefined; nodes: Node[] }[] = [];
    let when: string | undefined = statement.replace(/^if\s*/u, '');
    for (;;) {
      branches.push({ when, nodes: read(['elif', 'else', 'endif']) });
      const ended = next();
      if (ended === 'endif') return { kind: 'if', branches };
      when = ended === 'else' ? undefined : ended.replace(/^elif\s*/u, '');
    }
  }

  /** The statement that ended a block, which is then behind. */
  function next(): string {
    const piece = pieces[at];
    at += 1;
    from = (piece?.index ?? 0) + (piece?.[0].length ?? 0);
    return (piece?.[2] ?? '').trim();
  }

  return { read };
}

function filled(nodes: readonly Node[], names: Names): string {
  return nodes.map((node) => one(node, names)).join('');
}

function one(node: Node, names: Names): string {
  switch (node.kind) {
    case 'text':
      return node.text;
    case 'print':
      return printed(evaluate(node.of, names));
    case 'if': {
      const branch = node.branches.find(({ when }) => when === undefined || isTrue(evaluate(when, names)));
      return branch ? filled(branch.nodes, names) : '';
    }
    case 'for': {
      const list = evaluate(node.of, names);
      if (!Array.isArray(list)) return '';
      const length = list.length;
      return list
        .map((item: Value, at) =>
          filled(node.nodes, {
            ...names,
            [node.name]: item,
            loop: { index: at + 1, index0: at, first: at === 0, last: at === length - 1, length },
          }),
        )
        .join('');
    }
  }
}

function printed(value: Value): string {
  if (value === undefined) return '';
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
