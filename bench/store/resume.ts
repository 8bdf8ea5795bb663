import { loadLiveScene } from '../../src/engine/live-scene.ts';
import { sceneRecordSchema } from '../../src/engine/scene-record.ts';
import { openAs } from './stored.ts';

/**
 * What stands between a start and a scene's next turn, in a process that has done nothing yet: the store
 * is opened, the scene's record read, all its beats read, checked and folded.
 */
export type Resumed = { readonly ms: number; readonly beats: number; readonly peakMb: number };

const [url = '', sealing, id = ''] = process.argv.slice(2);
const start = performance.now();
const store = await openAs(url, sealing === 'sealed' ? 'sealed' : 'plain');
const record = sceneRecordSchema.parse(await store.get('scene', id));
const { state } = await loadLiveScene(record, store);
const ms = performance.now() - start;
const peakMb = process.resourceUsage().maxRSS / 1024;
const resumed: Resumed = { ms, beats: state.beats, peakMb };
process.send?.(resumed);
process.once('disconnect', () => process.exit());
