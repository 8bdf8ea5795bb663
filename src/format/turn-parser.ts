import { readCanonicalTurn } from './canonical-turn.ts';
import { createNames, type Speaker } from './labels.ts';
import { isNoise } from './noise.ts';
import type { Fault, ParsedTurn } from './parsed-turn.ts';
import type { Setting, Settled } from './read-stretches.ts';
import { createReleaser, type Release, type Releaser } from './release.ts';
import { visibleSegments } from './segments.ts';
import { settleTurn } from './settle-turn.ts';
import { createTagScanner, holdsTagSign, type TagScanner } from './tag-scanner.ts';

export type TurnParserOptions = {
  /** Whose turn it is: its label is dropped. */
  readonly speaker?: Speaker;
  /** Everyone else in the scene: a line that begins with their name ends the turn. */
  readonly others?: readonly string[];
  /** The server opened the plan itself; the text begins inside it. */
  readonly startInside?: 'plan';
  /** A longer draft is thrown away (`too-long`). Characters, default 16,000. */
  readonly maxChars?: number;
};

export type { Release } from './release.ts';

export type TurnParser = {
  /** Takes the next piece of the draft, cut anywhere, and says what may be shown now. */
  feed(chunk: string): readonly Release[];
  /** Takes text of a server's own reasoning channel; it belongs to the plan. */
  feedReasoning(chunk: string): void;
  /**
   * Ends the draft. The releases of a usable turn, after the last `withdraw`, are its visible
   * segments; of an unusable one nothing stays released.
   */
  end(): { readonly turn: ParsedTurn; readonly releases: readonly Release[] };
};

const DEFAULT_MAX_CHARS = 16_000;
const NOTHING: readonly Release[] = [];

/**
 * Creates the parser of one draft, from model text to segments (her-spec 1.4, P1-P14).
 *
 * It never throws and never guesses in favour of showing: what cannot be decided as visible is
 * hidden, and where layers cannot be told apart the turn is unusable. How the text is cut into
 * pieces makes no difference to the result.
 */
export function createTurnParser(options: TurnParserOptions = {}): TurnParser {
  const maxChars = options.maxChars ?? DEFAULT_MAX_CHARS;
  const setting = settingOf(options);
  let draft = '';
  let length = 0;
  let reasoning = '';
  let tooLong = false;
  let ended: ParsedTurn | undefined;
  // Both are made at the first sign of a tag.
  let scanner: TagScanner | undefined;
  let releaser: Releaser | undefined;
  // No tag is open and nothing waits for what comes next: pieces without signs of a tag are only kept.
  let calm = true;
  let waiting = false;

  function feed(chunk: string): readonly Release[] {
    const at = length;
    if (ended || at + chunk.length > maxChars) return feedPastCap(chunk);
    length = at + chunk.length;
    draft += chunk;
    return calm && !holdsTagSign(chunk) ? NOTHING : read(chunk, at);
  }

  function feedPastCap(chunk: string): readonly Release[] {
    if (ended || tooLong) return NOTHING;
    const releases = feed(chunk.slice(0, maxChars - length));
    tooLong = true;
    return releases;
  }

  function read(chunk: string, at: number): readonly Release[] {
    scanner ??= createTagScanner();
    releaser ??= createReleaser(scanner.tags, setting, () => draft);
    const releases = scanner.scan(chunk, at) || waiting ? releaser.advance(chunk, at) : NOTHING;
    waiting = !releaser.isCalm();
    calm = !waiting && scanner.isCalm();
    return releases;
  }

  function feedReasoning(chunk: string): void {
    if (reasoning.length < maxChars) reasoning += chunk.slice(0, maxChars - reasoning.length);
  }

  function end(): { turn: ParsedTurn; releases: readonly Release[] } {
    if (ended) return { turn: ended, releases: NOTHING };
    const settled = settle(draft, setting, () => scanner ?? createTagScanner());
    ended = toTurn(settled, reasoning, tooLong);
    const visible = visibleSegments(ended.segments);
    const releases =
      releaser?.finish(visible) ?? visible.map((segment): Release => ({ type: 'segment', segment }));
    return { turn: ended, releases };
  }

  return { feed, feedReasoning, end };
}

/** Parses a whole draft: what `createTurnParser` gives for it, whatever the pieces. */
export function parseTurn(text: string, options: TurnParserOptions = {}): ParsedTurn {
  const maxChars = options.maxChars ?? DEFAULT_MAX_CHARS;
  return toTurn(readDraft(text.slice(0, maxChars), options), '', text.length > maxChars);
}

/** A draft taken apart, before it is asked whether it can be used. */
export function readDraft(draft: string, options: TurnParserOptions = {}): Settled {
  return settle(draft, settingOf(options), () => {
    const scanner = createTagScanner();
    scanner.scan(draft, 0);
    return scanner;
  });
}

/** The one way from a draft to its segments, whole or streamed. */
function settle(draft: string, setting: Setting, scan: () => TagScanner): Settled {
  const canonical = readCanonicalTurn(draft, setting);
  if (canonical) return canonical;
  const scanner = isNoise(draft) ? undefined : scan();
  return scanner && !scanner.isFlooded() ? settleTurn(draft, scanner.tags, setting) : NOISE;
}

const NOISE: Settled = {
  plan: '',
  segments: [],
  faults: new Set(['noise']),
  rejected: true,
  plain: false,
  nextSpeaker: undefined,
};

function settingOf({ speaker, others = [], startInside }: TurnParserOptions): Setting {
  return {
    names: createNames(speaker, others),
    speaker,
    startInside: startInside === 'plan',
    midway: false,
    section: false,
  };
}

function toTurn(settled: Settled, reasoning: string, tooLong: boolean): ParsedTurn {
  const systemThinking = `${reasoning.trim()}\n${settled.plan}`.trim();
  const visible = settled.segments.some((segment) => segment.kind !== 'thought');
  const faults: Fault[] = [...settled.faults];
  if (systemThinking === '' && !settled.faults.has('plan-untagged')) faults.push('plan-missing');
  // Past the cap nobody has read: a closer there might have made all before it a plan.
  if (tooLong) faults.push('too-long');
  const usable = visible && !settled.rejected && !tooLong;
  if (!visible) faults.push('nothing-visible');
  return {
    systemThinking,
    segments: usable ? settled.segments : [],
    faults,
    usable,
    ...(settled.nextSpeaker === undefined ? {} : { nextSpeaker: settled.nextSpeaker }),
  };
}
