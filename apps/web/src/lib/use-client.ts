'use client';
import { createContext, use } from 'react';
import type { Client } from './client.ts';

/** What the calls of a page go through. */
export const ClientContext = createContext<Client | null>(null);

/** @throws Error outside of a page that has one */
export function useClient(): Client {
  const client = use(ClientContext);
  if (client === null) throw new Error('There is no client above this component.');
  return client;
}
