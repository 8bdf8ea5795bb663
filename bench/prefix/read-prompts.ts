import { renderChatTemplate } from '../../src/model/chat-template.ts';
import { type BlockCache, createBlockCache, type Reading, sumOf } from './block-cache.ts';
import type { Prompt } from './recorded-scene.ts';

/** What a server reads of all prompts, in their order, beginning with nothing. @param room as `createBlockCache` */
export function readPrompts(prompts: readonly Prompt[], room?: number): Reading {
  return readBy(createBlockCache(room), prompts);
}

/** Scenes that are played at once take turns, request by request. */
export function interleaved(scenes: readonly (readonly Prompt[])[]): Prompt[] {
  const longest = Math.max(0, ...scenes.map((scene) => scene.length));
  return Array.from({ length: longest }, (_, at) => scenes.flatMap((scene) => scene[at] ?? [])).flat();
}

/** So many at once, then the next so many. */
export function inGroups<T>(all: readonly T[], size: number): (readonly T[])[] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, nth) =>
    all.slice(nth * size, (nth + 1) * size),
  );
}

function readBy(cache: BlockCache, prompts: readonly Prompt[]): Reading {
  return sumOf(prompts.map(({ messages }) => cache.read(renderChatTemplate(messages))));
}
