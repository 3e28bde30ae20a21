import { eraseDevice as eraseStorage } from '@confab/sync';
import { forgetLastConversation } from '../conversations/last-conversation.ts';

/**
 * Erases what this browser keeps of somebody whose page is not open. In a chunk of its own: hardly any page of a stranger
 * needs it.
 */
export async function eraseDevice(userId: string): Promise<void> {
  forgetLastConversation(userId);
  await eraseStorage(userId);
}
