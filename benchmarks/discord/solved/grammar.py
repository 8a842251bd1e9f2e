"""Threads made by a grammar, from a seed: asked in one wording, and asked again in another."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

# Each thing and each trouble in the words of a thread, and in other words.
THINGS = tuple(
    pair.split(" / ")
    for pair in """
coffee machine / espresso maker; garden pump / water pump outside; e-bike / electric bicycle;
3D printer / printer for plastic parts; heat pump / heating unit; lawn mower / grass cutter;
dish washer / machine for the dishes; door lock / lock of the front door; smart bulb / wifi
lamp; robot vacuum / cleaning robot; sewing machine / stitching machine; fish tank filter /
aquarium filter; solar inverter / converter of the solar panels; hearing aid / device in my
ear; camping stove / gas cooker for tents; metal lathe / turning machine; weather station /
rain and wind gauge; drone / quadcopter; tuner pedal / pedal for tuning my guitar; wood stove
/ fireplace; ice maker / machine for ice cubes; label printer / sticker printer; bread mixer /
dough kneader; night camera / wildlife camera; flood sensor / leak alarm; baby monitor /
babyphone; gate opener / motor of the driveway gate; tide clock / clock for the tides; loom /
weaving frame; air compressor / pressure pump; record player / turntable; pool heater /
heating of the swimming pool; telescope mount / stand of my telescope; beehive scale / scales
under the hive; router table / milling table; glue gun / hot glue pistol; rice cooker / pot
for rice; kayak rack / holder for my canoe; chain saw / motor saw; wine fridge / cooler for
bottles
""".strip()
    .replace("\n", " ")
    .split("; ")
)
TROUBLES = tuple(
    pair.split(" / ")
    for pair in """
makes a grinding noise / sounds as if it were full of gravel; does not turn on / stays dead
when I press the switch; shows error E4 / has E4 on its display; leaks from below / leaves a
puddle under it; gets far too hot / overheats within minutes; loses its settings / forgets all
I set up; smells of burning / gives off a scorched smell; stops after a minute / shuts down
shortly after starting; cannot be paired with my phone / won't connect to my mobile; blinks
red all the time / has a red light flashing; needs a new belt / has a torn belt; vibrates
badly / shakes a lot; runs very slowly / has hardly any speed; freezes in winter / stops
working in the cold; trips the fuse / throws the breaker; draws power when off / uses
electricity in standby; will not charge / battery stays empty; was flooded / got under water;
has a stuck button / key that doesn't come up; beeps every night / chirps in the small hours;
drifts to the left / pulls to one side; rusts at the seams / corrodes where it is joined; lost
its manual / came without instructions; needs more grease / runs dry; does not fit the adapter
/ won't go onto the connector
""".strip()
    .replace("\n", " ")
    .split("; ")
)
PARTS = """
valve gasket bearing relay capacitor membrane spindle bracket thermostat nozzle clutch spring
ferrule jumper solenoid impeller fuse bushing filter hinge sensor washer ribbon cable pulley
magnet crankshaft potentiometer ratchet grommet
""".split()
ACTS = """
replace clean tighten loosen reseat bypass lubricate realign re-solder descale recalibrate
swap warm insulate shorten bridge
""".split()
SIDES = """left right upper lower front rear inner outer""".split()
COLOURS = """brass copper white black yellow green orange grey violet turquoise""".split()
CHATTER = (
    "Same here, following.",
    "No idea, mine is older than yours.",
    "Did you try to turn it off and on?",
    "I would just buy a new one.",
    "Which year is it from?",
)


@dataclass(frozen=True, slots=True)
class MadeThread:
    """A thread: its title, what is asked, its answer, the chatter, and the question asked anew."""

    title: str
    asked: str
    answer: str
    chatter: tuple[str, ...]
    again: str


def threads(count: int, seed: int = 1) -> Iterator[MadeThread]:
    """Yield made threads, all on other things or troubles; 1,000 at most."""
    chance = random.Random(seed)
    pairs = list(product(THINGS, TROUBLES))
    chance.shuffle(pairs)
    for number, ((thing, otherwise), (trouble, likewise)) in enumerate(pairs[:count]):
        part, act = chance.choice(PARTS), chance.choice(ACTS)
        colour, side = chance.choice(COLOURS), chance.choice(SIDES)
        turns, screw = chance.randint(2, 40), f"{chance.choice('ABCDKMTX')}{number:03}"
        yield MadeThread(
            title=f"My {thing} {trouble}",
            asked=f"Hello, since {chance.randint(2, 30)} days my {thing} {trouble}. What helps?",
            answer=(
                f"{act.capitalize()} the {colour} {part} at the {side} end, behind the screw "
                f"{screw}, and turn it back by {turns} notches. It was that for me."
            ),
            chatter=tuple(chance.sample(CHATTER, 2)),
            again=f"What can I do about my {otherwise}? It {likewise}.",
        )
