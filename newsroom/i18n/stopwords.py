"""Words that say nothing by themselves, by language: without accents, as newsroom/i18n/words.py folds them.

Only words that join others: a word that somebody can be looking for is none. Lists of others are ten times as long, and hold
“war” and “bank”; some hold Turkish in the wrong encoding. So these are our own, with fewer words.
"""

STOP_WORDS = {
    language: frozenset(words.split())
    for language, words in {
        "en": """
            a about after all also an and any are as at be been before but by can could did do does for from had has have he
            her his how i if in into is it its may more most my no not of on one or other our out over said she should so
            some such than that the their them then there these they this those to under up us was we were what when where
            which while who why will with would you your
        """,
        "es": """
            a al algo ante antes aun como con contra cual cuando de del desde donde dos el ella ellas ellos en entre era es
            esa ese eso esta estaba estan este esto estos fue fueron ha habia han hasta hay la las le les lo los mas me mi
            muy ni no nos o otra otro para pero por porque que quien se segun ser si sin sobre son su sus tambien te tiene
            todo todos tras tu u un una uno unos y ya yo
        """,
        "pt": """
            a ao aos aquela aquele as ate cada com como contra da das de dela dele depois do dois dos e ela elas ele eles em
            entre era essa esse esta estao estava este eu foi foram ha isso ja lhe mais mas me mesmo meu muito na nao nas
            nem no nos nossa o onde os ou para pela pelas pelo pelos por porque qual quando que quem sao se segundo sem ser
            seu seus so sobre sua suas tambem te tem um uma umas uns
        """,
        "ar": """
            ان الي الا التي الذي الذين او اي اذا بعد بين بها به ثم حتي حول حيث خلال ذلك سوف علي عن عند عليه غير في فيها فيه قبل
            قد كان كانت كل كما كذلك لا لم لن له لها لكن ليس لدي مع ما من منها منه منذ نحو هذا هذه هل هم هنا هو هي و وقد وكان
            وفي وهو وهي ولا ومن يكون
        """,
        "fr": """
            a apres au aux avant avec c car ce cela ces cet cette ceux chez comme contre d dans de depuis des deux donc dont du
            elle elles en entre est et etre eu fait il ils j je l la le les leur leurs lors lui m mais me meme mon n ne nos
            notre nous on ont ou par pas plus pour qu que quel quelle quelles quels qui s sa sans se selon ses si son sont sous
            sur t te tous tout toute toutes tres tu un une vers voici votre vous y
        """,
        "de": """
            ab aber als also am an auch auf aus bei beim bis da dann das dass dem den denn der des die dies diese diesem diesen
            dieser dieses doch durch ein eine einem einen einer eines er es fur gegen haben hat hatte hatten ich ihr ihre ihrem
            ihren ihrer im in ins ist ja kann kein keine mehr mit nach nicht noch nun nur ob oder ohne sein seine seinem seinen
            seiner sich sie sind so soll uber um und uns unter vom von vor war waren was weil wenn wer werden wie wir wird wo
            wurde wurden zu zum zur zwischen
        """,
        "it": """
            a ad agli ai al alla alle allo anche ancora c che chi ci come con contro cui d da dagli dai dal dalla dalle dallo
            degli dei del della delle dello di dopo dove due e ed era erano essere fra gli ha hanno ho i il in io l la le lei li
            lo loro lui ma mi ne negli nei nel nella nelle nello noi non o ogni per perche piu prima quale quali quando quella
            quelle quelli quello questa queste questi questo qui se senza si sia sono sotto su sua sue sugli sui sul sulla sulle
            suo suoi tra tutti tutto un una uno v vi voi
        """,
        "nl": """
            aan al als bij dan dat de deze die dit doch door dus een en er geen had hebben heeft het hij hoe hun ik in is je kan
            maar me meer met mijn na naar niet nog nu of om omdat onder ons ook op over te tegen tot uit van veel voor waar
            waren was wat we wel werd wie wij worden wordt ze zich zij zijn zo zonder zou
        """,
        "ca": """
            a abans aixo al als amb aquest aquesta aquestes aquests com contra d de del dels des despres el ella ells els em en
            encara entre era es esta fins ha han hi i l la les li lo mes meva molt n ni no nosaltres o on pel pels per pero
            perque quan que qui s sa se sense ser seu seus seva seves si sobre son sota tambe te tot tots un una uns va van
        """,
        "pl": """
            a aby albo ale ani bez bo by byc byl byla bylo byly co czy dla do gdy gdzie go i ich ile im innych iz ja jak jako je
            jego jej jest jeszcze juz ktora ktore ktorego ktorej ktory ktorych ktorzy ku lub ma mi miedzy moze mu na nad nam nas
            nich nie nim niz o od on ona one oni oraz po pod przed przez przy sa sie ta tak takze tam te tego tej ten to tu tych
            tylko tym u w we wiec z za ze
        """,
        "cs": """
            a aby ale ani az bez bude by byl byla byli bylo byt ci co do ho i ich ja jak jako je jeho jeji jejich jen jeste jiz
            jsem jsou k kde kdo kdy ke ktera ktere kteri ktery ku ma mezi mi na nad nebo neni nez o od ode on ona oni po pod
            podle pred pri pro proti s se si ta tak take tam ten to tom toto tu ty u uz v ve vice vsak z za ze
        """,
        "ro": """
            a aceasta acest aceste acestor acestui acum ai aici al ale alte am ar are au ca care ce cea cei cel cele cu cum da
            dar de desi din dupa e ea ei el ele era este eu fi fost iar ii il in intre isi la le lor lui mai mult nu o ori pe
            pentru prin sa sau se si sunt tot un una unde unei unor unui va
        """,
        "hu": """
            a abban ahogy aki akik alatt amely amelyek ami az azok azonban azt be csak de e egy egyik el ellen elott es ez ezek
            ezt fel ha hogy is itt ki kozott le lehet lesz majd mar meg mellett mely mert mi miatt minden mint mintha nagyon ne
            nem nincs o ok ossze ot s se sem szerint tobb ugy utan utana vagy van vannak vele volt voltak
        """,
        "el": """
            αλλα αν απο αυτα αυτεσ αυτη αυτο αυτοι αυτοσ αυτων για δε δεν ειναι ειχε εκει ενα εναν ενασ ενω εχει εχουν η ηταν θα
            καθε και κατα κι μασ με μετα μεχρι μη μην μια μου να ο οι ομωσ οπου οπωσ οταν οτι που προσ πωσ σασ σε στα στη στην
            στησ στισ στο στον στουσ τα τη την τησ τι τισ το τον του τουσ των ωσ
        """,
        "tr": """
            acaba ama ancak bazi ben bile bir biri biz bu bunu bunun cok cunku da daha de degil diye en gibi hem hep her hic
            icin ile ise iste kadar ki kim mi mu nasil ne neden nerede o olan olarak oldu oldugu oldugunu onu onun sonra su tum
            ve veya ya yani
        """,
        "ru": """
            а без более бы был была были было быть в вам вас весь во вот все всего всех вы где да для до его ее если есть еще же
            за здесь и из или им их к как ко когда которая которые которыи которых кто ли между меня мне мы на над нам нас не
            него нее нет ни них но о об он она они оно от по под после при про с свои со среди так также такои там те то того
            только том ты у уже чего чем что чтобы эта эти этих это этого этои этом этот я
        """,
        "uk": """
            а або але без би був була були було бути в вам вас вже ви вона вони все всі він да де для до ж з за зі и иого коли
            крім мене ми між на над нам нас не них нього ні о об од перед по при про під після та так також там те ти тих то
            того тои тому тільки у уже хто це цеи цих цього ця ці чи що щоб я як яка яке якии яких якщо які є і із іх іхніи іі
        """,
        "bg": """
            а аз ако без беше би бил била били било в ви все във да до е един една едно за защо и из или има к как като кога
            което които която ли ме между ми му на над нас не него нея ни ние но о от по под пред през при с са само се си след
            със т тази така там те тези това този тои тук тя у че ще я
        """,
        "sr": """
            a ako ali bez bi bila bili bilo bio biti ce da do drugi ga gde i ih ili im iz ja je jedan jedna jedno jer jos kada
            kao ko kod koja koje koji kojih kojima koju li medu mi mu na nad nakon ne nego neki nije njegov njen njih o od on
            ona oni ono ova ovaj ove ovo po pod pre pred preko prema pri protiv sa sam se sta sto su sve svi svoj ta taj tako te
            ti to toga u uz vec vi za zbog а ако али без би била били било био бити већ ви га где да до други за због и из или
            им их када као ко код која које који којима којих коју ли међу ми му на над након не него неки није о ова овај ове
            ово од он она они оно по под пре пред преко према при против са сам све сви свој се су та тако тај те ти то тога у
            уз шта што ја је један једна једно јер још његов њен њих ће
        """,
        "fa": """
            از است اما ان انها او اين اينكه اگر با بايد بر براي به بود بودند بي تا تر خود دارد دارند در دو را شد شده شود كرد
            كرده كند كنند كه ما مورد مي نمي نيز نيست ها هر هست هم همه هيچ و وي يا يك پس پيش چند چه چون
        """,
        "he": """
            אבל או אותה אותו אותם אז אחרי איך אין אך אל אלא אלה אם אנחנו אני אף את בין גם הוא היא היה היו הייתה היתה הם הן זאת
            זה זו יותר יש כבר כדי כי כך כל כמו כן לא לאחר לה להם לו לפני מאוד מה מי מן עד עוד על עם עצמו פי רק של שלה שלהם שלו
            שם תחת
        """,
        "hi": """
            अगर अपना अपनी अपने अब अभी आदि इन इनके इस इसका इसकी इसके इसमें इसे उन उनका उनकी उनके उनहें उस उसका उसकी उसके उसे एक
            एवं और कई कया कर करता करते करना करने का कि किया किसी की कुछ के को कोई गई गए गया जब जहां जा जाता जाती जाते जैसे जो तक
            तथा तब तो था थी थे दवारा दिया न नहीं ने पर पहले फिर बहुत बाद भी मगर में यदि यह यहां या ये रहा रही रहे लिए लेकिन व वह
            वहां वाली वाले वे सभी साथ से हम ही हुआ हुई हुए है हैं हो होता होती होते होना
        """,
        "ur": """
            اب اس اسي ان انہوں انہيں اور ايك اپنا اپني اپنے اگر بھي بہت تك تو تھا تھي تھے جا جب جس جن جو ديا رہا رہي رہے ساتھ سب
            سے كا كر كرنے كسي كو كويي كي كيا كہ كے ليكن ليے ميں نہ نہيں نے وہ يا يہ پر پھر گا گي گيا گيي گيے گے ہم ہو ہوا ہوتا
            ہوتي ہويي ہويے ہي ہيں ہے
        """,
        "id": """
            ada adalah akan antara atas atau bagi bahwa belum bisa dalam dan dapat dari dengan di hanya harus ia ini itu jika
            juga kami karena kata ke kepada ketika kita lagi lain lebih maka masih mereka namun oleh pada para pun saat saja
            sebagai sebuah secara sehingga sejak seorang seperti serta setelah sudah tak telah tersebut tetapi tidak untuk yaitu
            yang
        """,
        "ms": """
            ada adalah akan antara atas atau bagi bahawa beliau belum boleh dalam dan dapat dari daripada dengan di hanya harus
            ia iaitu ialah ini itu jika juga kami kata ke kepada kerana ketika kita lagi lain lebih maka masih mereka namun oleh
            pada para pula pun sahaja sebagai sebuah secara sehingga sejak selepas seorang seperti serta sudah telah tersebut
            tetapi tidak untuk yang
        """,
        "sw": """
            baada bado basi bila cha dhidi hadi hao hapo hasa hata hii hilo hivyo hiyo hizo huo huu ila ili je ka kabla kama
            kati katika kila kuwa kwa kwamba la lake lakini lao na ni pia sana sasa si tu vya wa wakati wake wao ya yake yao
            yeye yule za zake zao
        """,
    }.items()
}
"""The code of a language, without script or territory -> its stop words; a language without any has none."""
