import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { resolveModelName } from '../src/model/model-names.ts';
import { constrainSchema, modelSettingsSchema } from '../src/model/model-settings.ts';
import { createOpenAiModel } from '../src/model/openai-model.ts';
import { type Bench, figure, type Row } from './measure/row.ts';
import type { Language } from './usable/language.ts';
import { LINES } from './usable/lines.ts';
import { playSample, type Sample } from './usable/play-sample.ts';
import { type PlayedScene, playedScenes } from './usable/scenes.ts';
import { type Flaw, flawsOf } from './usable/verdict.ts';
import { wilson } from './usable/wilson.ts';

/** What is asked of a model, and where; each has its variable. */
const asked = z
  .object({
    OPENAI_BASE_URL: z.url().default('http://127.0.0.1:8080/v1'),
    OPENAI_API_KEY: z.string().optional(),
    MODEL: z.string().optional(),
    /** How the constrained side asks. */
    CONSTRAIN: constrainSchema.default('auto'),
    /** Scenes of one language alone. */
    LANGUAGE: z.enum(['en', 'de']).optional(),
    TURNS: z.coerce.number().int().min(1).default(300),
    /** The unconstrained side, which is slower by far, plays every so many of them. */
    BESIDE_EVERY: z.coerce.number().int().min(1).default(1),
    /** The first of them: two runs with two servers and one KEEP share the work. */
    START: z.coerce.number().int().min(0).default(0),
    MAX_TOKENS: z.coerce.number().int().default(320),
    /** Where single turns are kept: a run that broke off goes on there. */
    KEEP: z.string().optional(),
  })
  .transform((env) => ({ ...env, CONSTRAIN: env.CONSTRAIN }));

const REACH = 0.99;

const keptSchema = z.object({
  at: z.number(),
  side: z.enum(['held', 'free']),
  language: z.enum(['en', 'de']),
  first: z.array(z.string()),
  last: z.array(z.string()),
  drafts: z.number(),
  raw: z.string(),
});
type Kept = z.infer<typeof keptSchema>;

/** Whether turns can be used as they come, with the endpoint holding the model to the form and without. */
export const usable: Bench = {
  name: 'usable',
  about:
    'turns of a real model that can be used, constrained beside unconstrained (OPENAI_BASE_URL, MODEL, TURNS)',
  async run() {
    const env = asked.parse(process.env);
    const signal = new AbortController().signal;
    const name = env.MODEL ?? (await resolveModelName(env.OPENAI_BASE_URL, env.OPENAI_API_KEY, signal));
    const open = (constrain: z.infer<typeof constrainSchema>) =>
      createOpenAiModel(
        modelSettingsSchema.parse({
          name,
          baseUrl: env.OPENAI_BASE_URL,
          ...(env.OPENAI_API_KEY ? { apiKey: env.OPENAI_API_KEY } : {}),
          maxTokens: env.MAX_TOKENS,
          timeoutMs: 600_000,
          constrain,
        }),
      );
    const sides = { held: open(env.CONSTRAIN), free: open('off') };
    const kept = env.KEEP !== undefined && existsSync(env.KEEP) ? readKept(env.KEEP) : [];
    const scenes = (await playedScenes()).filter(({ language }) => language === (env.LANGUAGE ?? language));
    for (const [at, sample] of samplesOf(scenes, env.TURNS).entries()) {
      // Which goes first alternates: the second finds the prompt in the server's cache.
      for (const side of at % 2 === 0 ? (['held', 'free'] as const) : (['free', 'held'] as const)) {
        if (at < env.START) continue;
        if (side === 'free' && at % env.BESIDE_EVERY !== 0) continue;
        if (kept.some((one) => one.at === at && one.side === side)) continue;
        const one = await judge(at, side, sample, () => playSample(sides[side], sample));
        kept.push(one);
        if (env.KEEP !== undefined) appendFileSync(env.KEEP, `${JSON.stringify(one)}\n`);
      }
    }
    return rowsOf(kept);
  },
};

/**
 * So many samples: everybody in every scene, the languages in turn, line by line. Neighbours share the beginning of
 * their prompt, and a run that breaks off has some of each language.
 */
function samplesOf(scenes: readonly PlayedScene[], count: number): Sample[] {
  const partsIn = (language: Language) =>
    scenes
      .filter((scene) => scene.language === language)
      .flatMap((scene) => scene.script.cast.map((id) => ({ scene, id })));
  const [english, german] = [partsIn('en'), partsIn('de')];
  const most = Math.max(english.length, german.length);
  const parts = Array.from({ length: most }, (_, at) => [
    ...english.slice(at, at + 1),
    ...german.slice(at, at + 1),
  ]).flat();
  const each = Math.ceil(count / parts.length);
  return parts
    .flatMap(({ scene, id }) => {
      const name = scene.library.character(id)?.name ?? id;
      const lines = LINES[scene.language];
      return Array.from({ length: each }, (_, at) => ({
        scene,
        who: { id, name },
        line: (lines[at % lines.length] ?? '').replaceAll('{}', name),
      }));
    })
    .slice(0, each * parts.length);
}

async function judge(
  at: number,
  side: Kept['side'],
  { scene }: Sample,
  play: () => ReturnType<typeof playSample>,
): Promise<Kept> {
  const drafts = await play();
  const names = [
    ...scene.script.cast.map((id) => scene.library.character(id)?.name ?? id),
    scene.script.player.name,
  ];
  const { language } = scene;
  const asJson = drafts.some(({ raw }) => side === 'held' && raw.trimStart().startsWith('{'));
  const flaws = drafts.map((draft) => flawsOf(draft, { names, language, asJson }));
  const raw = drafts.at(-1)?.raw ?? '';
  const none: readonly Flaw[] = ['nothing visible'];
  return {
    at,
    side,
    language,
    first: [...(flaws[0] ?? none)],
    last: [...(flaws.at(-1) ?? none)],
    drafts: drafts.length,
    raw,
  };
}

function readKept(path: string): Kept[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => keptSchema.parse(JSON.parse(line)));
}

function rowsOf(kept: readonly Kept[]): Row[] {
  const share = (
    side: Kept['side'],
    of: (one: Kept) => boolean,
    among: (one: Kept) => boolean = () => true,
  ) => {
    const all = kept.filter((one) => one.side === side && among(one));
    return { hits: all.filter(of).length, of: all.length };
  };
  const row = (
    measure: string,
    of: (one: Kept) => boolean,
    among: (one: Kept) => boolean = () => true,
    reach?: number,
  ): Row => {
    const held = share('held', of, among);
    const free = share('free', of, among);
    const [low, high] = wilson(held.hits, held.of);
    const percent = (value: number) => figure(value * 100, 4);
    return {
      measure: `${measure} (n = ${held.of} constrained, ${free.of} unconstrained)`,
      value: percent(held.hits / held.of),
      unit: '%',
      beside: percent(free.hits / free.of),
      ratio: null,
      interval: [percent(low), percent(high)],
      reach: reach === undefined ? 'none set' : `>= ${reach * 100} %`,
      ok: reach === undefined || high >= reach,
    };
  };
  const isUsable = ({ last }: Kept) => last.length === 0;
  const flaws = ['fault', 'nothing visible', 'another voice', 'cut off', 'language'] satisfies Flaw[];
  return [
    row('usable turns', isUsable, undefined, REACH),
    row('usable at the first draft', ({ first }) => first.length === 0),
    row('usable turns of English scenes', isUsable, ({ language }) => language === 'en'),
    row('usable turns of German scenes', isUsable, ({ language }) => language === 'de'),
    row('usable turns but for their language', ({ last }) => last.every((flaw) => flaw === 'language')),
    ...flaws.map((flaw) => row(`turns with the flaw “${flaw}”`, ({ last }) => last.includes(flaw))),
  ];
}
