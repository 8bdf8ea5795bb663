import type { ThoughtSegment } from '../format/segments.ts';
import { type ActorId, characterActorId } from '../scene/beat.ts';
import type { ViewEntry } from '../scene/view.ts';
import type { Backstage, DraftReport } from './engine-api.ts';
import type { JudgeReport } from './judging/judge-report.ts';
import type { LiveScene } from './live-scene.ts';
import type { SceneId } from './scene-record.ts';

/** The hidden layers, read from the views of those whose they are; see `Backstage` for who may be handed it. */
export function createBackstage(
  within: <T>(id: SceneId, task: (live: LiveScene) => T) => Promise<T>,
  listeners: Set<(draft: DraftReport) => void>,
  judgedListeners: Set<(report: JudgeReport) => void>,
  forgetters: Set<(log: string) => void>,
): Backstage {
  return {
    thoughts: (id, n) => within(id, (live) => thoughtsIn(live, n)),
    mind: (id, cardId, from = 1) =>
      within(id, ({ minds }) => {
        const entries = minds.people.get(characterActorId(cardId))?.entries ?? [];
        const first = entries.findLastIndex((entry) => entry.n < from) + 1;
        return entries.slice(first);
      }),
    onDraft: (listener) => subscribe(listeners, listener),
    onJudged: (listener) => subscribe(judgedListeners, listener),
    onForgotten: (listener) => subscribe(forgetters, listener),
  };
}

/** What the speaker of beat `n` thought in it, as its own view has it. */
export function thoughtsIn({ minds }: LiveScene, n: number): ThoughtSegment[] {
  const speaker = minds.openly(n)?.speaker?.id ?? '';
  return thoughtsOf(minds.people.get(speaker)?.at(n), speaker);
}

function thoughtsOf(entry: ViewEntry | undefined, thinker: ActorId): ThoughtSegment[] {
  if (entry?.speaker?.id !== thinker) return [];
  return entry.segments.filter((segment): segment is ThoughtSegment => segment.kind === 'thought');
}

function subscribe<T>(all: Set<(report: T) => void>, listener: (report: T) => void): () => void {
  all.add(listener);
  return () => {
    all.delete(listener);
  };
}
