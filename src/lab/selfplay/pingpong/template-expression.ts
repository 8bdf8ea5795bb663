import { TemplateError } from './template-error.ts';

export type Value =
  | string
  | number
  | boolean
  | null
  | undefined
  | readonly Value[]
  | { readonly [name: string]: Value };

type Scope = Readonly<Record<string, Value>>;

/** As Python has it: nothing, 0 and what is empty are false. */
export function isTrue(value: Value): boolean {
  if (Array.isArray(value)) return value.length > 0;
  return typeof value === 'object' && value !== null ? Object.keys(value).length > 0 : Boolean(value);
}

/**
 * Works out an expression: names with dots, words in quotation marks, numbers, lists in brackets,
 * `.strip()`, `+ - * // %`, comparisons, `in`, `not`, `and`, `or`.
 *
 * @throws TemplateError where it is more than that
 */
export function evaluate(text: string, scope: Scope): Value {
  const tokens = tokensOf(text);
  let at = 0;

  const peek = () => tokens[at] ?? '';
  function take(...words: readonly string[]): string | undefined {
    const found = words.find((word) => word === peek());
    if (found !== undefined) at += 1;
    return found;
  }
  function fail(): never {
    throw new TemplateError(`{{ ${text.slice(0, 80)} }} is not read here`);
  }

  function either(): Value {
    let value = both();
    while (take('or')) {
      const other = both();
      value = isTrue(value) ? value : other;
    }
    return value;
  }

  function both(): Value {
    let value = negated();
    while (take('and')) {
      const other = negated();
      value = isTrue(value) ? other : value;
    }
    return value;
  }

  function negated(): Value {
    return take('not') ? !isTrue(negated()) : compared();
  }

  function compared(): Value {
    const value = added();
    const sign = take('==', '!=', '<=', '>=', '<', '>', 'in') ?? (peek() === 'not' ? notIn() : undefined);
    if (sign === undefined) return value;
    return compare(value, sign, added());
  }

  function notIn(): string {
    at += 1;
    if (!take('in')) fail();
    return 'not in';
  }

  function added(): Value {
    let value = multiplied();
    for (let sign = take('+', '-'); sign; sign = take('+', '-')) {
      const other = multiplied();
      if (sign === '+' && typeof value === 'string' && typeof other === 'string') value += other;
      else value = Number(value) + (sign === '+' ? Number(other) : -Number(other));
    }
    return value;
  }

  function multiplied(): Value {
    let value = reached();
    for (let sign = take('*', '//', '%'); sign; sign = take('*', '//', '%')) {
      const [one, other] = [Number(value), Number(reached())];
      // Python rounds down, and its remainder has the divisor’s sign.
      if (sign === '*') value = one * other;
      else value = sign === '//' ? Math.floor(one / other) : one - other * Math.floor(one / other);
    }
    return value;
  }

  function reached(): Value {
    let value = simple();
    while (take('.')) {
      const name = tokens[at] ?? '';
      at += 1;
      if (take('(')) {
        if (!take(')') || name !== 'strip') fail();
        value = typeof value === 'string' ? value.trim() : value;
      } else value = memberOf(value, name);
    }
    return value;
  }

  function simple(): Value {
    const token = peek();
    at += 1;
    if (token === '(' || token === '[') return listOrGroup(token);
    if (/^["']/u.test(token)) return token.slice(1, -1);
    if (/^\d/u.test(token)) return Number(token);
    if (/^(?:true|false)$/iu.test(token)) return token.toLowerCase() === 'true';
    if (/^none$/iu.test(token)) return null;
    if (/^\p{L}|^_/u.test(token)) return memberOf(scope, token);
    return fail();
  }

  /** `(1 + 2)` is a number, `("a",)` and `["a", "b"]` are lists. */
  function listOrGroup(opener: string): Value {
    const closer = opener === '(' ? ')' : ']';
    const items: Value[] = [];
    let commas = 0;
    while (!take(closer)) {
      if (at >= tokens.length) fail();
      items.push(either());
      if (take(',')) commas += 1;
    }
    return opener === '(' && commas === 0 ? items[0] : items;
  }

  const value = either();
  return at < tokens.length ? fail() : value;
}

const TOKEN = /\s*("[^"]*"|'[^']*'|\d+(?:\.\d+)?|[\p{L}_][\p{L}\p{N}_]*|==|!=|<=|>=|\/\/|[.,()[\]+\-*%<>])/uy;

function tokensOf(text: string): readonly string[] {
  const tokens: string[] = [];
  const all = text.trim();
  TOKEN.lastIndex = 0;
  for (let at = 0; at < all.length; at = TOKEN.lastIndex) {
    TOKEN.lastIndex = at;
    const token = TOKEN.exec(all)?.[1];
    if (token === undefined) throw new TemplateError(`{{ ${all.slice(0, 80)} }} is not read here`);
    tokens.push(token);
  }
  return tokens;
}

function memberOf(value: Value, name: string): Value {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return Object.hasOwn(value, name) ? (value as Scope)[name] : undefined;
}

function compare(one: Value, sign: string, other: Value): boolean {
  switch (sign) {
    case '==':
      return one === other;
    case '!=':
      return one !== other;
    case 'in':
    case 'not in': {
      const within =
        typeof other === 'string' ? other.includes(String(one)) : Array.isArray(other) && other.includes(one);
      return within === (sign === 'in');
    }
    case '<':
      return Number(one) < Number(other);
    case '>':
      return Number(one) > Number(other);
    case '<=':
      return Number(one) <= Number(other);
    default:
      return Number(one) >= Number(other);
  }
}
