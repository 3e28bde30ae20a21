export const trips = `
A: {day} looks good for the Skerries: {6-14} knots, sun until {time}.
B: I’m in.
C: Who drives?
A: {boat}, if she starts.
D: She starts if you ask nicely.

A: Packing list: water, hat, sandwiches, second hat.
B: Camera 📷
C: Sea sickness pills, for me, sorry in advance.

A: Lift from the station at {time}, {2-4} seats.
B: One for me, please.
C: And me.

A: Photos from the trip: https://photos.tides.example/{1000-9999}
B: The {bird}!!
C: Number {4-48} is me, falling in slowly.
B: Framed.

A: Tide tells us to be back by {time}.
B: And if not?
A: Then we learn patience until six.

[de]
A: Nehmen wir den großen Kocher mit?
B: Ja, und Streichhölzer, diesmal trockene.
A: 😄

[es]
A: ¿Salimos a las {time}?
B: Mejor media hora antes, la marea no espera.
A: Vale, nos vemos en el muelle.

A: Who has the key of the hut?
B: Under the stone.
A: Which stone?
B: The one that looks like it.

A: We are {5-9} now. Two boats?
B: Two boats. I take the slow one.
`;
