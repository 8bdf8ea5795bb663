import type { SceneRecord } from '../../../engine/scene-record.ts';
import type { Stage } from '../../../engine/stage.ts';
import type { SceneStore } from '../../../store/scene-store.ts';
import type { Notices } from '../card/notices.ts';
import type { Background } from '../gateway/background.ts';
import { changeLine } from './change-lines.ts';
import { createOwnMessages, type OwnMessages } from './own-messages.ts';
import { createRewinds, type Rewinds } from './rewinds.ts';
import { createRows, type RowOptions, type Rows } from './rows.ts';
import { createLines, type Lines, type ShowOptions } from './show-lines.ts';

/** All that a scene has in its channels: shown, changed, given buttons, left behind. */
export type Showing = {
  readonly lines: Lines;
  readonly change: Stage['update'];
  readonly rows: Rows;
  readonly rewinds: Rewinds;
  readonly own: OwnMessages;
  /** After a restart: what the process before this one left half done; `settled`: nothing in the log. */
  takeUp(scene: SceneRecord, settled: boolean): Promise<void>;
};

export function createShowing(
  options: Omit<ShowOptions, 'rows'> & {
    readonly engine: RowOptions['engine'];
    readonly store: SceneStore;
    readonly notices: Notices;
    readonly background: Background;
  },
): Showing {
  const { documents, store, pace, style } = options;
  const own = createOwnMessages(options);
  const rows = createRows({ ...options, own });
  const lines = createLines({ ...options, rows });
  const rewinds = createRewinds({ ...options, rows, own, eraseMs: pace.eraseMs });
  return {
    lines,
    rows,
    own,
    rewinds,
    async takeUp(scene, settled) {
      await rows.takeUp(scene, settled);
      rewinds.takeUp(scene);
    },
    change: (scene, n, delivery, beat, signal) =>
      changeLine(scene, n, delivery, beat, { lines, own, rows, documents, store, style }, signal),
  };
}
