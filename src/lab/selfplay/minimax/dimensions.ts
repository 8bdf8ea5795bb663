/**
 * The six scores of MiniMax Role-Play Bench, and what each of them is taken off for (lab.md 2.3, the public
 * part: names, pillars and weights; the descriptions are ours).
 */
export const DIMENSIONS = [
  {
    id: 'basics',
    label: 'Basics',
    pillar: 'worlds',
    faults:
      'the language changes for no reason; garbled or broken words; a sentence or phrase said again and again within the turn; broken marks or markup; the turn breaks off in the middle; words of a writer or an assistant instead of the character',
  },
  {
    id: 'logic',
    label: 'Logic',
    pillar: 'worlds',
    faults:
      'takes one person or thing for another; wrong pronouns; someone is in two places or does what their body, position or the objects at hand do not allow; contradicts what was said, done or agreed before',
  },
  {
    id: 'knowledge',
    label: 'Knowledge',
    pillar: 'worlds',
    faults:
      'breaks the rules of this world, its time, its technology or its magic; gets facts of the setting or of the real world that it stands in wrong; knows what the character cannot know',
  },
  {
    id: 'diversity',
    label: 'Diversity',
    pillar: 'stories',
    faults:
      'built like the turns before it: same opening, same gesture, same closing question; says again what was said; nothing happens or becomes known; filler',
  },
  {
    id: 'content_logic',
    label: 'Content Logic',
    pillar: 'stories',
    faults:
      'does not follow from what came before; the plot jumps or is forgotten; out of character without anything that moved the character to it',
  },
  {
    id: 'interaction',
    label: 'Interaction',
    pillar: 'preferences',
    faults:
      'decides what the user’s character says, does or feels; passes over what the user just said or asked; leaves nothing to answer; lectures, refuses or leaves the story where nothing calls for it',
  },
] as const;

export type DimensionId = (typeof DIMENSIONS)[number]['id'];
export type Pillar = (typeof DIMENSIONS)[number]['pillar'];

/** Weights of the pillars (published, and borne out by HER’s table). */
export const WEIGHTS: Readonly<Record<Pillar, number>> = { worlds: 0.5, stories: 0.25, preferences: 0.25 };

/** What one fault takes off the hundred of its turn: ours, as the benchmark’s own scale is unpublished. */
export const PENALTIES = { minor: 25, clear: 50, grave: 100 } as const;
export type Severity = keyof typeof PENALTIES;
export const SEVERITIES = ['minor', 'clear', 'grave'] as const satisfies readonly Severity[];
