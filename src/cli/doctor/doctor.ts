import type { CliCommand } from '../cli-command.ts';
import { settingsOf } from '../house.ts';
import { readFlags } from '../read-flags.ts';
import {
  type Check,
  checkCharacters,
  checkDiscordIfSet,
  checkModels,
  checkModeration,
  checkNode,
  checkStore,
} from './doctor-checks.ts';

export const doctor: CliCommand = {
  help: `Usage: dramatis doctor [--json]

Looks at Node, the settings, Discord (token, intents, permissions), the models'
endpoints (moderation, too), the store and the characters. Each is ok, or says what to do.

  --json   one JSON object on stdout: {"ok":…,"checks":[{"check":…,"ok":…,"text":…}]}

Exit code 0 where all is well, 1 where something is to be done. An endpoint is
asked for one word; where it costs, that costs a few tokens.
`,
  async run(args, { env, stdout, signal }) {
    const { json } = readFlags(args, { json: { type: 'boolean', default: false } });
    const settings = settingsOf({ env });
    const checks: readonly Check[] = [
      checkNode(),
      ...(await checkDiscordIfSet(settings)),
      ...(await checkModels(settings, signal)),
      ...(await checkModeration(settings, signal)),
      ...(await checkStore(settings)),
      ...(await checkCharacters()),
    ];
    const ok = checks.every((one) => one.ok);
    if (json) stdout.write(`${JSON.stringify({ ok, checks })}\n`);
    else for (const one of checks) stdout.write(`${one.ok ? 'ok   ' : 'TO DO'}  ${one.check}: ${one.text}\n`);
    return ok ? 0 : 1;
  },
};
