import { RESTJSONErrorCodes as Code } from 'discord-api-types/v10';

/** One fault of a request body, where Discord found it. */
export type FormFault = {
  readonly path: readonly PropertyKey[];
  readonly code: string;
  readonly message: string;
};

/** An answer with which Discord refuses a request; thrown by the routes, sent by the server. */
export class ApiError extends Error {
  readonly status: number;
  readonly body: { readonly code: number; readonly message: string; readonly errors?: object };

  constructor(status: number, code: number, message: string, errors?: object) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
    this.body = { code, message, ...(errors && { errors }) };
  }
}

const refusals: Readonly<Record<number, readonly [status: number, message: string]>> = {
  [Code.UnknownApplication]: [404, 'Unknown Application'],
  [Code.UnknownChannel]: [404, 'Unknown Channel'],
  [Code.UnknownGuild]: [404, 'Unknown Guild'],
  [Code.UnknownMember]: [404, 'Unknown Member'],
  [Code.UnknownMessage]: [404, 'Unknown Message'],
  [Code.UnknownRole]: [404, 'Unknown Role'],
  [Code.UnknownUser]: [404, 'Unknown User'],
  [Code.UnknownWebhook]: [404, 'Unknown Webhook'],
  [Code.UnknownInteraction]: [404, 'Unknown interaction'],
  [Code.UnknownApplicationCommand]: [404, 'Unknown application command'],
  [Code.MaximumNumberOfWebhooksReached]: [400, 'Maximum number of webhooks reached (15)'],
  [Code.MaximumNumberOfApplicationCommandsReached]: [400, 'Maximum number of application commands reached'],
  [Code.InteractionHasAlreadyBeenAcknowledged]: [400, 'Interaction has already been acknowledged.'],
  [Code.RequestEntityTooLarge]: [413, 'Request entity too large'],
  [Code.CannotSendAMessageInAForumChannel]: [400, 'Cannot send a message in a forum channel'],
  [Code.TagRequiredToCreateAForumPostInThisChannel]: [
    400,
    'A tag is required to create a forum post in this channel',
  ],
  [Code.CloudflareIsBlockingYourRequest]: [403, 'internal network error'],
  [Code.MissingAccess]: [403, 'Missing Access'],
  [Code.CannotExecuteActionOnDMChannel]: [403, 'Cannot execute action on a DM channel'],
  [Code.CannotEditMessageAuthoredByAnotherUser]: [403, 'Cannot edit a message authored by another user'],
  [Code.CannotSendAnEmptyMessage]: [400, 'Cannot send an empty message'],
  [Code.CannotSendMessagesToThisUser]: [403, 'Cannot send messages to this user'],
  [Code.CannotSendMessagesInNonTextChannel]: [400, 'Cannot send messages in a non-text channel'],
  [Code.MissingPermissions]: [403, 'Missing Permissions'],
  [Code.ProvidedTooFewOrTooManyMessagesToDelete]: [400, 'Provided too few or too many messages to delete'],
  [Code.CannotExecuteActionOnThisChannelType]: [400, 'Cannot execute action on this channel type'],
  [Code.InvalidWebhookToken]: [401, 'Invalid Webhook Token'],
  [Code.OneOfTheMessagesProvidedWasTooOldForBulkDelete]: [
    400,
    'A message provided was too old to bulk delete',
  ],
  [Code.InvalidActionOnArchivedThread]: [400, 'Thread is archived'],
  [Code.RequestBodyContainsInvalidJSON]: [400, 'The request body contains invalid JSON.'],
  [Code.ThreadAlreadyCreatedForMessage]: [400, 'A thread has already been created for this message'],
  [Code.ThreadLocked]: [403, 'Thread is locked'],
  [Code.WebhooksPostedToForumChannelsMustHaveAThreadNameOrThreadId]: [
    400,
    'Webhooks posted to forum channels must have a thread_name or thread_id',
  ],
  [Code.WebhooksPostedToForumChannelsCannotHaveBothAThreadNameAndThreadId]: [
    400,
    'Webhooks posted to forum channels cannot have both a thread_name and thread_id',
  ],
  [Code.WebhooksCanOnlyCreateThreadsInForumChannels]: [
    400,
    'Webhooks can only create threads in forum channels',
  ],
};

/** Discord's refusal for a JSON error code, with the status and words it comes with. */
export function refusal(code: Code): ApiError {
  const [status, message] = refusals[code] ?? [400, `Error ${code}`];
  return new ApiError(status, code, message);
}

/** 401 as Discord says it. It costs the client its token: `@discordjs/rest` forgets it on the spot. */
export function unauthorized(): ApiError {
  return new ApiError(401, 0, '401: Unauthorized');
}

/** 50035 with the faults nested by path, `_errors` at the leaves: the shape `DiscordAPIError` flattens. */
export function invalidForm(faults: readonly FormFault[]): ApiError {
  const errors: Record<string, unknown> = {};
  for (const { path, code, message } of faults) {
    let node = errors;
    for (const key of path.map(String)) {
      const next = node[key] ?? {};
      node[key] = next;
      node = next as Record<string, unknown>;
    }
    node['_errors'] = [...((node['_errors'] as unknown[] | undefined) ?? []), { code, message }];
  }
  return new ApiError(400, Code.InvalidFormBodyOrContentType, 'Invalid Form Body', errors);
}
