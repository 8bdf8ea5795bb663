/** What can be done with a line, as people read it: in the message's menu under Apps, and under ⋯. */
export const LINE_DEEDS = {
  edit: 'Edit',
  rewind: 'Rewind to here',
  branch: 'What if',
  peek: 'Peek',
  why: 'Why this?',
  report: 'Report',
} as const;

export type LineDeed = keyof typeof LINE_DEEDS;

/** Those that every message's menu offers; they work without the Message Content intent. */
export const MENU_DEEDS: readonly LineDeed[] = ['peek', 'why', 'rewind', 'edit', 'report'];

/** The deed of that name in a message's menu, or under ⋯. */
export function deedCalled(name: string): LineDeed | undefined {
  return DEEDS.find((deed) => LINE_DEEDS[deed] === name);
}

export function isDeed(value: string): value is LineDeed {
  return Object.hasOwn(LINE_DEEDS, value);
}

const DEEDS = Object.keys(LINE_DEEDS).filter(isDeed);
