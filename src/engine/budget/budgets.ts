import type { Rules } from '../../config/room-settings.ts';
import type { Counted } from '../../store/counters.ts';
import { type Message, say } from '../../words/text.ts';
import { type EngineRoom, kindOf, tell } from '../engine-room.ts';
import type { SceneRecord } from '../scene-record.ts';
import type { Budgets, Meter, Stop } from './budget-api.ts';
import { meterWords, stopText, warningText } from './budget-words.ts';
import { METERS, type Measured, type MeterKind, meterKey, mostOf, windowOf } from './meters.ts';
import { createSpending } from './spending.ts';

/** From so much of a budget on, people are warned. */
const NEARLY = 0.8;
/** Stops of which somebody was told; what is older than so many may be told again. */
const MOST_TOLD = 5000;

/** The budgets of all servers, counted in the store. */
export function createBudgets(room: EngineRoom): Budgets {
  const { counters } = room.options.store;
  const spending = createSpending(room);
  /** By meter: until when the stop that was told holds. */
  const told = new Map<string, number>();

  const kindsOf = (what: MeterKind['what'], { player }: Measured) =>
    METERS.filter((kind) => kind.what === what && (kind.of !== 'player' || player !== undefined));

  async function read(kind: MeterKind, whose: Measured, rules: Rules): Promise<Meter> {
    const counted = await counters.get(meterKey(kind, whose), windowOf(kind, room.clock.now()));
    return meterOf(kind, counted, rules);
  }

  async function count(record: SceneRecord, whose: Measured, what: MeterKind['what'], points: number) {
    if (points === 0) return;
    const rules = room.rulesFor(record);
    const counting = kindsOf(what, whose).map(async (kind) => {
      const counted = await counters.add(meterKey(kind, whose), points, windowOf(kind, room.clock.now()));
      await warn(record, whose, kind, meterOf(kind, counted, rules), points);
    });
    await Promise.all(counting);
  }

  /** Who counts it over the mark tells it: once a period, however many processes count. */
  async function warn(record: SceneRecord, whose: Measured, kind: MeterKind, meter: Meter, points: number) {
    const mark = meter.most * NEARLY;
    if (meter.used < mark || meter.used - points >= mark || meter.used >= meter.most) return;
    const text = warningText(meter, room.clock.now());
    if (kind.of !== 'player') room.audit.note(record.server, { kind: 'budget', text, scene: record.id });
    const only = kind.of === 'player' && whose.player !== undefined ? { only: whose.player } : {};
    await tell(room, { record }, { kind: 'info', text, ...only });
  }

  function stopBy(record: SceneRecord, whose: Measured, kind: MeterKind, meter: Meter): Stop {
    const text = stopText(meter, room.clock.now());
    return { meter, text, first: () => isFirst(record, whose, kind, meter, text) };
  }

  function isFirst(
    record: SceneRecord,
    whose: Measured,
    kind: MeterKind,
    meter: Meter,
    text: Message,
  ): boolean {
    const now = room.clock.now();
    // Another limit is another stop.
    const key = `${meterKey(kind, whose)} ${record.id} ${meter.most}`;
    const window = windowOf(kind, now);
    const until = meter.opensAt ?? window.ends;
    const known = told.get(key);
    // What was told while the time was set on is none of this window.
    const holds = known !== undefined && known > now && known <= now + window.length;
    if (holds && until <= known) return false;
    if (told.size >= MOST_TOLD) told.clear();
    told.set(key, until);
    const { used, most, name } = meter;
    room.audit.note(record.server, {
      kind: 'budget',
      text:
        most === 0
          ? text
          : say('{{used}} of {{most}} {{what}} are used. {{text}}', {
              used,
              most,
              what: meterWords(name),
              text,
            }),
      scene: record.id,
      ...(kind.of === 'player' && whose.player !== undefined ? { by: whose.player } : {}),
    });
    return true;
  }

  return {
    async takeLine(record, player) {
      const whose = measured(record, player);
      if (!whose) return undefined;
      for (const kind of kindsOf('lines', whose)) {
        const rules = room.rulesFor(record);
        const window = windowOf(kind, room.clock.now());
        const { taken, ...counted } = await counters.take(
          meterKey(kind, whose),
          1,
          mostOf(kind, rules),
          window,
        );
        const meter = meterOf(kind, counted, rules);
        if (!taken) return stopBy(record, whose, kind, meter);
        await warn(record, whose, kind, meter, 1);
      }
      return undefined;
    },

    async stopOf(record, player) {
      const whose = measured(record, player);
      if (!whose) return undefined;
      const rules = room.rulesFor(record);
      const kinds = [...kindsOf('turns', whose), ...kindsOf('tokens', whose)];
      const meters = await Promise.all(
        kinds.map(async (kind) => ({ kind, meter: await read(kind, whose, rules) })),
      );
      const used = meters.filter(({ meter }) => meter.used >= meter.most);
      const [first] = used.toSorted((one, other) => METERS.indexOf(one.kind) - METERS.indexOf(other.kind));
      return first && stopBy(record, whose, first.kind, first.meter);
    },

    async countTurn(record, player) {
      const whose = measured(record, player);
      if (!whose) return;
      await count(record, whose, 'turns', 1);
      await spending.turn(whose.server);
    },

    async countTokens(record, player, usage) {
      const whose = measured(record, player);
      if (!whose) return;
      try {
        await count(record, whose, 'tokens', usage.promptTokens + usage.completionTokens);
        await spending.tokens(whose.server, usage);
      } catch (error) {
        room.log.warn('tokens-not-counted', { scene: record.id, error: kindOf(error) });
      }
    },

    async countJudging(record, judged) {
      if (record.server === undefined) return;
      try {
        await spending.judged(record.server, judged);
      } catch (error) {
        room.log.warn('judging-not-counted', { scene: record.id, error: kindOf(error) });
      }
    },

    async quota({ server, scene, ...place }, player) {
      const now = room.clock.now();
      if (server === undefined) return { meters: [], now };
      const rules = await room.settings.rules({ server, scene, ...place });
      const whose = { server, scene, player };
      return { meters: await Promise.all(METERS.map((kind) => read(kind, whose, rules))), now };
    },

    usage: (server) => spending.of(server),
  };
}

/** Outside Discord nothing is counted: who sits at this machine pays for it. */
function measured(record: SceneRecord, player: string | undefined): Measured | undefined {
  const { server, id } = record;
  return server === undefined ? undefined : { server, scene: id, player };
}

function meterOf(kind: MeterKind, { used, ends }: Counted, rules: Rules): Meter {
  const most = mostOf(kind, rules);
  return { name: kind.name, used, most, ...(ends === undefined ? {} : { opensAt: ends }) };
}
