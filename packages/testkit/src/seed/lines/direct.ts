/** Between two people. */
export const direct = `
A: Do you have a minute?
B: <Always|Two, even|After {time}, yes>
A: It’s about {gauge}, the readings look <too good|a little flat|like somebody is sitting on it>.
B: I’ll look at them tonight.

A: Are you at {place}?
B: <Almost|Yes, why?|Was, ten minutes ago>
A: <I left my gloves there|Could you check the door?|Bring me a coffee?>
B: <Got them|Sure|Sugar?>

A: Could you look at the soundings before <lunch|the meeting|{time}>?
B: Looking.
B: Line {12-90} is upside down, the rest is fine.
A: 🙈 thank you

A: Happy birthday!! 🎂
B: Thank you! {cake}, at three, in the shed.

A: Did {gauge} come back?
B: At {time}, as if nothing had been.

A: I can take your shift on {day}.
B: Really? I owe you one.
A: You owe me {3-9}.

A: How was the dentist?
B: Longer than the tide.

A: Running late, {5-25} min.
B: No hurry, the kettle is on.

A: Which size were the clamps?
B: {40-90} mm.
A: And how many?
B: All of them.

A: Could you send me the file again? My laptop ate it.
B: https://files.tides.example/d/{1000-9999}
A: Got it, merci!

A: Walk after work? The light will be good.
B: <Yes please|Only if we pass the bakery|At {time} at the steps>
A: 🌅

A: I read your report on the zero shift. It is the first one I finished in one go.
B: It is also the shortest.
A: That too. Seriously, the part about the levelling books should go on the web page, people ask me about it every other week and I tell it worse than you do.
B: All right. Give me until {day}.

A: ok
B: ok?
A: ok as in: yes, thank you, sounds good, see you there.
B: ok

A: Have you seen my pencil? The good one.
B: Behind your ear.
A: …
A: I am going home.

A: Is {day} still on?
B: <Yes!|If the wind lets us|Moved to {time}, sorry, forgot to say>

A: 👍

A: You were right about the connector.
B: I know. But thank you for writing it down.

A: They have asked whether we can do {gauge} as well.
B: When?
A: Before winter.
B: Which winter?

[ja]
A: 今日の {gauge} のデータ、見ましたか？
B: はい、{time} ごろに小さなピークがありました。
A: やっぱり。あとで図を送ります。

[ja]
A: お昼はスープですか？
B: いつもスープです 😊

[ja]
A: 明日の会議、{time} からで大丈夫ですか？
B: 大丈夫です。資料は共有フォルダにあります。

[ja]
A: 桟橋の写真、きれいに撮れましたよ。
B: 見たいです！
A: https://photos.tides.example/{1000-9999}

[ar]
A: هل وصلك الملف؟
B: وصل، شكرًا. أقرؤه الليلة.

[ar]
A: كيف كانت النوبة؟
B: هادئة، والبحر مثل الزيت.
A: الحمد لله على السلامة 🌙

[ar]
A: موعدنا غدًا في {time}؟
B: نعم، عند الرصيف القديم.
A: سأُحضر القهوة ☕

[ar]
A: أحتاج إلى نسخة من جدول المدّ.
B: أرسلتُها إلى بريدك قبل قليل.

[ru]
A: Ты на посту?
B: На посту, чай горячий.
A: Еду.

[ru]
A: Пришли, пожалуйста, журнал за {2-27}-е число.
B: Уже в папке.
A: Спасибо, нашёл.

[ru]
A: Что с датчиком?
B: Живой. Замёрз, но живой.
A: Как и мы 🙂

[ru]
A: Завтра обещают {12-26} м/с.
B: Тогда закрепим антенну сегодня.
A: Буду в {time}.

[es]
A: ¿Cómo va la draga?
B: Despacio. Hoy {120-480} metros cúbicos y una bicicleta.
A: 😂

[es]
A: ¿Tienes el calado del {boat}?
B: {3.2-6.8} m a popa.
A: Gracias, entra justo.

[es]
A: ¿Comemos juntos?
B: Claro, a las dos. Hay sopa.
A: Siempre hay sopa.

[es]
A: Te dejo las llaves en la oficina.
B: Perfecto, paso a las {time}.

A: Did you read the comments on the draft?
B: Half. The friendly half.
A: Then you have the better half before you.

A: I put the book on your desk.
B: The one about harmonic analysis?
A: The one about the whale.

A: Train is at {time}, platform {1-4}.
B: I’ll save you a window.

A: Are you all right? You were quiet in the meeting.
B: Just tired, night shift. Thank you for asking.
A: Sleep well then, I’ll take your calls until noon.

A: Wrong window, sorry!
B: I liked it anyway.

A: Have you got the number of the crane people?
B: 555-01{10-99}. Ask for Ruth.
A: Ruth is great, thanks.

A: Can we swap desks? The sun eats my screen after two.
B: If I get the plant as well.
A: The plant stays. All right, the plant goes.

A: Which branch has your fix?
B: \`fix/slack-water\`. Two commits, the second one is only spelling.
A: Merged. The spelling was the hard part.

A: Look outside.
B: Oh!
A: Told you 🌈

A: Would you proofread {2-5} pages for me? It is the summary for the council, so no formulas, no abbreviations, and nobody may fall asleep before the paragraph on money.
B: Send it. When do you need it?
A: {day} morning.
B: You’ll have it the evening before.

A: Lunch?
B: Soup?
A: Soup.
`;
