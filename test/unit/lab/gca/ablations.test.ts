import { describe, expect, test } from 'vitest';
import { type Ablation, RULES, WHOLE } from '../../../../src/lab/coser/protocol.ts';
import type { ScenePrompts } from '../../../../src/lab/prompts/scene-prompts.ts';
import { type AskedPart, PLAIN_PROMPTS, playScene, sceneOf, wordsOf } from '../../../support/gca-scene.ts';

const scene = sceneOf({ speaking_characters_w_env: ['Ada', 'Bo'], major_characters: ['Ada', 'Bo'] });
const HER_TURN =
  '<system_thinking>Ada plans.</system_thinking><role_thinking>He knows</role_thinking><role_action>nods</role_action>Good evening.';

function answer({ of, request }: AskedPart): string {
  if (of === 'NSP') return request.jsonSchema ? '{"reasoning":"","next_speaker":"Bo"}' : 'Bo';
  return of === 'judge' ? 'no idea' : HER_TURN;
}

function play(ablation: Partial<Ablation>, more: Parameters<typeof playScene>[2] = {}) {
  return playScene(scene, answer, {
    rules: RULES.fixed,
    ablation: { ...WHOLE, ...ablation },
    maxRounds: 2,
    ...more,
  });
}

describe('the house troupe', () => {
  test('whole: asks for a plan and thoughts, and keeps the thoughts for their thinker', async () => {
    const { asked, simulation, kept } = await play({});
    const [ada, , bo] = asked.map(wordsOf);
    expect(ada).toContain('<system_thinking>…');
    expect(ada).toContain('<role_thinking>…');
    expect(bo).toContain('Ada: <role_action>nods</role_action>Good evening.');
    expect(simulation.turns[0]).toEqual({
      ...{ round: 0, name: 'Ada', named: false, injected: false, faults: [], planned: 10, attempts: 1 },
      segments: [
        { kind: 'thought', text: 'He knows' },
        { kind: 'action', text: 'nods' },
        { kind: 'speech', text: 'Good evening.' },
      ],
    });
    expect(kept[0]?.format).toEqual({ usable: true, faults: [], planned: 10 });
  });

  test('without a plan none is asked for, and none is missed', async () => {
    const { asked } = await play({ plan: false });
    expect(wordsOf(asked[0] as AskedPart)).not.toContain('system_thinking');
    const { simulation } = await playScene(scene, ({ of }) => (of === 'NSP' ? '' : 'Good evening.'), {
      ...{ rules: RULES.fixed, ablation: { ...WHOLE, plan: false }, maxRounds: 1 },
    });
    expect(simulation.turns[0]?.faults).toEqual([]);
  });

  test('without thoughts none are asked for, and those that come are dropped', async () => {
    const { asked, simulation, kept } = await play({ thoughts: false });
    expect(asked.map(wordsOf).join('\n')).not.toMatch(/role_thinking|He knows/u);
    expect(JSON.stringify([simulation, kept])).not.toContain('He knows');
  });

  test('in CoSER’s form turns are asked for and shown in brackets', async () => {
    const { asked, simulation } = await play({ dialect: 'coser', plan: false });
    const [ada, , bo] = asked.map(wordsOf);
    expect(ada).toContain('[…]: what goes through');
    expect(ada).not.toContain('role_');
    expect(bo).toContain('Ada: (nods)Good evening.');
    expect(simulation.turns[0]?.segments.length).toBe(3);
  });

  test('weights of HER are asked in their training layout, the plan opened', async () => {
    const { asked } = await play({}, { actor: { profile: 'her' } });
    const request = asked[0]?.request;
    expect(request?.prefill).toBe('<system_thinking>');
    expect(request?.messages[0]?.content).toMatch(/^You are Ada\.\n/u);
    expect(request?.messages[1]?.content).toBe("===Conversation Start===\n\n(It is Ada's turn.)");
  });

  test('an unusable draft is asked for once more, with a reminder that quotes nothing of it', async () => {
    const { asked, simulation, kept } = await playScene(
      scene,
      ({ of }, place) => (place === 0 ? '<role_thinking>only a mind' : of === 'NSP' ? '' : HER_TURN),
      { rules: RULES.fixed, maxRounds: 1 },
    );
    expect(wordsOf(asked[1] as AskedPart)).toContain('Keep strictly to the form');
    expect(wordsOf(asked[1] as AskedPart)).not.toContain('only a mind');
    expect(simulation.turns[0]?.attempts).toBe(2);
    expect(kept[0]).toMatchObject({ text: '', format: { usable: false } });
  });

  test('what it reads aloud of its own mind is thrown away', async () => {
    const motivated = sceneOf({
      speaking_characters_w_env: ['Ada'],
      key_characters: [{ name: 'Ada', thought: 'I must never let them learn where the map is.' }],
    });
    const { simulation } = await playScene(
      motivated,
      ({ of }) => (of === 'Ada' ? 'I must never let them learn where the map is.' : ''),
      { rules: RULES.fixed, maxRounds: 1 },
    );
    expect(simulation.silences).toEqual([{ round: 0, name: 'Ada', faults: ['plan-missing', 'prompt-echo'] }]);
  });

  test('the director is told of a silence, the others are not', async () => {
    const { asked } = await playScene(
      scene,
      ({ of }, place) => (of === 'NSP' ? '{"next_speaker":"Bo"}' : place < 2 ? '' : HER_TURN),
      { rules: RULES.fixed, maxRounds: 2 },
    );
    const [, , director, bo] = asked.map(wordsOf);
    expect(director).toContain('Ada: (silence)');
    expect(director).toContain('Not Ada.');
    expect(bo).not.toContain('silence');
  });

  test('the Environment narrates from what happened openly; its thinking is gone', async () => {
    const { asked, simulation } = await playScene(
      scene,
      ({ of }) => {
        if (of === 'NSP') return '{"reasoning":"The lamp was knocked over.","next_speaker":"Environment"}';
        return of === 'Environment'
          ? '<think>PLAN</think>{"narration":"The lamp gutters. Bo says: Hello.","changes":[]}'
          : HER_TURN;
      },
      { rules: RULES.fixed, maxRounds: 3 },
    );
    const world = asked.find(({ of }) => of === 'Environment');
    expect(world?.request.jsonSchema?.name).toBe('world');
    expect(wordsOf(world as AskedPart)).not.toContain('He knows');
    expect(simulation.turns[1]).toMatchObject({ name: 'Environment', segments: [{ kind: 'speech' }] });
    expect(simulation.choices[0]?.reason).toBe('The lamp was knocked over');
    expect(asked.slice(3).map(wordsOf).join('\n')).toContain('Environment: The lamp gutters.');
  });
});

describe('best of several drafts', () => {
  const drafts = ['Well.', 'Good evening to you, and mind the step.', '<role_thinking>only a mind'];

  async function chosen(protocol: 'her' | 'fixed', verdict: (request: string) => string) {
    let drafted = 0;
    return playScene(
      scene,
      (asked) => {
        if (asked.of === 'judge') return verdict(wordsOf(asked));
        if (asked.of === 'NSP') return answer(asked);
        drafted += 1;
        return drafts[(drafted - 1) % drafts.length] ?? '';
      },
      { rules: RULES[protocol], ablation: { ...WHOLE, bestOf: 3 }, maxRounds: 1 },
    );
  }

  test.each(['her', 'fixed'] as const)(
    '%s: the usable ones are compared twice, the losers forgotten',
    async (protocol) => {
      const { asked, simulation } = await chosen(protocol, () => 'I cannot say.');
      expect(asked.filter(({ of }) => of === 'Ada').length).toBe(3);
      expect(asked.filter(({ of }) => of === 'judge').length).toBeGreaterThanOrEqual(2);
      // A judge that cannot be read leaves it to the first.
      expect(simulation.turns[0]?.segments).toEqual([{ kind: 'speech', text: 'Well.' }]);
      const director = asked.find(({ of }) => of === 'NSP');
      expect(wordsOf(director as AskedPart)).not.toContain('mind the step');
    },
  );

  test('drafts alike need no judge', async () => {
    const { asked } = await play({ bestOf: 4 }, { maxRounds: 1 });
    expect(asked.filter(({ of }) => of === 'Ada').length).toBe(4);
    expect(asked.filter(({ of }) => of === 'judge')).toEqual([]);
  });
});

describe('the reference troupe', () => {
  test('a scene’s prompts are told what to ask for', async () => {
    const told: unknown[] = [];
    const prompts: ScenePrompts = {
      ...PLAIN_PROMPTS,
      actor: (of, name, options) => {
        const { plan, thoughts, dialect } = options;
        told.push({ plan, thoughts, dialect });
        return PLAIN_PROMPTS.actor(of, name, options);
      },
    };
    const { simulation } = await play(
      { plan: false, thoughts: false, dialect: 'coser' },
      { rules: RULES.her, prompts },
    );
    expect(told).toEqual([1, 2].map(() => ({ plan: false, thoughts: false, dialect: 'coser' })));
    expect(JSON.stringify(simulation)).not.toContain('He knows');
  });

  test('random choice asks no director', async () => {
    const { asked, simulation } = await play({}, { rules: RULES.her, choice: 'random', maxRounds: 4 });
    expect(asked.filter(({ of }) => of === 'NSP')).toEqual([]);
    expect(simulation.turns.map(({ name }) => name)).toEqual(['Ada', 'Bo', 'Ada', 'Bo']);
  });

  test('everyone is asked at 0.7 for 4096 tokens', async () => {
    const seen: (number | undefined)[] = [];
    const { asked } = await play({}, { rules: RULES.her, maxRounds: 3 });
    for (const { request } of asked) seen.push(request.temperature, request.maxTokens);
    expect(new Set(seen)).toEqual(new Set([0.7, 4096]));
  });
});

test.each(['her', 'fixed'] as const)(
  '%s: the earlier the round, the sooner it is asked, before any judge',
  async (protocol) => {
    const { asked } = await play({}, { rules: RULES[protocol], maxRounds: 20 });
    const priorities = asked.map(({ priority }) => priority ?? -1);
    expect(priorities[0]).toBe(0);
    expect(priorities).toEqual([...priorities].sort((a, b) => a - b));
    expect(priorities.at(-1)).toBe(8);
  },
);

test.each(['her', 'fixed'] as const)(
  '%s: whoever is asked the same again throws the dice anew',
  async (protocol) => {
    let answered = 0;
    const { simulation, asked } = await playScene(
      scene,
      ({ of }) => {
        if (of === 'NSP') return protocol === 'fixed' ? '{"next_speaker":"random"}' : 'random';
        answered += 1;
        // Two rounds of two attempts each come to nothing.
        return answered <= 4 ? '' : 'Good evening.';
      },
      { rules: RULES[protocol], maxRounds: 3, choice: 'random' },
    );
    expect(simulation.silent).toEqual([0, 1]);
    expect(simulation.turns.map(({ name }) => name)).toEqual(['Ada']);
    expect(asked.length).toBe(5);
  },
);
