import type { ServerMessageOf } from '../../server-message.ts';
import type { WireMoment } from '../../story-shapes.ts';

export type Story = Pick<ServerMessageOf<'story'>, 'moments' | 'saves'>;

/** A moment, one of its versions, or a stretch of the story that was left behind, which begins with `moment`. */
export type StoryItem = {
  readonly kind: 'moment' | 'version' | 'left';
  /** The beat that is looked at: the moment's or the version's; of a stretch, its last. */
  readonly beat: number;
  readonly moment: WireMoment;
  readonly words: string;
  readonly saves: readonly string[];
  /** Of a version: it is the one that stands. */
  readonly stands: boolean;
  readonly children: readonly StoryItem[];
};

/**
 * The story from its beginning to where it is now; beside each moment what else it could have been, and
 * below it what followed it once and was left behind.
 */
export function storyItems({ moments, saves }: Story): readonly StoryItem[] {
  const followers = Map.groupBy(moments, ({ parent }) => parent);
  const isOfNow = new Set([undefined, ...moments.filter(({ now }) => now).map(({ n }) => n)]);
  const savedAt = Map.groupBy(saves, ({ beat }) => beat);

  /** Where it goes on: the story as it is now, else what came last. */
  function nextOf(n: number | undefined): WireMoment | undefined {
    const after = followers.get(n) ?? [];
    // Behind where the story is now there is nothing of it.
    return after.find(({ now }) => now) ?? (isOfNow.has(n) ? undefined : after.at(-1));
  }

  function runFrom(first: WireMoment | undefined): StoryItem[] {
    const run: StoryItem[] = [];
    for (let moment = first; moment; moment = nextOf(moment.n)) run.push(momentItem(moment));
    return run;
  }

  function momentItem(moment: WireMoment): StoryItem {
    const { n, words, versions = [] } = moment;
    return {
      kind: 'moment',
      beat: n,
      moment,
      words,
      saves: (savedAt.get(n) ?? []).map(({ name }) => name),
      stands: true,
      children: [...versions.map((version) => versionItem(moment, version)), ...leftBehind(n)],
    };
  }

  function leftBehind(n: number | undefined): StoryItem[] {
    const next = nextOf(n);
    return (followers.get(n) ?? []).filter((one) => one !== next).map(leftItem);
  }

  function leftItem(moment: WireMoment): StoryItem {
    const children = runFrom(moment);
    const beat = children.at(-1)?.beat ?? moment.n;
    return { kind: 'left', beat, moment, words: moment.words, saves: [], stands: false, children };
  }

  return [...leftBehind(undefined), ...runFrom(nextOf(undefined))];
}

function versionItem(
  moment: WireMoment,
  { n, words, stands }: NonNullable<WireMoment['versions']>[number],
): StoryItem {
  return { kind: 'version', beat: n, moment, words, saves: [], stands, children: [] };
}

/** An item's name in the tree; a stretch and its first moment are two. */
export function keyOf({ kind, beat, moment }: StoryItem): string {
  return `${kind}-${kind === 'left' ? moment.n : beat}`;
}
