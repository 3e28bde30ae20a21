// One chunk for all of them: they share what places them and what moves the focus within, which is most of each.
export { OpenMenuAt } from './open-menu-at.tsx';
export { OpenEmojiMenu } from './open-emoji-menu.tsx';
export { OpenMenu } from './open-menu.tsx';
export { TooltipBubble } from './tooltip-bubble.tsx';
