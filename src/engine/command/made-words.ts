import { escapeDiscord } from '../../format/render-discord.ts';
import { DIMENSION_NAMES, dimensionOf } from '../../judge/principles/dimension-names.ts';
import type { Made } from '../../scene/beat.ts';
import { joined, type Message, say, type Text } from '../../words/text.ts';
import type { LoreBehind, NamedLore } from '../lore/named-lore.ts';

/** So many entries of lore are told of. */
const TOLD = 12;

/**
 * How a line came about, for its scene's owner: who made it, why this speaker, what it went by, in how
 * long, at what cost.
 */
export function madeWords(n: number, made: (Made & Partial<LoreBehind & Deciding>) | undefined): Text {
  if (!made) return say('#{{n}} was made by no model, or nothing is known of how.', { n });
  const { by, why, attempts, recalled = [] } = made;
  return [
    byWhom(n, by),
    ...(why && by !== 'hand' ? [say('Why this speaker: {{why}}', { why })] : []),
    ...(recalled.length > 0
      ? [say('What came back to them: {{beats}}.', { beats: recalled.map((one) => `#${one}`).join(', ') })]
      : []),
    ...judgedWords(made),
    ...loreWords(made),
    ...(attempts > 1 ? [say('It took {{attempts}} attempts.', { attempts })] : []),
    ...timesOf(made),
    ...tokensOf(made),
  ];
}

/** The principle that decided, by the name it bears now. */
type Deciding = { readonly principle: string };

/** Among how many it was chosen, and by what; a judge’s own words are for nobody here. */
function judgedWords({ judged, principle }: Made & Partial<Deciding>): Message[] {
  if (!judged) return [];
  const { of: count, by: judge, outcome, ms } = judged;
  const added = say('Choosing added {{time}}.', { time: seconds(ms) });
  switch (outcome) {
    case 'tie':
      return [
        say('Of {{count}} drafts the earlier stands: {{judge}} found no other better.', { count, judge }),
        added,
      ];
    case 'missing':
      return [
        say('Of {{count}} drafts the earlier stands: {{judge}} gave no verdict.', { count, judge }),
        added,
      ];
    case 'won': {
      const dimension = judged.dimension === undefined ? undefined : dimensionOf(judged.dimension);
      const what = principle ?? (dimension && DIMENSION_NAMES[dimension]);
      const chosen = { count, judge };
      return [
        what === undefined
          ? say('{{judge}} chose it among {{count}} drafts.', chosen)
          : say('{{judge}} chose it among {{count}} drafts. What decided: “{{what}}”.', {
              ...chosen,
              what: escapeDiscord(what),
            }),
        added,
      ];
    }
  }
}

function byWhom(n: number, by: string): Message {
  switch (by) {
    case 'script':
      return say('#{{n}} was read from the script of the demo.', { n });
    case 'hand':
      return say('#{{n}} was written by hand, with /say.', { n });
    default:
      return say('#{{n}} was made by {{by}}.', { n, by });
  }
}

function loreWords({ named = [], withheld = 0, loreLeft = 0 }: Partial<LoreBehind & Made>): Message[] {
  const more = named.length - TOLD;
  const told = [
    ...named.slice(0, TOLD).map(entryWords),
    ...(more > 0 ? [say('{{count}} more', { count: more })] : []),
  ];
  return [
    ...(told.length > 0 ? [say('Lore: {{list}}.', { list: joined(told, '; ') })] : []),
    ...(withheld > 0
      ? [say('{{count}} entries were called up by what is not for your eyes.', { count: withheld })]
      : []),
    ...(loreLeft > 0
      ? [say('{{count}} entries of lore had no room (loreTokens).', { count: loreLeft })]
      : []),
  ];
}

function entryWords({ name: called, why, key, beat }: NamedLore): Message {
  const name = escapeDiscord(called);
  switch (why) {
    case 'constant':
      return say('“{{name}}”, which needs no key', { name });
    case 'sticky':
      return say('“{{name}}”, which stays for a while', { name });
    case 'recursion':
      return key === undefined
        ? say('“{{name}}”, of which another entry speaks', { name })
        : say('“{{name}}” because “{{key}}” is in another entry', { name, key: escapeDiscord(key) });
    case 'key':
      if (key === undefined) return say('“{{name}}”, which was spoken of', { name });
      return beat === undefined
        ? say('“{{name}}” because “{{key}}” was said', { name, key: escapeDiscord(key) })
        : say('“{{name}}” because “{{key}}” was said at #{{beat}}', { name, key: escapeDiscord(key), beat });
  }
}

function timesOf({ msToFirst, msToVisible, msToLast }: Made): Message[] {
  const times = [
    ...(msToFirst === undefined ? [] : [say('{{time}} to the first token', { time: seconds(msToFirst) })]),
    ...(msToVisible === undefined
      ? []
      : [say('{{time}} to the first word you could see', { time: seconds(msToVisible) })]),
    ...(msToLast === undefined ? [] : [say('{{time}} in all', { time: seconds(msToLast) })]),
  ];
  return times.length > 0 ? [say('Time: {{times}}.', { times: joined(times, ', ') })] : [];
}

function tokensOf({ promptTokens, cachedTokens, completionTokens }: Made): Message[] {
  if (promptTokens === undefined && completionTokens === undefined) return [];
  const tokens = { read: promptTokens ?? '?', written: completionTokens ?? '?' };
  return [
    cachedTokens
      ? say('Tokens: {{read}} read ({{cached}} of them cached), {{written}} written.', {
          ...tokens,
          cached: cachedTokens,
        })
      : say('Tokens: {{read}} read, {{written}} written.', tokens),
  ];
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
