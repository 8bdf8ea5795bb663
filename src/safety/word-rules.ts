import { createKeywords, type Keywords } from './keywords.ts';
import { compilePattern, type Pattern } from './pattern.ts';
import type { WordRule } from './word-rule.ts';

/** Where something is said, and by whom, as far as rules make exceptions. */
export type Where = {
  /** Ids of the channel, of a thread's parent, of the category. */
  readonly channels: readonly string[];
  /** Roles of the person whose words they are; none for a character. */
  readonly roles?: readonly string[];
};

export type WordRules = {
  /** The name of the first rule that this text breaks there. */
  broken(text: string, where: Where): string | undefined;
  /** Patterns that cannot be applied, with the names of their rules. */
  readonly unread: readonly { readonly rule: string; readonly pattern: string }[];
};

type Compiled = {
  readonly rule: WordRule;
  readonly keywords: Keywords;
  readonly patterns: readonly Pattern[];
  readonly allowed: Keywords;
};

/** Makes rules of words ready to be applied. Linear in the text that is looked at, whatever they say. */
export function compileWordRules(rules: readonly WordRule[]): WordRules {
  const unread: { rule: string; pattern: string }[] = [];
  const compiled = rules.map((rule): Compiled => {
    const patterns = rule.patterns.map((pattern) => {
      const found = compilePattern(pattern);
      if (!found) unread.push({ rule: rule.name, pattern });
      return found;
    });
    return {
      rule,
      keywords: createKeywords(rule.keywords),
      patterns: patterns.filter((pattern) => pattern !== undefined),
      allowed: createKeywords(rule.allowed),
    };
  });
  return {
    broken: (text, where) =>
      compiled.find(({ rule, ...one }) => !isExempt(rule, where) && breaks(text, one))?.rule.name,
    unread,
  };
}

function breaks(text: string, { keywords, patterns, allowed }: Omit<Compiled, 'rule'>): boolean {
  // What is allowed wins: nothing is found in its letters.
  const looked = allowed.without(text);
  return keywords.isIn(looked) || patterns.some((pattern) => pattern(looked));
}

function isExempt({ exemptChannels, exemptRoles }: WordRule, { channels, roles = [] }: Where): boolean {
  return channels.some((id) => exemptChannels.includes(id)) || roles.some((id) => exemptRoles.includes(id));
}
