import { randomUUID } from 'node:crypto';
import type { ModelSettings } from '../../model/model-settings.ts';
import { notationOf, probeEndpoint, type Quirk } from '../../model/probe/probe-endpoint.ts';
import type { Check } from './check.ts';

const WORDS: Readonly<Record<Quirk['quirk'], string>> = {
  streaming: 'streaming',
  usage: 'tokens counted',
  'most tokens': 'limit of tokens',
  'system role': 'system role',
  'opened answer': 'opened answer',
  regex: 'form as regex',
  grammar: 'form as grammar',
  json: 'form as JSON Schema',
  reasoning: 'reasoning',
  'prefix cache': 'prefix cache',
};

/** What an endpoint that answers does its own way, a line each; none of it is a mistake. */
export async function checkQuirks(
  name: string,
  settings: ModelSettings,
  signal: AbortSignal,
): Promise<readonly Check[]> {
  const line = (what: string, text: string): Check => ({ check: `${name}: ${what}`, ok: true, text });
  try {
    const quirks = await probeEndpoint(settings, randomUUID(), signal);
    return [
      ...quirks.map(({ quirk, text }) => line(WORDS[quirk], text)),
      line('constrain', constrainText(settings, quirks)),
    ];
  } catch {
    signal.throwIfAborted();
    return [line('quirks', 'it stopped answering while it was asked for them')];
  }
}

/** What the setting comes to here. */
function constrainText({ constrain, price }: ModelSettings, quirks: readonly Quirk[]): string {
  const best = notationOf(quirks);
  if (constrain === 'off') return best ? `off; it could be ${best} (docs/models.md)` : 'off';
  if (constrain !== 'auto') {
    const held = quirks.some(({ quirk, field }) => quirk === constrain && field !== undefined);
    return held
      ? `${constrain}, and it is enforced`
      : `${constrain}, which is not enforced here${best ? `; ${best} is` : ''}`;
  }
  if (best === undefined) return 'auto: nothing is enforced here, turns are read as they come';
  if (best === 'json') return 'auto: JSON, for drafts that are made again (it cannot be streamed)';
  const asks =
    price === undefined ? '' : `; with a price nothing is tried out unasked: set constrain: ${best}`;
  return `auto: ${best}${asks}`;
}
