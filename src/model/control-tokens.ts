/**
 * Openers of the marks by which chat templates part one message from the next. Servers look for
 * them in the finished prompt, so one typed by a player would begin a message of another role.
 */
const CONTROL_TOKEN_OPENER =
  /<(?=[|｜])|<(?=\/?(?:s|bos|eos|pad|unk|start_of_turn|end_of_turn|end_of_utterance)>)|<(?=<\/?SYS>>)|\[(?=\/?(?:INST|SYSTEM_PROMPT|AVAILABLE_TOOLS|TOOL_CALLS|TOOL_RESULTS)\])/gi;

/** Breaks every template mark in a message by a space after its first character; other text stays. */
export function breakControlTokens(text: string): string {
  return text.replace(CONTROL_TOKEN_OPENER, '$& ');
}
