/** Where a line is posted. */
export const EXECUTE = { method: 'POST', match: /^\/webhooks\/\d+\/[^/]+$/ } as const;

/** Where a channel is read. */
export const READ = { method: 'GET', match: /^\/channels\/\d+\/messages$/ } as const;

/** So often that it only ends when it is taken away. */
export const ALWAYS = 1_000_000;
