/**
 * A page is opened for one account, and says so with whatever it asks for: every tab of a browser shares the cookie, and
 * another tab may have signed in as somebody else. The server compares, and refuses with OTHER_ACCOUNT before it does
 * anything. Navigations, plain forms, images and downloads stand on the cookie alone; so do programs, whose token is their
 * own. The value is the account's id.
 */
export const accountHeader = 'confab-account';

/** The same in the address of a socket, where browsers send no headers of ours. */
export const accountParameter = 'account';
