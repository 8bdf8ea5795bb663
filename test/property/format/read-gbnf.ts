/**
 * Reads a GBNF grammar without recursion as a regular expression: literals, classes, groups, bounds
 * and rules by name (`root` first). A reader of its own, so that the writer is not held to itself.
 */
export function gbnfAsRegex(grammar: string): string {
  const rules = new Map(
    grammar
      .split('\n')
      .filter((line) => line.includes('::='))
      .map((line): [string, string] => {
        const [name = '', ...body] = line.split(' ::= ');
        return [name, body.join(' ::= ')];
      }),
  );
  return expand('root');

  function expand(name: string): string {
    const body = rules.get(name);
    if (body === undefined) throw new Error(`no rule ${name}`);
    const tokens = body.match(
      /"(?:[^"\\]|\\.)*"|\[(?:[^\]\\]|\\.)*\]|\{\d+,\d+\}|[a-z][a-z-]*|[()|?*+]|\s+/g,
    );
    if (tokens?.join('') !== body) throw new Error(`not understood: ${body}`);
    return tokens
      .map((token) => {
        if (token.startsWith('"')) return literal(JSON.parse(token));
        if (/^[a-z]/.test(token)) return `(?:${expand(token)})`;
        return token.trim();
      })
      .join('');
  }
}

function literal(text: string): string {
  return `(?:${text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')})`;
}
