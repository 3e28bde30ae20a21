export const instruments = `
A: May I borrow the {tool} until {day}?
B: It’s on the hook, sign the book.
A: Signed. Who is “R.” who has the other one since {1998-2016}?
B: We have stopped asking.

A: The {device} at {gauge} <drifts by {3-14} mm a day|has gone quiet|reports {0.05-0.40} m too much>.
B: Salt in the connector?
C: Or a mussel. It is mussel season.
A: I’ll look at low water, {time}.
A: It was a mussel.

A: Calibration of the {device} is done: {1-9} mm over the whole range, certificate is in the folder.
B: Better than new.
A: It was {4-19} mm when new.

A: Battery at {gauge} is at {11.2-12.1} V, panel is dirty again.
B: Gulls.
A: Gulls. Going up with a brush.
C: Wear the helmet this time.

A: Do we still have M{4-12} bolts in stainless? A4, not A2.
B: Box {3-40}, second shelf, behind the box that says “not bolts”.
A: Found. That box is full of bolts.

A: New {device} arrived. It is smaller than in the picture and heavier than it looks.
B: Serial number please, for the list.
A: TG-{10000-99999}
B: Listed. It is yours until it breaks.

A: Who is free for {gauge} on {day}? Two people, three hours, one ladder.
B: I am.
C: I can drive.
A: Perfect, {time} at the shed.

A: Firmware {1-4}.{0-19} is out for the loggers. It fixes the clock after a restart.
B: Does it break anything?
A: Tried it on three in the shed over the weekend, nothing so far.
C: Then please one outside first, the one at {gauge}, nobody looks at it on {day}s.

A: The {device} hums.
B: Which note?
A: B flat.
B: Then it’s the transformer.

A: How do you open the housing of the {device} without the special key?
B: With the special key.
C: It hangs behind the door, on the red string.
A: Thank you both, in different ways.

A: Zero check at {gauge}: staff {1.42-2.61}, sensor {0-6} mm above it. Noted in the book and in the system.
B: 👍

A: Cable is cut through at {place}. Not sawn, chewed.
B: By what?
A: Something with a plan.
B: I’ll bring {10-60} m of armoured.

A: What I did at {gauge} today, for the record: took the old {device} out (two bolts of four had gone, the other two did not want to), cleaned the well, put the new one in at the same height to the millimetre, checked against the staff at {time} and again after an hour, changed the desiccant, wrote the date on everything. Two things are still open: the lid does not close by itself any more, and the lower bracket will need welding before winter. Pictures are in the folder.
B: Model report. I’ll order the bracket.
C: I can weld on {day}, if it does not rain sideways.

A: Spare clamps?
B: {2-14} left, the rest is at Pier 7.

A: The torque values for the flange are {18-24} Nm, not {80-95}. Please throw away the old sheet.
B: That explains a noise I heard.

A: 12 V or 24 V at {gauge}?
B: 12.
A: 👍

A: Who has the key to the cabinet?
B: Me, in the blue jacket.
A: And where’s the jacket?
B: Good question.

A: Staff board at {place} is readable again, {1-3} hours with a brush.
B: Before and after pictures?
A: After. Before was a garden.

A: Spare {device} goes out on loan to the school until {day}.
B: The good one?
A: The one that cannot be broken. We tried.

A: Does anybody remember the password of the old logger?
B: It is written inside the lid. It was a different time.
C: Please change it.
A: Done, and not inside the lid.

A: Levelling round finished: {gauge} sank {1-4} mm in a year.
B: The pier or the staff?
A: The pier. We measured against three marks in the rock.
C: I’ll put it in the table.

A: Antifouling on the {device}: copper tape works, {5-14} weeks without a barnacle.
B: Where did you get the tape?
A: Garden shop. It is for snails.

A: The {tool} is bent.
B: It was straight yesterday.
A: It was a long yesterday.

A: I need somebody small for the well at {place}.
B: How small?
A: {45-60} cm.
C: That is a cat.

A: Drill bits sorted by size. Please, please leave them so.
B: For how long?
A: Allow me a week.
`;
