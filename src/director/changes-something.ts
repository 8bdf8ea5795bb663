import type { Segment } from '../format/segments.ts';

// Verbs after which the world has something to answer, as stems with their endings.
const STEMS =
  'open|shut|clos|break|broke|smash|shatter|crack|throw|threw|toss|hurl|drop|pour|spill|knock|light|lit|kindl|' +
  'extinguish|burn|ignit|fire|shoot|shot|strik|struck|hit|kick|punch|push|pull|shov|drag|lift|heav|mov|roll|turn over|' +
  'tip|overturn|lock|unlock|bolt|climb|jump|leap|div|row|sail|rid|driv|run|ran|flee|fled|leav|enter|dig|dug|cut|' +
  'tear|tore|rip|slam|bang|ring|rang|blow|blew|draw|drew|unsheath|load|launch|cast|tie|unti|plant|feed|fed|wav';
const REST = String.raw`(?![\p{L}\p{N}])(?=(?<rest>[^.!?;]{0,60}))`;
// Without an ending it is a verb only where one is expected: "a cut" is none.
const INFLECTED = new RegExp(
  String.raw`(?<![\p{L}\p{N}])(?:${STEMS})(?:e?s|e?d|ing|[a-z]{1,2}ing|[a-z]ed)${REST}`,
  'giu',
);
const BARE = new RegExp(String.raw`(?:^|,\s?|(?<!\p{L})(?:I|and|then|to)\s)(?:${STEMS})e?${REST}`, 'giu');
// "Drops her voice" moves nothing but a face.
const GESTURE =
  /^(?:\s+[\p{L}'’]+){0,3}\s+(?:eyes?|mouth|lips?|brows?|eyebrows?|gaze|glance|look|voice|head|hands?|fingers?|arms?|chin|smile|grin|shoulders?|breath|silence|laugh(?:ter)?)(?![\p{L}])/iu;

/**
 * Whether a turn did something that the world would answer: moved, broke, opened, threw, poured or
 * lit a thing, or took somebody away. A cheap rule for English play; it looks at actions alone, and
 * where it is wrong a narration comes too often or too seldom.
 */
export function changesSomething(segments: readonly Segment[]): boolean {
  return segments.some(
    ({ kind, text }) =>
      kind === 'action' &&
      [...text.matchAll(INFLECTED), ...text.matchAll(BARE)].some(
        ({ groups }) => !GESTURE.test(groups?.['rest'] ?? ''),
      ),
  );
}
