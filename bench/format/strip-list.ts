/**
 * The baseline for the parser: hiding by deletion, with the list of patterns that HER’s evaluation code is described to
 * use (her-spec 1.3, 5.1), written anew for this bench and checked against what that code returns. It leaks where models
 * misspell a tag; here only its speed counts.
 */

/** Own history: the plan is deleted. */
export function removeSystemThinking(text: string): string {
  return tidyLines(
    text
      .replace(/<\s*system[_\s]*think(?:ing)?\s*>[\s\S]*?<\/\s*system[_\s]*think(?:ing)?\s*>/g, '')
      .replace(/<\s*system[_\s]*think(?:ing)?\s*>[\s\S]*$/, '')
      .replace(/<\/\s*system[_\s]*think(?:ing)?\s*>/g, '')
      .replace(/<think>[\s\S]*?<\/think>/g, '')
      .replace(/<think>[\s\S]*$/, '')
      .replace(/<thought>[\s\S]*?<\/thought>/g, '')
      .replace(/<thought>[\s\S]*$/, '')
      .replace(/<role_think>[\s\S]*?<\/role_think>/g, '')
      .replace(/<role_think>[\s\S]*$/, ''),
  );
}

/** What everyone but the speaker is given, of what `removeSystemThinking` left. */
export function removeInnerThoughts(text: string): string {
  return tidyLines(
    text
      .replace(/\s*<\s*system[_\s]+think(?:ing)?\s*>[\s\S]*?<\/\s*system[_\s]+think(?:ing)?\s*>\s*/g, '')
      .replace(/\s*<\s*role[_\s]+think(?:ing)?\s*>[\s\S]*?<\/\s*role[_\s]+think(?:ing)?\s*>\s*/g, '')
      .replace(/\s*<\s*\w*[_\s]*think(?:ing)?\s*>[\s\S]*?<\/\s*\w*[_\s]*think(?:ing)?\s*>\s*/g, '')
      .trim()
      .replace(/\[[^\n]*?\]/g, ''),
  );
}

/** Tags to brackets, as a judge reads them. */
export function convertHerFormat(text: string): string {
  return text
    .replaceAll('<role_thinking>', '[')
    .replaceAll('</role_thinking>', ']')
    .replaceAll('<role_action>', '(')
    .replaceAll('</role_action>', ')')
    .replaceAll('<role_speech>', '')
    .replaceAll('</role_speech>', '')
    .trim();
}

/** The three views, each from the turn as it came: so the reference makes them. */
export function stripViews(turn: string): number {
  return (
    removeSystemThinking(turn).length +
    removeInnerThoughts(removeSystemThinking(turn)).length +
    convertHerFormat(removeSystemThinking(turn)).length
  );
}

/** The same where the plan is deleted once for all three. */
export function stripViewsSharing(turn: string): number {
  const own = removeSystemThinking(turn);
  return own.length + removeInnerThoughts(own).length + convertHerFormat(own).length;
}

function tidyLines(text: string): string {
  return text
    .split('\n')
    .map((line) => line.trim())
    .join('\n')
    .replace(/\n+/g, '\n')
    .trim();
}
