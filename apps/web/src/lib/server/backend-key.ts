/** Under which the entry leaves its backend for server components: both run in one process, bundled apart. */
export const backendKey = Symbol.for('confab.backend');
