export const lunch = `
A: Who is in for lunch at {time}?
B: <Me|In|Count me in>
C: <Me too|+1|In, if there is bread>
A: Is it soup?
D: Soup. It is always soup.

A: Today: {soup}.
B: 😍
C: <Again!|Finally|Keep me a bowl, I’m at {place} until one>
A: Kept.

A: I made too much {soup}. Pot is on the stove in the shed.
B: There is no such thing as too much.
C: There was last <week|month>.
B: We do not talk about that.

A: Fish van is at {place} until {time}.
B: What do they have?
A: Mackerel, and opinions.

A: I bring {cake} on {day}.
B: What’s the occasion?
A: {day}.
C: Good occasion.

A: Vote for tomorrow: {soup} or {soup2}?
B: {soup}.
C: {soup2}, obviously.
D: {soup}
A: The people have spoken: {soup}. There will also be bread.

A: Is anybody allergic to <nuts|celery|mussels|good advice>?
B: <Not me|Yes, please without|Only on Mondays>

A: Table outside, the sun is on it.
B: The wind is on it too.
A: Bring a stone for the napkins.

A: Could whoever borrowed the big ladle return it? No questions asked.
B: One question: which one is the big one?
C: 😂

A: I’m late, start without me.
B: We started without you ten minutes ago 🥖

A: There is {soup} left for two.
B: Mine!
C: Mine!
A: And there was {soup}.

A: Does {soup} count as soup?
B: Can you eat it with a fork?
A: Not with dignity.
B: Soup.

A: Coffee at {place} in five minutes?
B: <Yes|In ten|Walking>

A: Somebody left {cake} in the chart room. Somebody is a hero.
B: It was me and it was for the visitors 😐
A: The visitors were very small. They are gone. So is the cake.
`;
