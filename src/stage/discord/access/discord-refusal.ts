import { RESTJSONErrorCodes as Code, DiscordAPIError, HTTPError } from 'discord.js';
import { StageError } from '../../../engine/stage.ts';
import { type Message, say } from '../../../words/text.ts';

type Refusal = { readonly reason: StageError['reason']; readonly said: Message };

const refusals: Readonly<Record<number, Refusal>> = {
  [Code.UnknownChannel]: { reason: 'gone', said: say('This channel or thread no longer exists.') },
  [Code.UnknownGuild]: { reason: 'gone', said: say('I am no longer in this server.') },
  [Code.MissingAccess]: {
    reason: 'forbidden',
    said: say(
      'I cannot see this channel. A moderator can give my role View Channel under Edit Channel > Permissions.',
    ),
  },
  [Code.MissingPermissions]: {
    reason: 'forbidden',
    said: say(
      'I may not do that here. A moderator can give my role Manage Webhooks and Send Messages under Edit Channel > Permissions.',
    ),
  },
  [Code.MaximumNumberOfWebhooksReached]: {
    reason: 'rejected',
    said: say(
      'This channel has 15 webhooks, the most Discord allows, and I need one. A moderator can delete one under Edit Channel > Integrations.',
    ),
  },
  [Code.MessageWasBlockedByAutomaticModeration]: {
    reason: 'rejected',
    said: say(
      "This server's AutoMod held it back. A moderator can exempt the channel: Server Settings > AutoMod.",
    ),
  },
  [Code.MessageBlockedByHarmfulLinksFilter]: {
    reason: 'rejected',
    said: say('Discord held it back because of a link in it.'),
  },
  [Code.TagRequiredToCreateAForumPostInThisChannel]: {
    reason: 'rejected',
    said: say('Posts in this forum need a tag. Write one yourself, and use /scene start in it.'),
  },
  [Code.MaximumActiveThreads]: {
    reason: 'rejected',
    said: say('This server has as many open threads as Discord allows. A moderator can close some.'),
  },
  [Code.ThreadLocked]: {
    reason: 'forbidden',
    said: say('This thread is locked. A moderator can unlock it.'),
  },
};

/** A failed request of the library, in the words of the engine's stages; other errors as they are. */
export function stageErrorOf(error: unknown): unknown {
  if (error instanceof StageError) return error;
  if (error instanceof DiscordAPIError) {
    const code = Number(error.code);
    const known = refusals[code];
    if (known) return new StageError(known.reason, known.said, error);
    if (error.status === 401)
      return new StageError(
        'unreachable',
        say('Discord refuses the bot’s token. Its operator can renew it.'),
        error,
      );
    if (error.status === 403)
      return new StageError('forbidden', refusals[Code.MissingPermissions]?.said ?? '', error);
    return new StageError('rejected', say('Discord refused this line (error {{code}}).', { code }), error);
  }
  if (isUnclear(error)) return new StageError('unreachable', say('Discord does not answer just now.'), error);
  return error;
}

/** Discord takes lines here, but not this one: sent again, it would be refused again. */
export function isTextRefused(error: unknown): error is StageError {
  return (
    error instanceof StageError &&
    hasCode(
      error.cause,
      Code.MessageWasBlockedByAutomaticModeration,
      Code.MessageBlockedByHarmfulLinksFilter,
      Code.ExplicitContentCannotBeSentToTheDesiredRecipient,
      Code.InvalidFormBodyOrContentType,
    )
  );
}

/** Nobody knows what became of the request: Discord failed, or the answer was lost. */
export function isUnclear(error: unknown): boolean {
  // An answer that is no JSON: something else gave it, or it broke off.
  if (error instanceof HTTPError || error instanceof SyntaxError) return true;
  if (error instanceof StageError) return false;
  return (
    error instanceof Error &&
    !(error instanceof DiscordAPIError) &&
    (isAbort(error) || codeOf(error) !== undefined)
  );
}

/** No server was reached, so nothing can have happened. */
export function neverArrived(error: unknown): boolean {
  return ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'].includes(codeOf(error) ?? '');
}

/** The webhook is gone or its token no longer holds. */
export function isWebhookGone(error: unknown): boolean {
  return hasCode(error, Code.UnknownWebhook, Code.InvalidWebhookToken);
}

/** Discord does not take the name that a line was to be posted under. */
export function isNameRefused(error: unknown): boolean {
  return (
    hasCode(error, Code.InvalidFormBodyOrContentType) &&
    JSON.stringify(rawErrors(error)).includes('"username"')
  );
}

/** What was to be changed is not there any more. */
export function isMessageGone(error: unknown): boolean {
  return hasCode(error, Code.UnknownMessage, Code.UnknownChannel);
}

/** The channel or thread is gone. */
export function isChannelGone(error: unknown): boolean {
  return hasCode(error, Code.UnknownChannel);
}

function hasCode(error: unknown, ...codes: readonly number[]): boolean {
  return error instanceof DiscordAPIError && codes.includes(Number(error.code));
}

function rawErrors(error: unknown): unknown {
  const raw: unknown = error instanceof DiscordAPIError ? error.rawError : undefined;
  return typeof raw === 'object' && raw !== null && 'errors' in raw ? raw.errors : {};
}

function isAbort(error: Error): boolean {
  return error.name === 'AbortError' || error.name === 'TimeoutError';
}

function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if ('code' in error && typeof error.code === 'string') return error.code;
  return codeOf(error.cause);
}
