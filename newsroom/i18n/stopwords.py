"""Words that say nothing by themselves, by language: without accents, as newsroom/i18n/words.py folds them."""

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
    }.items()
}
"""The code of a language -> its stop words; a language without any has none."""
