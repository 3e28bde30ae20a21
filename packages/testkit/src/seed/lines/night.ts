export const night = `
A: All quiet from <two until six|ten to two|midnight on>.
B: 👍

A: {time} hand-over: pumps off, gate shut, one ship expected.
B: Taken. Sleep well.

A: Lights on the mole flicker. Noted, not urgent.
B: Seen. I’ll tell the electrician in the morning.

A: {boat} passed the lighthouse, pilot on board.
B: Copy.

A: Alarm at {gauge}: level {2.6-3.4}. Looking.
A: Real. Wind has turned. Boards in.
B: Do you need me?
A: No. Coffee would not hurt.
B: Coming.

A: Somebody left the shed open.
B: Closed now?
A: Closed.

A: Quiet. A seal. Quiet.

A: Rain, {2-11} mm since midnight. Drains fine.
B: 🌧️

A: Fog from {time}. Horn is on.
B: We hear it.

A: Power cut at {place}, {2-14} minutes. Loggers stayed up.
B: Batteries earned their money.

A: The phone rang, wrong number. Nice chat though.
B: 😂

A: Stars. Come out if you are awake.
B: <Out.|Seen, thank you ✨|Too warm in here>

[es]
A: Todo tranquilo en el muelle. Viento flojo, {4-9} nudos.
B: Recibido, buenas noches 🌙

[ar]
A: الليلة هادئة، ولا سفن منتظرة قبل الفجر.
B: الحمد لله. نوبة موفّقة.

A: Level falling since {time}. Gate opens at five.
B: Noted for the day shift.

A: Awake?
B: Always.
A: Just testing.

A: Tanker at anchor, {2-3} miles out. Lights in order.
B: Copy.

A: Door alarm at {place}. Checking.
A: The cat.
B: Again?
A: Same cat.

A: {gauge} sends again since {time}.
B: Good. One thing less.

A: Wind {6-9}, gusts above. Walk on the inner side.
B: Understood.

A: Late ferry alongside, {3-40} people, all cheerful.
B: That is the wedding.

A: Two anglers on the mole. Told them about the swell.
B: Did they listen?
A: The second wave was convincing.

A: Moon through the cranes. Worth a look.
B: 🌕

A: Generator test done, {8-15} minutes, no complaints.
B: From people?
A: From the generator.

A: Handing over. Kettle is full.
B: You are the best.
`;
