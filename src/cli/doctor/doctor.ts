import type { Settings } from '../../config/environment.ts';
import type { CliCommand } from '../cli-command.ts';
import { settingsOf } from '../house.ts';
import { readFlags } from '../read-flags.ts';
import type { Check } from './check.ts';
import {
  checkCharacters,
  checkDiscordIfSet,
  checkEmbeddings,
  checkModels,
  checkModeration,
  checkNode,
  checkPrinciples,
  checkStore,
} from './doctor-checks.ts';
import { checkStored, repairStored } from './stored.ts';

export const doctor: CliCommand = {
  help: `Usage: dramatis doctor [--repair] [--json]

Looks at Node, the settings, Discord (token, intents, permissions), the models'
endpoints (moderation and embeddings, too), the store, the characters and your principles.
Each is ok, or says what to do.
Where nobody uses the store, all that is stored is read, too.

  --repair  mend what is stored, and look at nothing else: damaged entries, and logs
            beyond a damaged or missing beat, are set aside in a file; what can be read
            of a damaged SQLite file moves into a new one; all is copied before. Stop
            the bot first. Nothing is invented: what was lost is told, scene by scene.
  --json    one JSON object on stdout: {"ok":…,"checks":[{"check":…,"ok":…,"text":…}]}

Exit code 0 where all is well, 1 where something is to be done. Each model is asked
for one word, then a dozen more times for what its server does its own way (docs/models.md);
where it costs, that costs about 4,000 tokens.
`,
  async run(args, { env, stdout, signal }) {
    const { json, repair } = readFlags(args, {
      json: { type: 'boolean', default: false },
      repair: { type: 'boolean', default: false },
    });
    const settings = settingsOf({ env });
    const checks = repair ? await repairStored(settings) : await checkAll(settings, signal);
    const ok = checks.every((one) => one.ok);
    if (json) stdout.write(`${JSON.stringify({ ok, checks })}\n`);
    else for (const one of checks) stdout.write(`${one.ok ? 'ok   ' : 'TO DO'}  ${one.check}: ${one.text}\n`);
    return ok ? 0 : 1;
  },
};

async function checkAll(settings: Settings, signal: AbortSignal): Promise<readonly Check[]> {
  return [
    checkNode(),
    ...(await checkDiscordIfSet(settings)),
    ...(await checkModels(settings, signal)),
    ...(await checkModeration(settings, signal)),
    ...(await checkEmbeddings(settings, signal)),
    ...(await checkStore(settings)),
    ...(await checkStored(settings)),
    ...(await checkCharacters()),
    ...checkPrinciples(),
  ];
}
