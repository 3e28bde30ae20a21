const keyOf = (userId: string) => `confab:last:${userId}`;

/** Which conversation somebody had open last on this device; null for none. */
export function lastConversation(userId: string): string | null {
  return localStorage.getItem(keyOf(userId));
}

export function keepLastConversation(userId: string, conversationId: string): void {
  localStorage.setItem(keyOf(userId), conversationId);
}

/** With everything else that the device keeps of somebody. */
export function forgetLastConversation(userId: string): void {
  localStorage.removeItem(keyOf(userId));
}
