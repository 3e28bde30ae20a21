'use client';
import { useEffect, useState } from 'react';
import { foldName, type User } from '@confab/contract';

interface PickFirstOptions {
  /** What is typed. */
  readonly find: string;
  /** `users` are who is found by it. */
  readonly isAnswered: boolean;
  /** Who can be picked, as they stand on the screen. */
  readonly users: readonly User[];
  readonly onPick: (user: User) => void;
}

/** Whoever is called exactly so, else the first. */
function firstOf(users: readonly User[], find: string): User | undefined {
  const name = foldName(find.trim());
  return users.find((user) => foldName(user.name) === name) ?? users[0];
}

/** Picks the first of those found. Whoever types fast presses Enter before the answer: it then picks from that. */
export function usePickFirst({ find, isAnswered, users, onPick }: PickFirstOptions): () => void {
  const [wanted, setWanted] = useState<string | null>(null);
  const isWanted = wanted !== null && wanted === find && find.trim() !== '';
  useEffect(() => {
    if (!isWanted || !isAnswered) return;
    setWanted(null);
    const first = firstOf(users, find);
    if (first) onPick(first);
  }, [isWanted, isAnswered]);
  return () => {
    setWanted(find);
  };
}
