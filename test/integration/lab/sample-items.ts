/** Items of two candidates each: `alpha` says more than `beta` does. */
export function sampleItems(
  count: number,
  change: Readonly<Record<string, unknown>> = {},
): readonly unknown[] {
  return Array.from({ length: count }, (_, at) => ({
    id: `item-${at}`,
    scene: `scene-${at % 7}`,
    context: {
      speaker: 'Ada',
      sheet: 'An engineer who keeps her word.',
      setting: 'A quay in fog.',
      others: [{ name: 'Ned', sheet: 'A pilot.' }],
      lines: [`Ned: Question ${at}?`, 'Ada: <role_thinking>He knows.</role_thinking>Go on.'],
    },
    candidates: [
      {
        model: 'alpha',
        text: `<role_action>nods</role_action>Answer ${at}, and the rest of it when we are at sea.`,
      },
      { model: 'beta', text: `No ${at}.` },
    ],
    ...change,
  }));
}
