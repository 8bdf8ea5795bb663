import { createNames } from '../../../format/labels.ts';
import { neutraliseLines, withoutTricks } from '../../../format/neutralise.ts';
import type { CoserScene } from '../../coser/scene.ts';

/**
 * What a record says, as it may stand in a prompt: the same to read, but no tag, heading or line of a role
 * or of one of the scene’s people. Braces mean nothing in our prompts and stay.
 */
export function recordText(text: string, scene: CoserScene): string {
  return neutraliseLines(withoutTricks(text), createNames(undefined, scene.speaking_characters_w_env)).trim();
}

/** The same for what stands within a line: a name, a title. */
export function recordWords(text: string): string {
  return neutraliseLines(withoutTricks(text).replace(/\s+/gu, ' '), createNames(undefined, [])).trim();
}

/** A conversation of which every line is marked as quoted, so that none of them can end it. */
export function quoted(conversation: string): string {
  return withoutTricks(conversation)
    .trim()
    .split('\n')
    .map((line) => `> ${line}`.trimEnd())
    .join('\n');
}
