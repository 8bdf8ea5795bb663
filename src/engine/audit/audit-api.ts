import type { Text } from '../../words/text.ts';
import type { SceneId } from '../scene-record.ts';

/** What the moderators of a server are told of. */
export type AuditKind =
  | 'configured'
  | 'opened'
  | 'ended'
  | 'summoned'
  | 'dismissed'
  | 'deleted'
  | 'reported'
  | 'budget'
  | 'failed'
  | 'held-back'
  | 'whispered'
  | 'secret'
  | 'peeked'
  | 'blocked'
  | 'card-saved'
  | 'card-imported'
  | 'card-removed'
  | 'world-imported'
  | 'world-removed'
  | 'joined-server'
  | 'retention'
  /** So many more than could be shown one by one. */
  | 'folded';

export type AuditEntry = {
  readonly kind: AuditKind;
  readonly at: number;
  /** What happened, in the bot's own words; names and ids go into its values. */
  readonly text: Text;
  readonly scene?: SceneId;
  readonly log?: string;
  readonly beat?: number;
  /** Beats whose words are in `quote`, beside `beat`. */
  readonly beats?: readonly number[];
  /** Stage user id of whoever did it. */
  readonly by?: string;
  /** Stage user ids of those whose words `quote` holds: with them it is erased. */
  readonly about?: readonly string[];
  /** People's own words: a whisper, a secret, a reported line and its context. */
  readonly quote?: string;
  /** Message id or link, for a surface that can point at it. */
  readonly message?: string;
};

/**
 * The moderators' log of each server: its newest 500 entries of the last 90 days, shown in its log
 * channel where one is set.
 */
export type Audit = {
  /** Never throws: what cannot be noted is logged. Local stages have no moderators and no log. */
  note(server: string | undefined, entry: Omit<AuditEntry, 'at'>): void;
  /** Newest first. */
  recent(server: string, most?: number): Promise<readonly AuditEntry[]>;
  /** Takes back what was noted with a person's words (of all their scenes, or of one beat), also where it was shown. */
  eraseQuotes(
    of: { readonly person: string } | { readonly log: string; readonly beat?: number },
  ): Promise<void>;
  /** Everything of a server. */
  erase(server: string): Promise<void>;
  /** Why entries are not shown in the server's log channel just now; undefined where they are, or none is set. */
  trouble(server: string): Text | undefined;
  /** Shows what the last run left unshown, and forgets what is too old. For when a surface is attached. */
  takeUp(): void;
  /** Resolves when all that was noted is written and shown. */
  settled(): Promise<void>;
};
