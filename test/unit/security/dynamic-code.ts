import ts from 'typescript';

/** A place in a file where text could become code, or a program of its own be started. */
export type Finding = { readonly what: string; readonly line: number };

/** Modules that run what they are handed. */
const MODULES: Readonly<Record<string, string>> = {
  vm: 'runs text as code',
  child_process: 'starts programs',
  worker_threads: 'starts threads',
  cluster: 'starts processes',
  repl: 'runs text as code',
  inspector: 'runs text as code',
};

const CALLS: Readonly<Record<string, string>> = {
  eval: 'runs text as code',
  Function: 'runs text as code',
  require: 'loads by a name',
  createRequire: 'loads by a name',
  stripTypeScriptTypes: 'makes code',
};

const MARKUP = new Set(['innerHTML', 'outerHTML', 'srcdoc']);

/** Everything of that kind in the source of one file, by its syntax: no comment and no text counts. */
export function dynamicCodeIn(path: string, source: string): Finding[] {
  const file = ts.createSourceFile(path, source, ts.ScriptTarget.Latest, true);
  const found: Finding[] = [];
  const report = (node: ts.Node, what: string) =>
    void found.push({ what, line: file.getLineAndCharacterOfPosition(node.getStart()).line + 1 });

  function visit(node: ts.Node): void {
    if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
      const onlyTypes = node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
      const module = node.moduleSpecifier.text.replace(/^node:/, '').split('/')[0] ?? '';
      if (!onlyTypes && Object.hasOwn(MODULES, module))
        report(node, `imports ${module}, which ${MODULES[module]}`);
    }
    if (ts.isCallExpression(node) || ts.isNewExpression(node)) visitCall(node);
    if (ts.isBinaryExpression(node) && ts.isPropertyAccessExpression(node.left)) {
      if (ts.SyntaxKind.EqualsToken === node.operatorToken.kind && MARKUP.has(node.left.name.text))
        report(node, `makes markup (${node.left.name.text})`);
    }
    ts.forEachChild(node, visit);
  }

  function visitCall(node: ts.CallExpression | ts.NewExpression): void {
    const { expression } = node;
    const [first] = node.arguments ?? [];
    if (expression.kind === ts.SyntaxKind.ImportKeyword) {
      if (!first || !ts.isStringLiteral(first)) report(node, 'imports a path that it computes');
      else if (Object.hasOwn(MODULES, first.text.replace(/^node:/, '')))
        report(node, `imports ${first.text}`);
    }
    const name = nameCalled(expression);
    if (name === undefined) return;
    if (Object.hasOwn(CALLS, name)) report(node, `${name}(…) ${CALLS[name]}`);
    if (/^set(?:Timeout|Interval|Immediate)$/.test(name) && first && ts.isStringLiteralLike(first))
      report(node, `${name}(…) runs text as code`);
    if (name === 'constructor') report(node, 'calls a constructor that it looked up');
    if (name === 'insertAdjacentHTML' || /^document\.write(?:ln)?$/.test(expression.getText()))
      report(node, `makes markup (${name})`);
    if (ts.isNewExpression(node) && name === 'Worker') report(node, 'starts a thread');
  }

  visit(file);
  return found;
}

/** `f(…)`, `x.f(…)`, `x['f'](…)` and `(0, f)(…)`: the name f. */
function nameCalled(expression: ts.Expression): string | undefined {
  if (ts.isIdentifier(expression)) return expression.text;
  if (ts.isPropertyAccessExpression(expression)) return expression.name.text;
  if (ts.isElementAccessExpression(expression) && ts.isStringLiteralLike(expression.argumentExpression))
    return expression.argumentExpression.text;
  if (ts.isParenthesizedExpression(expression)) return nameCalled(expression.expression);
  if (ts.isBinaryExpression(expression) && expression.operatorToken.kind === ts.SyntaxKind.CommaToken)
    return nameCalled(expression.right);
  return undefined;
}
