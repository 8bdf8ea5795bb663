import { basename } from 'node:path';
import type { LabModel } from '../../../lab/calls/call.ts';
import type { Style, Work } from '../../../lab/selfplay/engine/style.ts';
import { type Evaluations, readEvaluations } from '../../../lab/selfplay/minimax/calibrate.ts';
import { readDialogues } from '../../../lab/selfplay/minimax/published.ts';
import { publishedStyle } from '../../../lab/selfplay/minimax/published-style.ts';
import { readSeeds } from '../../../lab/selfplay/minimax/read-seeds.ts';
import { minimaxStyle, minimaxWorks } from '../../../lab/selfplay/minimax/style.ts';
import { ourPingPong } from '../../../lab/selfplay/pingpong/our-words.ts';
import { checkoutPrompts } from '../../../lab/selfplay/pingpong/prompts.ts';
import { readSettings } from '../../../lab/selfplay/pingpong/settings.ts';
import { mostOf, pingPongStyle, pingPongWorks } from '../../../lab/selfplay/pingpong/style.ts';
import { readDataFile } from '../../../lab/selfplay/run/read-records.ts';
import type { SelfplayRun } from '../../../lab/selfplay/run/selfplay-run.ts';
import { BadUse } from '../../bad-use.ts';
import type { SelfplayFlags } from './selfplay-flags.ts';

type Players = { readonly actor: LabModel; readonly user: LabModel };

/** What the flags say is to be played and judged. */
export type ChosenStyle = {
  readonly data: SelfplayRun<Work>['data'];
  readonly works: readonly Work[];
  readonly problems: readonly string[];
  /** Names the prompts, for the settings of the run. */
  readonly prompts: string;
  readonly evaluations?: Evaluations;
  style(players: Players | undefined, secret: string): Style;
};

/** @throws OperatorError for data that cannot be used; BadUse where none is left */
export async function chooseStyle(flags: SelfplayFlags): Promise<ChosenStyle> {
  if (flags.style === 'pingpong') return pingPong(flags);
  return flags.dialogues === undefined ? minimax(flags) : published(flags, flags.dialogues);
}

async function minimax(flags: SelfplayFlags): Promise<ChosenStyle> {
  const { text, sha256 } = await readDataFile(flags.data);
  const { seeds: all, problems } = readSeeds(text, flags.data);
  const seeds = all.slice(0, flags.limit);
  const { turns, runs, chunk, format } = flags;
  return {
    data: { name: basename(flags.data), sha256, scenes: all.length, skipped: problems.length },
    works: minimaxWorks({ seeds, turns, runs, chunk }),
    problems,
    prompts: 'ours',
    style: (models, secret) =>
      minimaxStyle({ seeds, turns, runs, chunk, format, secret, models: present(models) }),
  };
}

async function published(flags: SelfplayFlags, path: string): Promise<ChosenStyle> {
  const seedFile = await readDataFile(flags.data);
  const seeds = readSeeds(seedFile.text, flags.data);
  const file = await readDataFile(path);
  const read = readDialogues(file.text, path, {
    seeds: seeds.seeds.slice(0, flags.limit),
    chunk: flags.chunk,
  });
  const evaluations =
    flags.evaluations === undefined
      ? undefined
      : readEvaluations((await readDataFile(flags.evaluations)).text, flags.evaluations);
  // With --limit, rows of the other seeds are left out because that was asked for.
  const problems = [...seeds.problems, ...(flags.limit === undefined ? read.problems : [])];
  return {
    data: {
      name: basename(path),
      sha256: file.sha256,
      scenes: read.works.length,
      skipped: problems.length,
    },
    works: read.works,
    problems,
    prompts: 'ours',
    ...(evaluations ? { evaluations } : {}),
    style: (_models, secret) => publishedStyle(read.works, secret),
  };
}

async function pingPong(flags: SelfplayFlags): Promise<ChosenStyle> {
  const { text, sha256 } = await readDataFile(flags.data);
  const settings = readSettings(text, flags.data, flags.language);
  const prompts =
    flags.prompts === undefined ? ourPingPong(mostOf(settings)) : checkoutPrompts(flags.prompts, settings);
  const { runs, limit, format } = flags;
  const played = { settings, runs, ...(limit === undefined ? {} : { limit }) };
  return {
    data: {
      name: basename(flags.data),
      sha256,
      scenes: settings.characters.length * settings.situations.length,
      skipped: 0,
    },
    works: pingPongWorks(played),
    problems: [],
    prompts: `${prompts.source} ${prompts.hash}`,
    style: (models, secret) => pingPongStyle({ ...played, prompts, format, secret, models: present(models) }),
  };
}

function present(models: Players | undefined): Players {
  if (models) return models;
  throw new BadUse('no model plays: set MODEL, and OPENAI_BASE_URL where it is served.');
}
