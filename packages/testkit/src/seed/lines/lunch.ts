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

A: Who has the list for {day}?
B: On the fridge. Under the whale magnet.

A: {soup} again?
B: You said you liked it.
A: I did. On {day}.

A: Can somebody bring <a lemon|bread|butter|salt>?
B: <Yes|How many?|On the way>
C: And a second one, for me.

A: There are {3-9} of us and {2-5} chairs.
B: Bollards are chairs.

A: New bakery by {place}. The rye is serious.
B: How serious?
A: I needed both hands.

A: Vegetarian today?
B: Always possible, just say it before eleven.
A: Saying it.

A: I could only find {soup} in a tin.
B: We will not tell anybody.
C: Tell anybody what?

A: Lunch in the sun, five minutes, bring your own spoon.
B: 🥄

A: Thank you for the {soup}, I had thirds.
B: I counted four.

A: Is there anything after the soup?
B: {cake}.
A: I’m on my way.
C: So am I, suddenly.

A: Rain. Inside today, the long table.
B: I’ll wipe it. There was epoxy on it.
C: There is epoxy in it.

A: Guests tomorrow, {4-12} from the office. More pot.
B: The big pot has a hole.
A: Then the two middle pots.

A: Recipe for {soup}, as promised: onions slowly, longer than you think, then everything else, water to cover, forty minutes, and the thing that makes it good is a spoon of vinegar at the very end. No, I do not measure. Yes, you may write it down.
B: Written down: “onions, longer”.
C: My grandmother says the same, with less vinegar.

A: Anybody else at the fish van?
B: Third in line. Shall I get you something?
A: {2-4} herrings, please 🐟
`;
