/** Between the people who put a new sensor on the third pile, and those who watch its data. */
export const rollout = `
A: New sensor minus old, last six hours: median {4-19} mm. Anything under 20 is fine by me.
B: And the spread?
A: {6-28} mm, mostly wash from the ferries.
B: Then let it run another night.

A: Divers are booked for {day}, {time}, low water.
B: Visibility?
A: They say “hand in front of face, mostly”.
C: I bring the rope and the tea.

A: First reading at {time}: {1.20-2.40} m. The old gauge said {1-4} cm less, so we are within a hair already.
B: 🎉
C: A hair is how many millimetres?
B: Depends on the head.

A: Who tells the harbour office about the switch?
B: I’ll write it now.
A: Thanks. Short, they read the first line.
B: Then the first line is all there is.

A: Bracket {2-4} is loose again, I hear it in the data.
B: You hear it?
A: Every {7-14} seconds a tick, when the swell comes from the west.
C: I go down and tighten. Torque?
A: {18-24} Nm.
C: Done, listen again.
A: Silence. Lovely.

A: The modem restarts at {time} each night.
B: That is the provider. The logger keeps everything, it sends later.
A: Then the page should say “late” and not “down”.
B: Agreed, small change.
A: Deployed.

A: Draft of the notice, please read: “From {day} noon the public page shows the new gauge at Pier 7. Heights stay comparable, the zero is the same. During the change there may be a gap of up to ten minutes; it will be filled afterwards from the logger. The old gauge stays in place until spring, so that both can be compared, and its readings remain available under their old address.”
B: Perfect. Maybe “is filled” instead of “will be”.
C: And the phone number of the desk.
A: Both in.

A: Do we have a photo of the third pile before the work?
B: Several. In one of them there is even a pile.
C: 😂
B: In the folder: https://files.tides.example/pier-7/{100-999}

A: Checklist for tomorrow: clamps, desiccant, spare cable, ladder, dry socks.
B: Clamps ✔️
C: Ladder ✔️
A: Socks?
B: …

A: The comparison for the night is in, {0-3} points outside, all at slack water.
B: I’ll look at them one by one.
A: They are the same seal, I think.
B: It is the same seal.

[ar]
A: ترجمة الإشعار جاهزة، هل يراجعها أحد؟
B: راجعتُها، ممتازة. غيّرتُ كلمة واحدة فقط.
A: شكرًا جزيلًا 🌊

A: Can we move the meeting to {time}?
B: <Fine with me|Yes|Better, actually>
C: 👍

A: Budget: {240-980} left, without the plate.
B: And with the plate?
A: Less than nothing.
C: I know somebody with a laser.

A: Backup of the logger taken, {12-88} MB, checksum noted in the book.
B: You wrote a checksum by hand?
A: The first eight digits. I’m not a monk.

A: The gap on <Saturday|Sunday> is not a gap, it is the clock. {40-75} s off.
B: Ah. Shift, do not fill?
A: Shift. Both versions stay in the archive.

A: Are the offsets in the table old or new?
B: New, since {day}.
A: Thanks, that was the missing piece.

A: Photo from below: https://files.tides.example/pier-7/{100-999}
B: What am I looking at?
A: Clamp three. The green thing is not ours.

A: Do we keep the old cable?
B: As a spare, coiled in the shed.
A: It has a knot I cannot explain.
B: That is why it is a spare.

A: Old and new agree to {2-7} mm through the whole storm.
B: Now I believe it.
C: I believed it on {day}.

A: I’m at the pier until <four|{time}> if somebody wants to see it.
B: Coming with coffee ☕

A: Is the plate straight?
B: Define straight.
A: Like the horizon.
B: Which horizon? Yes. It’s straight.

A: Short call about the alarm levels?
B: {time}?
A: Works. I’d like {2.4-2.8} as the first and {2.9-3.2} as the second.
B: Those are the levels of the old one plus ten, good.
`;
