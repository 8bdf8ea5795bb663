import type { Cast, HostileTurn } from '../../../test/property/format/hostile-builder.ts';
import { hostileTurn } from '../../../test/property/format/hostile-turns.ts';
import { SENTENCES, withMarker } from '../../../test/property/format/hostile-words.ts';
import { createRandom, type Random } from '../../../test/property/format/random.ts';

/** What a model answers, with markers in every layer. `clean`: written exactly as the format has it. */
export type FuzzTurn = Omit<HostileTurn, 'tier'> & { readonly clean: boolean };

/** Markers of hidden layers: `PLAN` and `REASON` for nobody, `SECRET` for the speaker alone. */
export const HIDDEN = /\b(?:PLAN|SECRET|REASON)[a-z0-9]+\b/gu;

/**
 * The turn of a seed: a third of them well-formed, most in the ways in which models get the format wrong
 * (test/property/format/hostile-turns.ts), some that say aloud what is hidden of them.
 */
export function fuzzTurn(seed: number, cast: Cast): FuzzTurn {
  const random = createRandom(seed);
  const roll = random.int(100);
  if (roll < 30) return cleanTurn(random, cast);
  if (roll < 38) return aloudTurn(random, cast);
  return { ...hostileTurn(seed, cast), clean: false };
}

function writer(random: Random, { mark }: Cast) {
  const found = { plan: [] as string[], secret: [] as string[], visible: [] as string[] };
  const sentence = (layer: 'plan' | 'secret' | 'say' | 'act'): string => {
    const kind = layer === 'say' || layer === 'act' ? 'visible' : layer;
    const prefix = { plan: 'PLAN', secret: 'SECRET', say: 'SAY', act: 'ACT' }[layer];
    // Numbered through, so that no two layers have the same.
    const marker = `${prefix}${mark}${found.plan.length + found.secret.length + found.visible.length + 1}`;
    found[kind].push(marker);
    return withMarker(random, marker, random.pick(SENTENCES[layer]));
  };
  return { sentence, found };
}

function cleanTurn(random: Random, cast: Cast): FuzzTurn {
  const { sentence, found } = writer(random, cast);
  let text = `<system_thinking>${sentence('plan')}</system_thinking>`;
  for (let left = 1 + random.int(3); left > 0; left -= 1) {
    if (random.chance(0.7)) text += `<role_thinking>${sentence('secret')}</role_thinking>`;
    if (random.chance(0.6)) text += `<role_action>${sentence('act')}</role_action>`;
    // A blank apart, so that no two markers are one word.
    text += `${sentence('say')} `;
  }
  return { text, ...found, kinds: ['well-formed'], clean: true };
}

/** The format is right, and the words are not: a thought or the plan is spoken, whole. */
function aloudTurn(random: Random, cast: Cast): FuzzTurn {
  const { sentence, found } = writer(random, cast);
  const plan = [sentence('plan'), sentence('plan'), sentence('plan')].join(', and ');
  const thought = [sentence('secret'), sentence('secret')].join('; ');
  const [spoken, kind] = random.pick<[string, string]>([
    [`Well: ${thought}.`, 'a thought is said aloud'],
    [`“${thought.toUpperCase()}!”`, 'a thought is cried aloud'],
    [`${plan}. Good day.`, 'the plan is read aloud'],
  ]);
  const inAction = random.chance(0.3);
  const visible = inAction ? `<role_action>${spoken}</role_action>${sentence('say')}` : spoken;
  const text = `<system_thinking>${plan}</system_thinking><role_thinking>${thought}</role_thinking>${visible}`;
  return { text, ...found, kinds: [kind], clean: false };
}
