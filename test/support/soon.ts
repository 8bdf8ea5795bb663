/** For `expect.poll`: what is waited for comes at once, but a machine may be busy. */
export const SOON = { timeout: 20_000, interval: 5 };
