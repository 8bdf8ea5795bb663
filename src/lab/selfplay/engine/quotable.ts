/**
 * Words as a judge reads them: quotation marks and backslashes are such as need no escape in JSON, so that
 * whoever copies some of them cannot break their own answer.
 */
export function quotable(text: string): string {
  return text
    .replace(/(^|[\s([{—–-])"/gu, '$1“')
    .replaceAll('"', '”')
    .replaceAll('\\', '⧵');
}
