"""The English words that the rules of thumb for voice and actions go by."""


def _word_set(text: str) -> frozenset[str]:
    return frozenset(text.split())


BE = _word_set("am is are was were be been being isn't aren't wasn't weren't")
"""Forms of *be*."""

BETWEEN = _word_set(
    """
    not never always often also then usually only still just already first later now soon
    sometimes mostly all both even once again
    """
)
"""Adverbs that stand between *be* and its participle, besides those in -ly."""

IRREGULAR_PARTICIPLES = _word_set(
    """
    beaten bitten blown bought brought built burnt caught chosen cut done drawn driven eaten felt
    forgotten found given grown heard held hidden kept laid led left lent lost made meant met paid
    put read said seen sent sewn shaken shown shut sold spent spoken spread stolen taken taught
    told torn thought thrown understood won written
    """
)

STATES = _word_set(
    """
    advanced aged alarmed allowed annoyed ashamed bed bleed blessed bloated blood bored breed
    bruised called complicated concerned confused dazed dehydrated delighted depressed detailed
    disabled divorced embarrassed excited exhausted experienced feed frightened healed hundred
    inclined indeed infected interested involved known limited located married naked named need
    opposed overwhelmed pleased prepared red related relaxed relieved retired sacred satisfied
    scared seed skilled speed supposed surprised swollen tired trained unrelated upset used worn
    worried wounded
    """
)
"""Participles that describe a state, and words that only look like participles."""

ACTIONS = _word_set(
    """
    add agree answer apply arrange arrive ask avoid bathe be begin book breathe bring brush buy
    call cancel care carry change check choose clean clear come contact continue cook count cover
    cut dial do drink drive eat elevate empty exercise expect expose fill find finish follow gather
    get give go have hold ice install join keep know lean learn leave let lie lift limit list
    listen look make mark measure meet move name note pack pat pay pick place plan practice
    prepare press print put raise read record remind remove rent report rest return ride rinse
    save say schedule see set share shower sign sit skip sleep stand start stay step stop store
    switch take talk tell think throw track travel try turn use visit wait wake walk warm wash
    watch wear weigh wipe work write
    """
)
"""Verbs that tell a reader what to do where they begin a sentence."""
