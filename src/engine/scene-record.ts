import { z } from 'zod';
import { originSchema } from '../scene/beat.ts';

/** What is known of a scene outside its log: where it is hosted, who owns it, how it is directed. */
export const presetSchema = z.enum(['called-only', 'conversation', 'lively', 'theatre', 'game-master']);
export type Preset = z.infer<typeof presetSchema>;

/** Who may read what a character thought (the setting `peek`). `after`: everyone, once the scene has ended. */
export const peekPolicySchema = z.enum(['nobody', 'owner', 'role', 'everyone', 'after']);
export type PeekPolicy = z.infer<typeof peekPolicySchema>;

export const sceneRecordSchema = z.object({
  /** `<stage>:<channel, thread or session id>`. */
  id: z.string().min(1),
  /** Key of its log in storage: a place hosts one scene after another, each with a log of its own. */
  log: z.string().min(1),
  title: z.string(),
  stage: z.enum(['discord', 'web', 'terminal', 'lab']),
  /** Discord's guild id. */
  server: z.string().optional(),
  /** Parent channel of a thread. */
  parent: z.string().optional(),
  /** Category of its channel, whose settings it inherits. */
  category: z.string().optional(),
  /** Stage user id of the one who started it. */
  owner: z.string(),
  preset: presetSchema,
  status: z.enum(['playing', 'paused', 'ended']),
  /** The shipped scene it was made from; its script serves the understudy. */
  script: z.string().optional(),
  seed: z.int(),
  createdAt: z.number(),
  /** `reading`: scripted beats come at reading speed. */
  pace: z.enum(['reading', 'none']).default('none'),
  /** Character turns to play without a player; then it rests for good. */
  turns: z.int().positive().optional(),
  origin: originSchema.default('discord'),
  /** Length of the log when the scene last came to rest; at another length a restart goes on. */
  restedAt: z.int().default(0),
  /** Length of the log when it rested and all of it was shown; at that length a restart has nothing to do. */
  settledAt: z.int().optional(),
  /** Threads that are places of this scene; their ids are place ids. */
  rooms: z.array(z.object({ id: z.string(), name: z.string() })).default([]),
  /** The story up to beat `n` is that of another scene's log: deletions there are deletions here. */
  branchOf: z.object({ log: z.string(), n: z.int() }).optional(),
  /** Logs of scenes that begin with this one's story. */
  branches: z.array(z.object({ scene: z.string(), log: z.string() })).default([]),
  /** Actions that a game shows, of which turns pick: of that card's character, else of all. */
  cues: z
    .array(
      z.object({
        character: z.string().optional(),
        actions: z.array(z.object({ name: z.string(), means: z.string().optional() })),
      }),
    )
    .optional(),
  /** Milliseconds after which a turn of which nothing was shown is given up for a line from the card. */
  deadlineMs: z.int().positive().optional(),
  /** Places to go on from, by the length of the log. */
  saves: z
    .array(z.object({ id: z.string(), name: z.string(), n: z.int().nonnegative(), at: z.number() }))
    .optional(),
  /** Message id of the scene card, where the stage has one. */
  cardMessage: z.string().optional(),
});

export type SceneRecord = Readonly<z.infer<typeof sceneRecordSchema>>;
export type SceneId = string;
