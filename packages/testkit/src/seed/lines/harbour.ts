export const harbour = `
A: The ferry at {time} is <cancelled|running {10-35} minutes late|replaced by the small boat>, <plan for the next one|leave a bit earlier|do not run for it>.
B: <Thanks, I was already walking down|Thank you, that saves me an hour on the bench|Noted, I’ll tell the school group>
C: <🙏|Again?|Is it the bow thruster again?>
A: <Bow thruster.|Fog on the bar this time.|The captain says “soon”, which means not soon.>

A: Wind is up to {6-9} from <noon|three o’clock|the evening>, {wind}. Whoever has something loose on deck, this is the moment.
B: Two dinghies at {place} look loose to me.
C: One of them is mine, on my way!
D: Take the other one along, its owner is <on leave|at lunch|in another town>.
C: <Done. Both of them.|Both tied, one of them with my belt.>

A: The {gauge} gauge reads {0.1-0.6} above forecast, if that helps anybody decide.
B: It does. We move the market stalls up one row.
C: Soup is ready for everybody who carries a stall 🥣
D: <Carrying!|I have two hands and no plans.|On my way>

A: Anyone else getting the forecast twice <today|since this morning>?
B: Yes. Once at {time} and once four minutes later, identical.
C: The mail gateway hiccuped. It should be single again by tonight.

A: Lovely light out there, by the way. Somebody at {place} with a camera?
B: <On the roof already 📷|Battery is flat, of course|Two minutes>
A: You are the best of us.

A: {boat} is in, {12-48} containers, berth {1-9}.
B: <She was due yesterday|Early for once|Crew wants showers, do we have hot water?>
C: <We have.|Ask at Customs House|Yes, key is at the desk>

A: Has anybody seen a grey hat near {place}? Knitted, hideous, loved.
B: There is one on the bollard at berth {2-9}. It looks happy.
A: That’s the one 😄

A: Road past {place} is closed {day} from {time}, they lift the old crane.
B: For how long?
A: They say two hours. So until evening.
C: 😅

A: Fog signal test at {time}. It is only a test. It will not sound like one.
B: My dog thanks you for the warning.

A: <Visibility is down to {200-900} m at the mole|Cannot see the lighthouse from the office|Thick out there>. Pilots on standby.
B: {boat} waits outside until it lifts.
C: Forecast says {time}.
A: Forecast is an optimist.

A: High water today {1.9-3.4} m at {time}, low {0.1-0.9} m six hours and a bit later. <Nothing unusual|Springs, so mind the lower steps|Neaps, enjoy the mud>.
B: 👍

A: There is a {bird} on the end of the pontoon, and it is not in a hurry.
B: <Pictures please|Third time this month|It pays less than the rest of us for the berth>
A: It has just eaten something larger than itself. No pictures.

A: Who do I call about a line that parted at berth {2-8}? Nobody hurt.
B: Duty phone, then the log. I’m coming with a new one.
A: Thanks. The stern line holds.
B: <There in ten|Already on the quay, wave>

A: The kiosk closes at {time} today, in case you live on its coffee.
B: This is how rumours start. I’ll get three.

A: Divers down at {place} until {time}. Dead slow, please, and keep to the far side.
B: {boat} informed.
C: Ferries informed.

A: Divers are out of the water, everybody dry and fed.
B: 👏

A: Reminder: the harbour walk with the second form is on {day}. {14-28} children, two teachers, one whistle.
B: I’ll show them the crane.
C: And I’ll count them again afterwards.

A: Does anybody know why the bell at {place} rang at four in the morning?
B: <Swell from a passing tanker|A seal. I saw it. Nobody believes me.|Jonas.>
C: 😂

A: Winter timetable is out: https://harbour.example/timetable/winter
B: The last boat is earlier now, {time}.
C: So are we all, in winter.

A: Crane {1-4} is back. New brake, new rope, same squeak.
B: I would miss the squeak.

A: Surge warning from the office: up to {0.3-0.9} m above the tables tonight, peak around {time}. Lower steps closed, boards in at {place}. If you have a cellar on the front street, now is a good time to look at it, and please also knock at number {2-30}, they never read this.
B: Knocked. They read it now.
C: Boards are in.
D: Pumps tested, both run.
A: Thank you. Next update at {time2}.

A: <Has the pilot boat left?|Where is {boat}?|Which berth for {boat} tomorrow?>
B: <Left ten minutes ago|Berth {1-9}|Still alongside, engine warm>

A: Free to a good home: {12-60} m of rope, slightly wet.
B: How wet is slightly?
A: It is rope in a harbour.

A: Swell is making the pontoons at {place} jump. Mind your ankles.
B: Noted the hard way.

A: Happy to report that the toilets at {place} work again.
B: The most read message of the week 🎉
C: 🎉🎉

A: The big {bird} is back on the crane hook, so lifting starts half an hour later.
B: Rule of the house.
C: Who made that rule?
B: The {bird}.

A: Market day on {day}: front street closed from {time}, deliveries by the back gate.
B: Also for ice?
A: Ice goes first, always.

A: {boat} needs {2-6} hands at {time} to shift berth.
B: <Here|Two of them are mine|Coming after the call>
C: I bring gloves.

A: Who left the hose running at {place}?
B: The rain did it.
A: The rain has no brass nozzle.

A: Water temperature {4-17}.{1-9} °C. The swimming club says “refreshing”.
B: The swimming club is not to be trusted.
C: 🥶

A: Sunday concert at {place}, {time}, if it stays dry. Brass, mostly.
B: And the foghorn?
A: In the second movement.

A: The new bollards are in. Eleven of them, numbered {1-3} to 11, with two sevens.
B: Which seven is ours?
A: The crooked one.

A: Is the pump-out station working?
B: Since {time}, yes. Card only.

A: Pilot reports {1.5-4.0} m swell at the outer buoy, period {8-14} s.
B: Then no tenders to {place} before it drops.
C: Told the skippers.

A: Parking by {place} is full, use the upper yard.
B: The upper yard has a {boat} in it.
A: Then use the yard around the {boat}.

A: Oil sheen near berth {1-9}, small. Boom is going out.
B: Source?
A: An outboard with a past.
C: Logged, photos in the folder.
`;
