import type { ReplyFile } from '../reply-file.ts';

/** Characters of one file: well within what a message may carry. */
const FILE_CHARS = 800_000;

/** Paragraphs as one Markdown file, or as several numbered ones where that would be too long. */
export function inFiles(name: string, paragraphs: readonly string[]): ReplyFile[] {
  const parts: string[][] = [[]];
  let length = 0;
  for (const paragraph of paragraphs) {
    const last = parts.at(-1) ?? [];
    if (last.length > 0 && length + paragraph.length > FILE_CHARS) {
      parts.push([paragraph]);
      length = paragraph.length;
    } else {
      last.push(paragraph);
      length += paragraph.length;
    }
  }
  return parts.map((part, i) => ({
    name: parts.length === 1 ? `${name}.md` : `${name}-${i + 1}.md`,
    content: `${part.join('\n\n').trimEnd()}\n`,
  }));
}
