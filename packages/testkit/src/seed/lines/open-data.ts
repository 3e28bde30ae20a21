export const openData = `
A: The {month} series is out: {28-46} gauges, {format}, {180-420} MB. Checksums are beside the files.
B: Downloading. Any changes in the columns?
A: One new at the end, \`quality\`. Old readers will not notice.
C: Bless you for “at the end”.

A: Why does {gauge} stop at {time} on the {2-27}th?
B: Modem. The logger has it all, it comes with the next collection.
A: So a gap now and no gap later?
B: Exactly, that is what flag {2-5} says.

A: Question about the {format} files: are heights above {zone}?
B: Above chart datum, in metres. There is an offset per gauge in the header.
A: I was off by {1.12-2.95} m, that fits. Thank you!

A: I get {404-412} lines for one day from {gauge}. Should it not be 1440?
B: That one reports every three and a half minutes, it is old and slow and we love it.
C: Like all of us.

A: Is there an API, or do I take the files?
B: Both. https://api.tides.example/v2/gauges/{3-48}/levels?from=2d gives you the last two days.
A: Is there a limit?
B: Be kind. If you are not, it tells you how long to wait.

A: def drift(new, old, window="6h"):¶    pairs = align(new, old, tolerance="30s")¶    return (pairs.new - pairs.old).rolling(window).median()
B: Does \`rolling\` cope with the hole at {time}?
A: It does, holes stay holes: https://wiki.tides.example/gauges/holes
B: 👌

A: Somebody asked for hourly means. They are in \`/means/hourly\`, from {1996-2012} on.
B: That was me. You made a whole department happy.
A: How large is the department?
B: Me.

A: Small thing: two stations share the id {11-48} in the {month} index.
B: Ouch. Fixed, the index is rebuilt, the data itself was right.
A: That was fast, thanks!

A: For those who compare with satellite data: remember the inverse barometer. Yesterday’s pressure alone is worth {8-24} cm.
B: I will print this and hang it over my desk.
C: Please correct in this direction: low pressure, high water.
B: Printed.

A: Licence question from a newspaper: may they print the graph?
B: Yes, with the name of the source. CC BY, it is on every page.
A: They want to print it upside down.
B: Also yes.

A: Plot of the surge, all gauges on one axis: https://plots.tides.example/{1000-9999}
B: The shoulder before the peak, is that the seiche?
A: I think so, {22-41} minutes, same as in the old records.
C: Beautiful.

A: Has anybody read the {format} with a recent pandas? Mine complains about time zones.
B: Pass \`utc=True\` and it purrs.
A: Purring.

A: We found {2-9} duplicated rows per million in the archive. All from the night the clocks changed.
B: Which year?
A: Each.

A: Planning the next release for {day}. If you know of something broken, now.
B: {gauge} has a spike of {6-14} m on the 3rd. Unless it was real.
A: If it was real we would have noticed, I hope. Flagged.
C: The sandwich bar would have noticed.

A: Here is what I learned about the old series, so that nobody has to again. Until {1931-1958} the zero was a brass bolt at the old quay, and when the quay was rebuilt the bolt was moved by “about a hand”. The hand was {9-11} cm, I have it from two levelling books that agree, and the correction is in the file \`zero-shifts\`. If your trend has a step there, it is the hand and not the ocean.
B: This is the best thing I read this week.
C: Whose hand?
A: The books do not say. A large one.

A: Unit tests for the converter are in. {38-90} pass, one is sulking.
B: Which one?
A: Leap seconds.
B: Let it sulk.

A: Is {1.21-3.05} m at {gauge} plausible for {time}?
B: For springs with that wind, yes.

A: What does a negative height mean, is the sea missing?
B: It is below chart datum. Rare, but the sea is allowed to.

A: Map tiles with all stations: https://maps.tides.example/#{5-12}/{54.10-61.90}/{4.10-11.90}
B: The one in the forest is wrong, I hope.
A: It is a river gauge. Wrong, but proudly.

A: My harmonic fit gives M2 = {0.41-1.62} m at {gauge}. Yours?
B: Within a millimetre. Which years?
A: {1998-2008} to now.
C: Then it is settled science.

A: Does anybody keep the raw counts, before conversion?
B: For {30-90} days. Longer if you ask before they go.
A: Asking.
B: Kept.

A: I wrote down how to read the {format} in four languages of programming: https://wiki.tides.example/read/{100-900}
B: You forgot Fortran.
A: I remembered Fortran. That is why it is not there.

A: Timestamps in the {month} file end in :59 instead of :00, on purpose?
B: Logger firmware. Interval is right, label is one second early.
A: I can live with a second.

A: Nice use of our data, a tide clock for a school: https://school.example/clock/{10-99}
B: 😍
C: Is it right?
A: To {2-9} minutes, and it has a whale on it.

A: The upload from {gauge} took {4-19} tries tonight.
B: Antenna is behind the new container stack.
C: I’ll ask them to stack elsewhere.
A: Thank you. Data complete anyway.

A: Can I filter by quality in the API?
B: Add &quality=good. For everything: leave it out and be brave.
`;
