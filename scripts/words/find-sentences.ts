import { join, relative } from 'node:path';
import ts from 'typescript';

/** A sentence that people read, as it stands in the code. */
export type Sentence = {
  readonly text: string;
  /** `file:line`, where it was met first. */
  readonly at: string;
  /** The most characters it may have in any language. */
  readonly most?: number;
};

/** Where the code says something that no catalogue can have. */
export type Problem = { readonly at: string; readonly what: string };

export type Found = { readonly sentences: readonly Sentence[]; readonly problems: readonly Problem[] };

/** What Discord takes of a description or of the name of a choice. */
const LONGEST_DESCRIPTION = 100;
// Their `description` (of a choice its `name`) is read by people; both are plain strings.
const DESCRIBED = ['Command', 'CommandAction', 'CommandOption'];
const CHOICE = 'Choice';
const CONFIGS = ['tsconfig.json', 'src/stage/web/page/tsconfig.json'];
const SAID_IN = ['src/', 'commands/'];

/**
 * Finds every sentence that people read: what is given to `say`, and every string that stands where
 * the type checker expects a `Text`; and what stands there but could be translated by nobody.
 *
 * @param root the repository
 */
export function findSentences(root: string): Found {
  const sentences = new Map<string, Sentence>();
  const problems: Problem[] = [];
  const seen = new Set<string>();
  for (const config of CONFIGS) {
    const program = programOf(join(root, config));
    for (const file of program.getSourceFiles()) {
      const path = relative(root, file.fileName).replaceAll('\\', '/');
      if (seen.has(path) || file.isDeclarationFile || !SAID_IN.some((folder) => path.startsWith(folder)))
        continue;
      seen.add(path);
      const found = sentencesIn(file, path, program.getTypeChecker());
      problems.push(...found.problems);
      for (const sentence of found.sentences) {
        const known = sentences.get(sentence.text);
        if (!known || sentence.most !== undefined) sentences.set(sentence.text, { ...known, ...sentence });
      }
    }
  }
  return { sentences: [...sentences.values()], problems };
}

function programOf(config: string): ts.Program {
  const parsed = ts.getParsedCommandLineOfConfigFile(
    config,
    {},
    { ...ts.sys, onUnRecoverableConfigFileDiagnostic() {} },
  );
  if (!parsed) throw new Error(`${config} cannot be read`);
  const inSource = parsed.fileNames.filter((name) => !/[\\/](test|bench)[\\/]/.test(name));
  return ts.createProgram(inSource, parsed.options);
}

function sentencesIn(file: ts.SourceFile, path: string, checker: ts.TypeChecker): Found {
  const sentences: Sentence[] = [];
  const problems: Problem[] = [];

  const placeOf = (node: ts.Node) =>
    `${path}:${file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1}`;
  const complain = (node: ts.Node, what: string) => problems.push({ at: placeOf(node), what });
  const note = (node: ts.Node, text: string, most?: number) => {
    if (/\p{L}/u.test(text)) {
      sentences.push({ text, at: placeOf(node), ...(most === undefined ? {} : { most }) });
    }
  };

  function visit(node: ts.Node): void {
    if (ts.isCallExpression(node) && isSay(node)) visitSay(node);
    else if (ts.isPropertyAssignment(node)) visitProperty(node);
    if (ts.isExpression(node) && mayBeSaid(node)) visitSaid(node, checker.getContextualType(node));
    if (ts.isShorthandPropertyAssignment(node) && ts.isObjectLiteralExpression(node.parent)) {
      const property = checker.getContextualType(node.parent)?.getProperty(node.name.text);
      if (property) visitSaid(node.name, checker.getTypeOfSymbol(property), shorthandType(node));
    }
    ts.forEachChild(node, visit);
  }

  function shorthandType(node: ts.ShorthandPropertyAssignment): ts.Type {
    const value = checker.getShorthandAssignmentValueSymbol(node);
    return value ? checker.getTypeOfSymbolAtLocation(value, node) : checker.getTypeAtLocation(node);
  }

  function visitSay({ arguments: [text, values] }: ts.CallExpression): void {
    if (!text) return;
    const said = literalsOf(text);
    if (said.length === 0) complain(text, 'say() wants its sentence written out, or one of a few by type');
    for (const one of said) note(text, one);
    if (values && ts.isObjectLiteralExpression(values)) visitValues(said, values);
    else if (!values) {
      for (const one of said) {
        for (const name of placeholdersIn(one)) complain(text, `say() has no value for {{${name}}}`);
      }
    }
  }

  function visitValues(said: readonly string[], values: ts.ObjectLiteralExpression): void {
    const names = values.properties.flatMap(({ name }) => (name ? [name.getText(file)] : []));
    const isWhole = !values.properties.some(ts.isSpreadAssignment);
    for (const name of isWhole ? said.flatMap(placeholdersIn) : []) {
      if (!names.includes(name)) complain(values, `say() has no value for {{${name}}}`);
    }
    for (const property of values.properties) {
      if (ts.isPropertyAssignment(property) && writtenWords(property.initializer)) {
        complain(
          property,
          `${property.name.getText(file)} is put in as it is: say() it, for it to be translated`,
        );
      }
    }
  }

  /** Words in a value that are ours, not a name or what somebody typed. */
  function writtenWords(value: ts.Expression): boolean {
    if (ts.isStringLiteralLike(value)) return /^[^/]*\p{L}/u.test(value.text);
    if (ts.isTemplateExpression(value)) {
      return [value.head, ...value.templateSpans.map(({ literal }) => literal)].some(({ text }) =>
        /(?<![\p{L}/])\p{L}{2,}/u.test(text),
      );
    }
    if (ts.isParenthesizedExpression(value)) return writtenWords(value.expression);
    if (ts.isConditionalExpression(value))
      return writtenWords(value.whenTrue) || writtenWords(value.whenFalse);
    return ts.isBinaryExpression(value) && /^(\?\?|\|\||\+)$/.test(value.operatorToken.getText(file))
      ? writtenWords(value.left) || writtenWords(value.right)
      : false;
  }

  function visitProperty({ name, initializer, parent }: ts.PropertyAssignment): void {
    const key = name.getText(file);
    if (key !== 'description' && key !== 'name') return;
    const owner = namesOf(checker.getContextualType(parent));
    const isRead =
      key === 'description' ? DESCRIBED.some((one) => owner.includes(one)) : owner.includes(CHOICE);
    if (isRead && ts.isStringLiteralLike(initializer))
      note(initializer, initializer.text, LONGEST_DESCRIPTION);
  }

  function visitSaid(node: ts.Expression, wanted: ts.Type | undefined, given?: ts.Type): void {
    if (!wanted || !isText(wanted) || isKnownText(node)) return;
    if (ts.isStringLiteralLike(node)) note(node, node.text);
    else if (ts.isTemplateExpression(node)) {
      if (node.templateSpans.length > 0)
        complain(node, 'values in a sentence: say() it with {{placeholders}}');
    } else visitType(node, given ?? checker.getTypeAtLocation(node));
  }

  /** A `Text` that was found to be a string stays what it was where it was made, which is looked at there. */
  function isKnownText(node: ts.Expression): boolean {
    const symbol = ts.isIdentifier(node) ? checker.getSymbolAtLocation(node) : undefined;
    return symbol !== undefined && isText(checker.getTypeOfSymbol(symbol));
  }

  function visitType(node: ts.Expression, type: ts.Type): void {
    if (isText(type)) return;
    for (const part of type.isUnion() ? type.types : [type]) {
      if (part.isStringLiteral()) note(node, part.value);
      else if (part.flags & ts.TypeFlags.StringLike) {
        complain(
          node,
          `a string of any kind where a Text is wanted: say() it, or asTyped() it (${node.getText(file)})`,
        );
      } else if (checker.isArrayType(part)) {
        const [element] = checker.getTypeArguments(part as ts.TypeReference);
        if (element && !ts.isArrayLiteralExpression(node)) visitType(node, element);
      }
    }
  }

  function literalsOf(node: ts.Expression): string[] {
    if (ts.isStringLiteralLike(node)) return [node.text];
    const type = checker.getTypeAtLocation(node);
    const parts = type.isUnion() ? type.types : [type];
    return parts.every((part) => part.isStringLiteral()) ? parts.map((part) => part.value) : [];
  }

  function isSay({ expression }: ts.CallExpression): boolean {
    const symbol = checker.getSymbolAtLocation(expression);
    if (symbol?.name !== 'say') return false;
    const origin = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
    return (
      origin.declarations?.some((one) => /src\/words\/text\.ts$/.test(one.getSourceFile().fileName)) ?? false
    );
  }

  function isText(type: ts.Type): boolean {
    return (
      type.isUnion() &&
      type.types.some((part) => part.aliasSymbol?.name === 'Message') &&
      type.types.some((part) => checker.isArrayType(part)) &&
      type.types.some((part) => part.flags & ts.TypeFlags.String) &&
      // A value in a sentence may be a number too: it is nobody's sentence, and stands as it is.
      !type.types.some((part) => part.flags & ts.TypeFlags.NumberLike)
    );
  }

  visit(file);
  return { sentences, problems };
}

/** Those kinds of expression that make or name a value; the rest is made of them. */
function mayBeSaid(node: ts.Expression): boolean {
  // The name of a property has the type of what stands in it.
  if (ts.isPropertyAssignment(node.parent) && node.parent.name === node) return false;
  return (
    ts.isStringLiteralLike(node) ||
    ts.isTemplateExpression(node) ||
    ts.isIdentifier(node) ||
    ts.isPropertyAccessExpression(node) ||
    ts.isElementAccessExpression(node) ||
    ts.isCallExpression(node) ||
    (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken)
  );
}

function namesOf(type: ts.Type | undefined): string[] {
  if (!type) return [];
  const parts = type.isUnionOrIntersection() ? type.types : [type];
  return [type, ...parts].flatMap(({ aliasSymbol }) => (aliasSymbol ? [aliasSymbol.name] : []));
}

/** The names of the values that a sentence takes. */
export function placeholdersIn(text: string): string[] {
  return [...text.matchAll(/\{\{(\w+)\}\}/gu)].map(([, name = '']) => name);
}
