/** What somebody who opted out is told when they would take part all the same. */
export const OPTED_OUT = 'You have opted out: nothing you write is heard or kept. /privacy opt-in ends that.';
