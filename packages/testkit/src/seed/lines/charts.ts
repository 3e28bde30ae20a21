export const charts = `
A: The {1862-1968} survey is scanned, {12-58} sheets, 600 dpi.
B: Including the {area}?
A: Sheets {2-6} and {7-12}, with somebody’s tea on the second.
C: A historic tea.

A: Does anybody know where the original of the {area} chart is?
B: Cabinet {2-9}, the drawer that sticks.
A: It is in the drawer and the drawer sticks.

A: The {1890-1962} sheet has the old quay where the kiosk is now.
B: So the kiosk stands on {2-7} m of fill?
A: On fill and one ship’s boiler, going by the soundings.
C: That explains the kiosk.

A: Soundings on this one are in fathoms, on that one in feet, and on sheet {3-19} in something else.
B: Could it be Swedish?
A: It could. It is. Thank you.

A: Who can read this hand? https://charts.tides.example/scan/{1000-9999}
B: “Foul ground, or foul something.”
C: “Foul gruel.” It is the cook’s note.
A: Filed under cooks.

A: Georeferenced the {area} sheet: residuals {4-19} m, mostly because paper is alive.
B: Still better than the coast was known then.

[ru]
A: Нашла карту {1871-1939} года, с промерами у старого маяка.
B: Отличная находка! Масштаб?
A: 1:{10-50} 000, состояние хорошее.

A: Treasure map number {3-11} this year. Cross on the {area}, “dig here”.
B: Did you?
A: It is a cable now.

A: Please wear gloves with the {1790-1850} folios. The cotton ones, not the ones for mussels.
B: That was once.

A: The library has a new lamp. You can see the colours now.
B: What colour is the sea?
A: Brown. It always was. They were honest.

A: Lending list for {day}: atlas {1-6}, the pilot book of {1888-1934}, two rolls without name.
B: The rolls are mine, I’ll label them.

A: Could I get a scan of the {area} from before the mole?
B: Which mole? There were three.
A: Before all of them.
B: Then sheet {1-9}. Tonight.
A: 🙏

A: The plotter is free until {time}.
B: Then I take it for the {area}, four sheets.

A: On this one there are two islands that do not exist.
B: Fog?
C: Or taxes.

A: Catalogue is at {1200-4800} entries.
B: How many left?
A: Nobody has opened the last cabinet.

A: Can I hang the {area} sheet in the hall?
B: A copy, yes. The original does not like light.

A: Which projection is the {1870-1935} one?
B: Hope.
C: Mercator, with some hope.

A: A visitor asks for the wreck chart of the {area}.
B: Is he a diver or a lawyer?
A: Both.
`;
