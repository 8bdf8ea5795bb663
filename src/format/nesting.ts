import type { Mark } from './channels.ts';
import type { Fault } from './parsed-turn.ts';

/** A stretch of the text that lies in one layer. `bare` stands in no tag: speech, if nothing else. */
export type Stretch = {
  readonly kind: 'plan' | 'thought' | 'action' | 'bare';
  readonly from: number;
  readonly to: number;
};

export type Structure = {
  readonly stretches: readonly Stretch[];
  /** Which layers the model has tags for, plans aside. */
  readonly tagged: { readonly thought: boolean; readonly action: boolean; readonly speech: boolean };
};

/**
 * Turns tags into stretches of one layer each. Hidden-ness is inherited: whatever stands in a plan is
 * plan, whatever stands in a thought is thought.
 *
 * What is broken hides more, not less: a plan closer without an opener makes all before it a plan; a
 * thought closer without an opener hides the text back to the tag before it; an unclosed thought
 * reaches to the next role tag, an unclosed plan to the next role tag or to the line where the
 * speaker's own name stands.
 *
 * @param ownLine where in `text.slice(from, to)` a line begins with the speaker's name, or -1
 */
export function nest(
  text: string,
  marks: readonly Mark[],
  end: number,
  ownLine: (from: number, to: number) => number,
  faults: Set<Fault>,
): Structure {
  const { partner, layers } = pairTags(marks);
  let stretches: Stretch[] = [];
  let tagged = { thought: false, action: false, speech: false };
  let plans = 0;
  // Something other than a plan stands before this place.
  let said = false;
  let pos = 0;
  const open: { index: number; layer: Layer; closed: boolean }[] = [];
  const depth = { plan: 0, thought: 0, action: 0, speech: 0 };

  for (const [index, mark] of marks.entries()) {
    if (mark.from < pos) continue;
    readText(mark.from);
    pos = mark.to;
    if (mark.kind === 'void') continue;
    const layer = layers[index] ?? 'plan';
    const other = partner[index] ?? -1;
    if (other >= 0 && other < index) {
      if (layers[other] !== layer) faults.add('tag-mismatched');
      let closed = pop();
      while (closed !== other && closed >= 0) closed = pop();
    } else if (mark.close) {
      readOrphan(mark, layer);
    } else {
      endUnclosed(layer);
      if (depth.plan === 0) notice(layer, other >= 0);
      open.push({ index, layer, closed: other >= 0 });
      depth[layer]++;
    }
  }
  readText(end);
  return { stretches, tagged };

  function readText(to: number): void {
    const top = open.at(-1);
    const own = top?.layer === 'plan' && !top.closed && depth.plan === 1 ? ownLine(pos, to) : -1;
    if (own >= 0) {
      push('plan', pos, pos + own);
      pos += own;
      pop();
    }
    if (depth.plan > 0) push('plan', pos, to);
    else if (depth.thought > 0) push('thought', pos, to);
    else push(open.at(-1)?.layer === 'action' ? 'action' : 'bare', pos, to);
  }

  function push(kind: Stretch['kind'], from: number, to: number): void {
    if (to <= from) return;
    stretches.push({ kind, from, to });
    said ||= kind !== 'plan' && text.slice(from, to).trim() !== '';
  }

  function pop(): number {
    const top = open.pop();
    if (!top) return -1;
    depth[top.layer]--;
    return top.index;
  }

  /** Ends what was never closed and does not reach past a tag of this layer. */
  function endUnclosed(layer: Layer): void {
    for (let top = open.at(-1); top && !top.closed; top = open.at(-1)) {
      if (layer === 'plan' && (top.layer === 'plan' || top.layer === 'thought')) return;
      pop();
    }
  }

  function readOrphan(mark: Mark, layer: Layer): void {
    if (layer === 'plan') {
      faults.add('plan-orphan-close');
      stretches = [];
      said = false;
      push('plan', 0, mark.to);
      tagged = { thought: false, action: false, speech: false };
      return;
    }
    const before = stretches.at(-1);
    faults.add(layer === 'thought' ? 'thought-orphan-close' : 'tag-mismatched');
    if (layer === 'speech' || before?.kind !== 'bare' || before.to !== mark.from) return;
    stretches[stretches.length - 1] = { ...before, kind: layer };
    tagged = { ...tagged, [layer]: true };
  }

  /** Records what an opener says about the turn. */
  function notice(layer: Layer, closed: boolean): void {
    if (depth.thought + depth.action > 0) faults.add('tag-nested');
    if (layer === 'plan') {
      if (plans++ > 0) faults.add('plan-repeated');
      if (said) faults.add('plan-late');
      if (!closed) faults.add('plan-unclosed');
      return;
    }
    if (layer === 'thought' && !closed) faults.add('thought-unclosed');
    if (layer === 'action' && !closed) faults.add('action-unclosed');
    tagged = { ...tagged, [layer]: true };
  }
}

type Layer = 'plan' | 'thought' | 'action' | 'speech';

/**
 * Which closer belongs to which opener (`-1`: none), and which layer each tag means.
 *
 * A closer takes the innermost open tag where that is of its layer, else the nearest of its name, else
 * the nearest of its layer, else the innermost one after all; what stands open within is closed with
 * it, as in HTML. Plans go by name first: a plan may quote other plans' tags.
 */
export function pairTags(marks: readonly Mark[]): { partner: Int32Array; layers: Layer[] } {
  const partner = new Int32Array(marks.length).fill(-1);
  const layers: Layer[] = [];
  const open: number[] = [];
  // How many are open, by name and by layer: looking for one that is not there must cost nothing.
  const names = new Map<string, number>();
  const counts = { plan: 0, thought: 0, action: 0, speech: 0 };
  let roleSeen = false;

  function pop(): number {
    const index = open.pop() ?? -1;
    const name = marks[index]?.name ?? '';
    names.set(name, (names.get(name) ?? 1) - 1);
    counts[layers[index] ?? 'plan']--;
    return index;
  }

  for (const [index, mark] of marks.entries()) {
    const layer = layerOf(mark, roleSeen);
    layers.push(layer);
    if (mark.kind === 'void') continue;
    const nameOpen = (names.get(mark.name) ?? 0) > 0;
    if (mark.close || (mark.selfClosing && nameOpen)) {
      if (open.length === 0) continue;
      let opener = pop();
      const isInnermost = layer !== 'plan' && layers[opener] === layer;
      if (nameOpen && !isInnermost) while (marks[opener]?.name !== mark.name) opener = pop();
      else if (!nameOpen && counts[layer] > 0) while (layers[opener] !== layer) opener = pop();
      partner[opener] = index;
      partner[index] = opener;
    } else {
      if (layer !== 'plan' && counts.plan === 0) roleSeen = true;
      open.push(index);
      names.set(mark.name, (names.get(mark.name) ?? 0) + 1);
      counts[layer]++;
    }
  }
  return { partner, layers };
}

function layerOf(mark: Mark, roleSeen: boolean): Layer {
  switch (mark.kind) {
    case 'musing':
      return roleSeen ? 'thought' : 'plan';
    case 'thought':
    case 'action':
    case 'speech':
      return mark.kind;
    default:
      return 'plan';
  }
}
