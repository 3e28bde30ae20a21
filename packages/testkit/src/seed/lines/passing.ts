/** Other languages than English, in passing, where enough people speak them. */
export const passing = `
[de]
A: Moin! Ist {boat} schon durch?
B: Moin. Vor {5-40} Minuten.
A: Danke dir.

[de]
A: Hat jemand Feierabend und zwei starke Arme?
B: Eins von beiden.
A: Reicht, komm zum Schuppen.

[de]
A: Wasserstandsfernmeldeanlage, 27 Buchstaben. Das Schild wird {60-120} cm breit.
B: Zweizeilig?
A: Niemals.

[fr]
A: Bonjour, la marée de {time} est un peu en avance, non ?
B: Oui, c’est le vent. Environ {6-20} minutes.
A: Merci !

[fr]
A: Qui a laissé ses bottes devant la porte ?
B: Moi, pardon. J’arrive.

[es]
A: ¿Hay sitio en el muelle {2-9} esta tarde?
B: Sí, a partir de las {time}.
A: Estupendo, gracias.

[es]
A: ¡Delfines junto al faro! 🐬
B: ¿Cuántos?
A: {3-12}, y muy contentos.

[ru]
A: Ветер меняется, к вечеру будет северный.
B: Спасибо, закрепим всё на палубе.

[ru]
A: Кто видел ключ от склада?
B: У меня, несу.

[ar]
A: تحيّة للجميع، البحر هادئ اليوم.
B: أهلًا! فرصة جيدة لتنظيف المقياس.
A: اتفقنا، نلتقي عند الرصيف في {time}.

[ar]
A: هل من أحد عند البوابة؟
B: أنا هنا، تفضّل.

[ja]
A: 今日は風が強いですね。
B: そうですね、{8-15} メートルくらいです。
A: 気をつけましょう。

[ja]
A: 満潮は {time} です。
B: ありがとうございます。ボートを上げておきます。
`;
