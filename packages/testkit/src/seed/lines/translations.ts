export const translations = `
A: New on the pages: “storm surge”. Who has a good word for it?
B: I do, and it even fits on the button.
A: In your language things always fit on buttons.

[ja]
A: 「storm surge」は「高潮」でいいですよね？
B: はい、「高潮」です。
A: 助かります 🙏

[ar]
A: كيف نترجم «storm surge»؟
B: «مدّ العاصفة»، وهي مستعملة في النشرات.
A: جميل، شكرًا.

[ru]
A: «Storm surge» у нас «штормовой нагон», все согласны?
B: Да, нагон. Кнопку придётся расширить.
A: Опять кнопка…

[ja]
A: 「潮位」と「水位」、どちらにしますか？
B: 海なので「潮位」がいいと思います。
A: 了解です。直しました 🌊

[ar]
A: هل نكتب «مقياس المدّ» أم «محطة قياس المدّ»؟
B: «محطة قياس المدّ» أوضح للقارئ.
A: تمام، عدّلتها في الصفحات كلها.

[ru]
A: «Нуль глубин» или «ноль глубин»?
B: «Нуль», так во всех таблицах.
A: Хорошо, спасибо.

A: {3-24} strings left, mostly about gates.
B: I do the gates tonight.
A: You are a gate yourself.

A: “{zone}” breaks the button in Russian, it’s too long.
B: Everything is too long in Russian.
C: Wasserstandsfernmeldeanlage.
B: I take it back 😅

[ja]
A: 翻訳の確認をお願いできますか？ {8-30} 行だけです。
B: もちろん。{time} までに見ます。
A: ありがとうございます！

[ar]
A: راجعتُ صفحة المدّ والجزر، وكل شيء جاهز للنشر عند الظهر.
B: ممتاز، شكرًا لك. سأنشرها الآن.

[fr]
A: On dit « marégraphe », n’est-ce pas ?
B: Oui, et « le » marégraphe.
A: Merci !
`;
