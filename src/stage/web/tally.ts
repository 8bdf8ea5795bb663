import { isIPv6 } from 'node:net';

/** Counts who is inside, by address. */
export type Tally = {
  /** Lets one more in; the function says that it left. Undefined where there is no room. */
  enter(address: string): (() => void) | undefined;
};

/** @param room how many may be inside at once, in all and of one address */
export function createTally({ most, mostEach }: { most: number; mostEach: number }): Tally {
  const inside = new Map<string, number>();
  let all = 0;

  function count(address: string, by: 1 | -1): void {
    const now = (inside.get(address) ?? 0) + by;
    all += by;
    if (now === 0) inside.delete(address);
    else inside.set(address, now);
  }

  return {
    enter(address) {
      if (all >= most || (inside.get(address) ?? 0) >= mostEach) return undefined;
      count(address, 1);
      let isInside = true;
      return () => {
        if (isInside) count(address, -1);
        isInside = false;
      };
    },
  };
}

/** What counts as one address: of IPv6 the network, since whoever has one address there has all of it. */
export function addressGroup(address: string | undefined): string {
  if (address === undefined) return 'unknown';
  const [, mapped] = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address) ?? [];
  if (mapped !== undefined) return mapped;
  if (!isIPv6(address)) return address;
  const [head = '', tail] = address.toLowerCase().replace(/%.*$/, '').split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const gap = tail === undefined ? 0 : 8 - left.length - right.length;
  const groups = [...left, ...Array.from({ length: gap }, () => '0'), ...right];
  return `${groups.slice(0, 4).join(':')}::/64`;
}
