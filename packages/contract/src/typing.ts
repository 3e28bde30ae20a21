/** How long one typing hint lasts; writers repeat it at most every `typingEveryMs`. */
export const typingShownMs = 6_000;
export const typingEveryMs = 3_000;
