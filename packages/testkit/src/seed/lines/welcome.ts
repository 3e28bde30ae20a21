export const welcome = `
A: How do I find the readings of one gauge? I only see the map.
B: Click its name, then “Series”. Or straight: https://tides.example/gauges/{3-48}
A: Found it, thank you!

A: Is there somebody who can tell me what “{zone}” means on the pages?
B: Everything in the tables counts from there. The help page has a drawing, made by somebody who can draw.
A: The drawing did it 👍

A: Which room is right for a question about {format} files?
B: Open data, just ask. They like questions with an example in them.

A: Can visitors come along to a gauge inspection?
B: On {day}s, with boots. Tell us by the evening before, there is room for {3-6}.
A: I have boots.
C: Then you are half a member already.

A: My name is shown twice in the people list?
B: One of you is on a phone and one is on a laptop. Only one of you is in the list, look again 🙂
A: Oh. It is a colleague with the same photo. Sorry!

A: Hello, is the office open today?
B: From {time}. Ring twice, the bell is shy.

A: I would like to help with {place}, where do I put my name?
B: The list hangs in the corridor, and I have just added you.
C: Welcome! First rule: bring a hat.
A: And the second?
C: Bring another hat.

A: Is this room the right one for complaints?
B: Depends. What about?
A: The gulls.
B: Then no room on earth is.

A: For everybody who is new: the rooms are open, walk in. Harbour square is loud, Night watch is short, Instrument shed lends things. Lunch decides itself. If you do not know where something goes, it goes here and one of us will carry it over. Nobody has ever been sent away for a question, only for feeding the seal.
B: We do not feed the seal.
C: Somebody feeds the seal.

A: How long are readings kept?
B: All of them. The oldest here is from {1881-1912}, in ink.

A: Do you have the tables in <French|Arabic|Japanese|Spanish> too?
B: Yes, top right. If something reads oddly, tell the translators, they are nice.

A: Lost: my access to the shed. The code does not work since {day}.
B: It changed. Ask whoever is on duty, never in here 🙂
A: Makes sense, thanks.

A: What’s a skerry?
B: A rock with ambitions.
C: An island without.

A: Hi, a quick one: are gauge times in UTC?
B: Always. The pages convert, the files do not.
A: That explains the hour I was looking for.
`;
