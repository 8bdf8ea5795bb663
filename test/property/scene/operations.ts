/** Beats in random logs, at least; `OPERATIONS=100000 npm test -- test/property/scene` is the long form. */
export const OPERATIONS = Number(process.env['OPERATIONS'] ?? 10_000);

/** Runs of a property whose logs have some 50 beats. */
export const RUNS = Math.ceil(OPERATIONS / 50);

/** Milliseconds that the long form may take. */
export const PATIENCE = 900_000;
