const DAMAGED = 'its file is damaged: stop Dramatis and run dramatis doctor --repair, or restore a backup';
const FULL = 'its disk is full: make room, and it goes on by itself';
const UNWRITABLE = 'its file may not be written: see who may write there, and whether its disk is read-only';

/** What SQLite’s result codes (https://sqlite.org/rescode.html) and the system’s ask of the operator. */
const TO_DO: Readonly<Record<number | string, string>> = {
  8: UNWRITABLE,
  10: 'its disk fails: see the system’s log, and move the store to another disk',
  11: DAMAGED,
  13: FULL,
  14: 'its file cannot be opened: see that its folder is there, and who may write in it',
  26: DAMAGED,
  EACCES: UNWRITABLE,
  EPERM: UNWRITABLE,
  EROFS: UNWRITABLE,
  ENOSPC: FULL,
};

/** Extended codes carry the primary one in their lowest byte. */
const PRIMARY = 0xff;

/** What is to be done about an error of SQLite or the system; undefined where that is not known. */
export function whatToDoOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if ('errcode' in error && typeof error.errcode === 'number') return TO_DO[error.errcode & PRIMARY];
  return 'code' in error && typeof error.code === 'string' ? TO_DO[error.code] : undefined;
}
