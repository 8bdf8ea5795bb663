/** What a character keeps of a scene in other scenes of its server: plain words of what it witnessed itself. */
export type KeptScene = {
  readonly title: string;
  readonly kept: readonly Kept[];
};

export type Kept = { readonly n: number; readonly text: string };

/**
 * Earlier scenes as a character’s prompt tells of them, oldest first, in no more than `budget`
 * characters: the newest scenes and lines come in first, and only whole ones.
 */
export function renderKeepsakes(scenes: readonly KeptScene[], budget: number): string {
  const told: string[] = [];
  let left = budget;
  for (const { title, kept } of scenes.toReversed()) {
    const heading = `“${title}”:`;
    const lines: string[] = [];
    left -= heading.length + 2;
    for (const { text } of kept.toReversed()) {
      if (text.length + 3 > left) continue;
      lines.unshift(`- ${text}`);
      left -= text.length + 3;
    }
    if (lines.length > 0) told.unshift([heading, ...lines].join('\n'));
  }
  return told.join('\n\n');
}
