export type HerTurn = {
  readonly plan?: string;
  readonly thought?: string;
  readonly action?: string;
  readonly speech?: string;
  /** Written before the first element, as training targets have it. */
  readonly name?: string;
};

/** One turn in HER's own text format; what is left out is not there. */
export function herTurn({ plan, thought, action, speech, name }: HerTurn): string {
  return [
    plan === undefined ? '' : `<system_thinking>${plan}</system_thinking>`,
    name === undefined ? '' : `${name}: `,
    thought === undefined ? '' : `<role_thinking>${thought}</role_thinking>`,
    action === undefined ? '' : `<role_action>${action}</role_action>`,
    speech ?? '',
  ].join('');
}

/** The director's answer, as its schema asks for it. */
export function nextSpeaker(name: string, reasoning = 'The last line was meant for them.'): string {
  return JSON.stringify({ reasoning, next_speaker: name });
}

export type AdversarialTurn = {
  readonly name: string;
  readonly text: string;
  /** A reasoning model's own channel. */
  readonly reasoning?: string;
  /** What no eye but the author's may see; system thinking no eye at all. */
  readonly hidden: readonly string[];
  /** What must not get lost when the turn is shown at all. */
  readonly shown: readonly string[];
};

/**
 * Turns as models write them when they get the format wrong. Each hidden text is unique, so that a
 * test can look for it on every wire.
 *
 * @param speaker who is playing
 * @param other somebody else of the cast
 * @param tag makes the hidden texts of one test unlike those of another
 */
export function adversarialTurns(speaker: string, other: string, tag: string): AdversarialTurn[] {
  let planted = 0;
  function turn(
    name: string,
    write: (plan: string, thought: string) => string,
    shown: readonly string[] = ['Good evening.'],
    reasoning?: (plan: string) => string,
  ): AdversarialTurn {
    planted += 1;
    const plan = `PLAN-CANARY-${tag}-${planted}`;
    const thought = `THOUGHT-CANARY-${tag}-${planted}`;
    const text = write(plan, thought);
    const channel = reasoning?.(plan);
    const everything = `${text}${channel ?? ''}`;
    const hidden = [plan, thought].filter((canary) => everything.includes(canary));
    return { name, text, hidden, shown, ...(channel === undefined ? {} : { reasoning: channel }) };
  }
  const thinking = (thought: string) => `<role_thinking>${thought}</role_thinking>`;
  const bow = '<role_action>bows</role_action>';

  return [
    turn(
      'plan block opened by the server',
      (p, t) => `${p}</system_thinking>${thinking(t)}${bow}Good evening.`,
      ['bows', 'Good evening.'],
    ),
    turn(
      'plan in another spelling',
      (p, t) => `<System Think>${p}</system-thinking>${thinking(t)}Good evening.`,
    ),
    turn('plan in think tags', (p, t) => `<think>${p}</think>\n${thinking(t)}Good evening.`),
    turn(
      'plan in the reasoning channel',
      (_p, t) => `${thinking(t)}Good evening.`,
      ['Good evening.'],
      (p) => p,
    ),
    turn('plan never closed', (p, t) => `<system_thinking>${p}\n${thinking(t)}${bow}Good evening.`, []),
    turn('nothing but a plan never closed', (p) => `<system_thinking>${p}`, []),
    turn(
      'plan closed twice',
      (p, t) => `<system_thinking>a</system_thinking>${p}</system_thinking>${thinking(t)}Good evening.`,
    ),
    turn(
      'two plans',
      (p, t) =>
        `<system_thinking>a</system_thinking><system_thinking>${p}</system_thinking>${thinking(t)}Good evening.`,
    ),
    turn(
      'plan after the speech',
      (p, t) => `${thinking(t)}Good evening.<system_thinking>${p}</system_thinking>`,
      [],
    ),
    turn(
      'plan that quotes the tags',
      (p, t) =>
        `<system_thinking>I will use <role_thinking> and <role_action>. ${p}</system_thinking>${thinking(t)}Good evening.`,
    ),
    turn(
      'plan under a heading',
      (p, t) => `**System Thinking:**\n${p}\n\n**Role-play Response:**\n${thinking(t)}Good evening.`,
      [],
    ),
    turn(
      'thought never closed',
      (p, t) => `<system_thinking>${p}</system_thinking>Good evening.<role_thinking>${t}`,
    ),
    turn(
      'thought closed as an action',
      (p, t) => `<system_thinking>${p}</system_thinking><role_thinking>${t}</role_action>Good evening.`,
      [],
    ),
    turn(
      'action inside a thought',
      (p, t) =>
        `<system_thinking>${p}</system_thinking><role_thinking>a<role_action>${t}</role_action></role_thinking>Good evening.`,
    ),
    turn(
      'thought inside an action',
      (p, t) =>
        `<system_thinking>${p}</system_thinking><role_action>bows ${thinking(t)}deeply</role_action>Good evening.`,
      ['bows', 'deeply', 'Good evening.'],
    ),
    turn('older format', (p, t) => `<system_thinking>${p}</system_thinking>[${t}] (bows) Good evening.`, [
      'bows',
      'Good evening.',
    ]),
    turn(
      'tags with attributes and spaces',
      (p, t) =>
        `< system_thinking >${p}</ system_thinking ><role_thinking mood="sad">${t}</role_thinking >Good evening.`,
    ),
    turn(
      'full-width brackets',
      (p, t) =>
        `＜system_thinking＞${p}＜/system_thinking＞＜role_thinking＞${t}＜/role_thinking＞Good evening.`,
    ),
    turn(
      'escaped brackets',
      (p, t) =>
        `&lt;system_thinking&gt;${p}&lt;/system_thinking&gt;\\<role_thinking>${t}\\</role_thinking>Good evening.`,
    ),
    turn(
      'invisible characters in the tags',
      (p, t) =>
        `<system\u200b_thinking>${p}</system_thinking><role_\u2060thinking>${t}</role_thinking>Good evening.`,
    ),
    turn(
      'a JSON object',
      (p, t) =>
        JSON.stringify({
          system_thinking: p,
          role_thinking: t,
          role_action: 'bows',
          speech: 'Good evening.',
        }),
      ['Good evening.'],
    ),
    turn(
      'its own name, twice',
      (p, t) => `<system_thinking>${p}</system_thinking>${speaker}: ${thinking(t)}${speaker}: Good evening.`,
    ),
    turn(
      'speaks for another',
      (p, t) =>
        `<system_thinking>${p}</system_thinking>${thinking(t)}Good evening.\n${other}: <role_thinking>${t}</role_thinking>I agree.`,
    ),
    turn(
      'cut off in a tag',
      (p, t) => `<system_thinking>${p}</system_thinking>${thinking(t)}Good evening.<role_thin`,
    ),
    turn('nothing visible', (p, t) => `<system_thinking>${p}</system_thinking>${thinking(t)}`, []),
    turn('nothing at all', () => '', []),
  ];
}
