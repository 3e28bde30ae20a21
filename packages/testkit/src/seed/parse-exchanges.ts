import type { Language } from './people.ts';

/** A few messages that belong together, written for roles (A, B, C …) that people take. */
export interface Exchange {
  readonly language: Language;
  readonly lines: readonly ExchangeLine[];
}

export interface ExchangeLine {
  readonly role: string;
  /** With `{slots}` and `<one|other>` choices; see write-line.ts. */
  readonly text: string;
}

/**
 * Reads a script: exchanges stand apart by blank lines, one message is one line (`A: …`; `¶` breaks it), and a first
 * line such as `[ru]` names the language.
 * @throws SyntaxError naming the line that is none of these
 */
export function parseExchanges(script: string): Exchange[] {
  return script
    .trim()
    .split(/\n\s*\n/)
    .map((block) => {
      const lines = block.split('\n').map((line) => line.trim());
      const language = /^\[(en|ru|ar|ja|es|de|fr)\]$/.exec(lines[0] ?? '')?.[1] as Language | undefined;
      return { language: language ?? 'en', lines: lines.slice(language ? 1 : 0).map(parseLine) };
    });
}

function parseLine(line: string): ExchangeLine {
  const [, role, text] = /^([A-E]): (.+)$/.exec(line) ?? [];
  if (role === undefined || text === undefined) throw new SyntaxError(`not a line of an exchange: ${line}`);
  return { role, text: text.replaceAll('¶', '\n') };
}
