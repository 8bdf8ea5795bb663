/** A stretch of a line in HER format, as it is coloured where it is edited. */
export type Painted = {
  readonly text: string;
  readonly as: 'thought' | 'action' | 'plan' | 'tag' | 'speech';
};

const TAGGED =
  /<\s*(role_thinking|role_action|system_thinking)\s*>([\s\S]*?)(<\s*\/\s*\1\s*>|$)|\*([^*\n]+)\*|<\s*\/?\s*[a-z]+_[a-z]+\s*>/gi;

const KINDS: Readonly<Record<string, Painted['as']>> = {
  role_thinking: 'thought',
  role_action: 'action',
  system_thinking: 'plan',
};

/** Takes a line apart for the eye; together the pieces are the whole line. What it means the stage decides. */
export function paintHer(line: string): Painted[] {
  const pieces: Painted[] = [];
  let at = 0;
  const push = (text: string, as: Painted['as']) => {
    if (text !== '') pieces.push({ text, as });
  };
  for (const match of line.matchAll(TAGGED)) {
    const [whole, tag, inner = '', closing = '', starred] = match;
    push(line.slice(at, match.index), 'speech');
    at = match.index + whole.length;
    if (starred !== undefined) push(whole, 'action');
    else if (tag === undefined) push(whole, 'tag');
    else {
      push(whole.slice(0, whole.length - inner.length - closing.length), 'tag');
      push(inner, KINDS[tag.toLowerCase()] ?? 'speech');
      push(closing, 'tag');
    }
  }
  push(line.slice(at), 'speech');
  return pieces;
}
