import type { Beat } from './beat.ts';
import { type StageBeat, toStageBeat } from './stage-beat.ts';

/** Something that people could see, and what it followed: a rewind leaves what came after it beside the story. */
export type StoryMoment = {
  /** As it reads now. */
  readonly beat: StageBeat;
  /** The moment that it followed; undefined: it was the first. */
  readonly parent: number | undefined;
  /** Part of the story as it is now. */
  readonly now: boolean;
  /** Of a line that was swiped: each of its versions, the first among them; else none. */
  readonly versions: readonly { readonly beat: StageBeat; readonly stands: boolean }[];
};

export type StoryTree = {
  /** In the order in which they happened. */
  readonly moments: readonly StoryMoment[];
  /** The moment at which the story stood when the log was so long. */
  tipAt(length: number): number | undefined;
};

type Node = {
  readonly n: number;
  versions: StageBeat[];
  parent: Node | undefined;
  choices: { readonly n: number; readonly pick: number }[];
};

/** All that a log tells, abandoned stretches included, as a tree; what was taken back is in none of it. */
export function storyTree(log: readonly Beat[]): StoryTree {
  const nodes = new Map<number, Node>();
  /** Of each version: the moment that it is one of. */
  const places = new Map<number, Node>();
  const gone = new Set<Node>();
  const tips: { readonly from: number; readonly tip: Node | undefined }[] = [];
  let tip: Node | undefined;

  for (const beat of log) {
    switch (beat.kind) {
      case 'rewind':
        while (tip && tip.n > beat.to) tip = tip.parent;
        // What was chosen later is as open again as it was.
        for (let node = tip; node; node = node.parent) {
          node.choices = node.choices.filter(({ n }) => n <= beat.to);
        }
        break;
      case 'amend': {
        const { versions = [] } = places.get(beat.of) ?? {};
        const at = versions.findIndex(({ n }) => n === beat.of);
        const read = versions[at];
        if (read) versions[at] = { ...read, segments: beat.segments };
        break;
      }
      case 'retract':
      case 'undo': {
        const node = places.get(beat.of);
        if (node?.n === beat.of) gone.add(node);
        else if (node) node.versions = node.versions.filter(({ n }) => n !== beat.of);
        break;
      }
      case 'choose':
        places.get(beat.of)?.choices.push({ n: beat.n, pick: beat.pick });
        break;
      default: {
        const shown = toStageBeat(beat);
        if (shown) tip = add(shown);
      }
    }
    if (tips.at(-1)?.tip !== tip) tips.push({ from: beat.n, tip });
  }

  function add(shown: StageBeat): Node | undefined {
    const first = shown.alternativeTo === undefined ? undefined : nodes.get(shown.alternativeTo);
    if (shown.alternativeTo !== undefined && !first) return tip;
    const node = first ?? { n: shown.n, versions: [], parent: tip, choices: [] };
    node.versions.push(shown);
    places.set(shown.n, node);
    if (first) return tip;
    nodes.set(node.n, node);
    return node;
  }

  /** The nearest that was not taken back. */
  function standing(node: Node | undefined): Node | undefined {
    let at = node;
    while (at && gone.has(at)) at = at.parent;
    return at;
  }

  const now = new Set<Node>();
  for (let node = tip; node; node = node.parent) now.add(node);
  return {
    moments: [...nodes.values()]
      .filter((node) => !gone.has(node))
      .map((node) => momentOf(node, standing(node.parent)?.n, now.has(node))),
    tipAt: (length) => standing(tips.findLast(({ from }) => from <= length)?.tip)?.n,
  };
}

function momentOf({ n, versions, choices }: Node, parent: number | undefined, now: boolean): StoryMoment {
  const picked = choices.findLast(({ pick }) => versions.some((version) => version.n === pick))?.pick ?? n;
  const [first] = versions;
  const stands = versions.find((version) => version.n === picked) ?? first;
  if (!stands) throw new Error(`beat ${n} has no words`);
  const { alternativeTo: _, ...beat } = stands;
  return {
    beat: { ...beat, n },
    parent,
    now,
    versions:
      versions.length > 1 ? versions.map((version) => ({ beat: version, stands: version === stands })) : [],
  };
}

/** What was seen on the way to moment `n`, or to one version of it: the story as it was there. */
export function pathTo({ moments }: StoryTree, n: number): StageBeat[] {
  const byNumber = new Map(moments.map((moment) => [moment.beat.n, moment]));
  const versioned = moments.find(({ versions }) => versions.some(({ beat }) => beat.n === n));
  const path: StageBeat[] = [];
  let at = versioned ?? byNumber.get(n);
  while (at) {
    const version = at === versioned ? at.versions.find(({ beat }) => beat.n === n)?.beat : undefined;
    path.push(version ? { ...version, n: at.beat.n } : at.beat);
    at = at.parent === undefined ? undefined : byNumber.get(at.parent);
  }
  return path.reverse();
}
