"""Words that begin a sentence with a capital and are no names."""

# Participles, adverbs, and what else is known by its end.
ENDS = tuple(
    """
    ly ing ed tion tions sion sions ness ment ments ity ities ics ous ful less able ible wise ism
    """.split()
)
# What a sentence of a text about anything may begin with: connectives, what is done by hand, and
# what things are like.
OPENERS = frozenset(
    """
    according accordingly after again all although among another around because before between both
    certain despite due each either every everyone few furthermore hence however instead last later
    like many meanwhile more moreover most neither nevertheless next nobody none nonetheless nothing
    now often once only others otherwise over overall past people perhaps plus prior rather
    regardless several since sometimes soon still thanks therefore though through throughout thus
    today together under unfortunately unlike unless until upon whether within without yes yet

    add adjust allow answer apply ask attach avoid bake begin bring build buy call change check
    choose clean click close consider contact cook cover create cut decide determine drink drop dry
    eat ensure enter fill find follow get give go hang have heat help hold identify include insert
    install join keep leave let line look make mark mix move navigate need note open order pay
    perform pick place play please pour press provide pull push put read remember remove repeat
    research rest ride rinse roll run save season see select send serve set show shut sign simmer
    sit slice speak spread start stay stir stop store strain submit take talk tell think tie touch
    transfer try turn use visit wait walk wash watch wear wipe work wrap write

    able abundant available best better big clear common dear different early easy fine first free
    fresh full general good great half hard heavy hello hi high hot ideal key large late left less
    likely long low main major minor modern much new nice no not old ok okay open possible right
    safe same second short similar simple small sorry special strong sure third total unable warm
    weak whole wide young

    age air anyone anybody anything body book business child children city company cost country data
    day days example experts food group home hours house information life man men money month months
    name number nutrients others parents part parts place point price process reason reasons
    researchers results rules school science scientists side skin somebody someone something staff
    step steps students studies symptoms system things time times treatment type types users water
    way ways week weeks woman women word words world year years
    """.split()
)
