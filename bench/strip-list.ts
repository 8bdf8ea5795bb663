/**
 * The baseline for the parser: hiding by deletion, with the list of patterns that HER's evaluation
 * code is described to use (her-spec 1.3), as one would write it with regular expressions. It
 * leaks where models misspell a tag; here only its speed counts.
 */
export function stripPlan(text: string): string {
  return tidyLines(
    text
      .replace(/<\s*system[_\s]*think(?:ing)?\s*>[\s\S]*?<\/\s*system[_\s]*think(?:ing)?\s*>/g, '')
      .replace(/<\s*system[_\s]*think(?:ing)?\s*>[\s\S]*$/, '')
      .replace(/<\/\s*system[_\s]*think(?:ing)?\s*>/g, '')
      .replace(/<think>[\s\S]*?(?:<\/think>|$)/g, '')
      .replace(/<thought>[\s\S]*?(?:<\/thought>|$)/g, '')
      .replace(/<role_think>[\s\S]*?(?:<\/role_think>|$)/g, ''),
  );
}

/** What everyone but the speaker is given. */
export function stripForOthers(text: string): string {
  return tidyLines(
    text
      .replace(/\s*<\s*system[_\s]+think(?:ing)?\s*>[\s\S]*?<\/\s*system[_\s]+think(?:ing)?\s*>\s*/g, '')
      .replace(/\s*<\s*role[_\s]+think(?:ing)?\s*>[\s\S]*?<\/\s*role[_\s]+think(?:ing)?\s*>\s*/g, '')
      .replace(/\s*<\s*\w*[_\s]*think(?:ing)?\s*>[\s\S]*?<\/\s*\w*[_\s]*think(?:ing)?\s*>\s*/g, '')
      .replace(/\[.*?\]/g, ''),
  );
}

/** Tags to brackets, as a judge reads them. */
export function stripForJudge(text: string): string {
  return stripPlan(text)
    .replaceAll('<role_thinking>', '[')
    .replaceAll('</role_thinking>', ']')
    .replaceAll('<role_action>', '(')
    .replaceAll('</role_action>', ')');
}

function tidyLines(text: string): string {
  return text
    .split('\n')
    .map((line) => line.trim())
    .join('\n')
    .replace(/\n+/g, '\n')
    .trim();
}
