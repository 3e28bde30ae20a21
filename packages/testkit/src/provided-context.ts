declare module 'vitest' {
  /** What global-setup.ts hands to the test files. */
  interface ProvidedContext {
    mongodbUri: string;
    redisUrl: string;
  }
}
export {};
