export { connect } from './connect.ts';
export type { LinkOptions } from './link.ts';
export type { Events } from './listeners.ts';
export type {
  ActionName,
  Actor,
  Beat,
  Library,
  Message,
  Messages,
  MessageType,
  Playing,
  Question,
  Save,
  Scene,
  Scope,
  Segment,
  Thought,
  Whisper,
} from './messages.ts';
export { type Performance, performanceOf } from './performance.ts';
export type { OpenOptions, Stage } from './stage.ts';
export { StageError } from './stage-error.ts';
