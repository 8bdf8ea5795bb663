export type BeatLine = {
  readonly beat: number;
  readonly kind: string;
  readonly speaker: string;
  readonly text: string;
  readonly segments: readonly { readonly kind: string; readonly text: string }[];
  readonly hidden?: { readonly systemThinking?: string; readonly thoughts: readonly string[] };
};

/** The beats of `--json`; fails where a line is anything else. */
export function beatsOf({ stdout }: { readonly stdout: string }): readonly BeatLine[] {
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as BeatLine);
}
