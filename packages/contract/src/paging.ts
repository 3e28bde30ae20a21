import { z } from 'zod';
import { limits } from './limits.ts';

/** The `nextCursor` of the page before: opaque, base64url (RFC 4648, section 5) without padding. */
export const pageCursorSchema = z
  .string()
  .max(limits.pageCursorLengthMax)
  .regex(/^[\w-]+$/, 'This cursor is not one of ours.')
  .meta({
    description: 'The `nextCursor` of the page before, of the same list; anything else is refused with 400.',
  });
