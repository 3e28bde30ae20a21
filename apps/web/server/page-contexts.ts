import { AsyncLocalStorage } from 'node:async_hooks';
import type { Backend, Context } from '@confab/api';

type CreateContext = Backend['createContext'];

/**
 * Who pages are rendered for. The entry looks the session up before it renders, so that a database that is away is
 * answered before the first byte of a page; server components, which ask the backend, then find what the entry found.
 */
export class PageContexts {
  readonly #contexts = new AsyncLocalStorage<Context>();

  /** Whatever `render` asks of {@link reusing} is answered with this context. */
  run<T>(context: Context, render: () => T): T {
    return this.#contexts.run(context, render);
  }

  /** Makes a context only where there is none yet. */
  reusing(createContext: CreateContext): CreateContext {
    return async (incoming) => this.#contexts.getStore() ?? createContext(incoming);
  }
}
