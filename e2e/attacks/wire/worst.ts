/** Inputs of about so many bytes on which a careless reader works longest. */
export function worstBodies(bytes: number): (readonly [string, string])[] {
  const fill = (unit: string) => unit.repeat(Math.floor((bytes - 16) / Buffer.byteLength(unit)));
  return [
    ['escaped quotes', `"${fill('\\"')}`],
    ['quotes', fill('"')],
    ['backslashes', `"${fill('\\')}`],
    ['unclosed strings', fill('"a')],
    ['open brackets', fill('[')],
    ['open objects', fill('{"a":')],
    ['closed brackets', fill(']')],
    ['pairs', `[${fill('[],')}0]`],
    ['keys', `{${fill('"a":0,')}"b":0}`],
    ['prototypes', `{${fill('"__proto__":{},')}"b":0}`],
    ['spaces', `${fill(' ')}1`],
    ['digits', fill('9')],
    ['exponent', `1e${fill('9')}`],
    ['unicode escapes', `"${fill('\\u0000')}"`],
    ['one string', JSON.stringify({ login: fill('a').slice(32), password: 'x' })],
    ['a mail address', JSON.stringify({ login: fill('a@').slice(64), password: 'x' })],
  ];
}

/** Texts of about so many bytes for a field that is checked, tidied, folded or searched. */
export function worstTexts(bytes: number): (readonly [string, string])[] {
  const fill = (unit: string) => unit.repeat(Math.floor(bytes / Buffer.byteLength(unit)));
  return [
    ['spaces', `${fill(' ')}x`],
    ['lines', `x${fill('\r')}`],
    ['marks', `a${fill('\u0301')}`],
    ['almost marks', fill('a\u0301\u0302\u0303\u0304\u0305\u0306\u0307\u0308')],
    ['joiners', fill('\u200d')],
    ['emoji', fill('👩\u200d')],
    ['flags', fill('🇦')],
    ['ligatures', fill('\ufdfa')],
    ['at signs', fill('a@')],
    ['dots', fill('.')],
    ['links', fill('http://')],
    ['commas', fill(',')],
    ['equals', fill('a=')],
    ['percent', fill('%25')],
    ['letters', fill('a')],
  ];
}
