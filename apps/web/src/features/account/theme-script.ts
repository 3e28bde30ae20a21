/** Under which the browser keeps the choice: `light`, `dark`, or nothing for what the machine prefers. */
export const themeKey = 'confab.theme';

/**
 * Runs before the first paint, so that no page flashes in the wrong colours. A browser that refuses storage to the
 * page gets the machine's preference.
 */
export const themeScript = `(()=>{let t=null;try{t=localStorage.getItem('${themeKey}')}catch{}
document.documentElement.dataset.theme=t==='light'||t==='dark'?t:matchMedia('(prefers-color-scheme: dark)').matches?'dark':'light'})()`;
