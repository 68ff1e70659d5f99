"""Words of the story model's small world. Each is one token of its tokenizer."""

WOMEN = """Mia Anna Lily Zoe Eva Ida Ada Amy Cara Dora Ella Emma Hana Jane June Kate Kim Lara Lena
Lina Lucy Mara Nell Nina Nora Olga Pia Rosa Ruth Sara Tara Tina Uma Vera Iris Rita Mona Elsa
Greta Tess""".split()

MEN = """Ben Tom Max Sam Leo Bob Dan Eric Finn Fred Gus Hugo Ivan Jack Joe Kai Liam Luca Mark Milo
Nat Noah Olaf Omar Otto Owen Paul Theo Tim Toby Walt Yan Yuri Zack Carl Rolf Hans Karl Nick
Pete""".split()

NAMES = WOMEN + MEN

OBJECTS = """kite ball book cup hat bell drum map key lamp boat doll box coin shoe sock ring rope
fork spoon plate bowl pot pan jar jug mug bag belt coat scarf glove boot clock watch
comb brush broom bucket basket pen card letter stamp flag mask stick stone shell
leaf pear plum lemon melon bun cake pie egg cheese flute horn whistle ladder hammer
nail saw pillow blanket candle ribbon button top wagon truck train sled chair table
net tent ticket poster""".split()

FOOD = "pear plum lemon melon bun cake pie egg cheese".split()

ANIMALS = """cat dog fox owl hen duck goat cow pig frog mouse rabbit bear hare bee crow turtle horse
sheep lamb""".split()

PLACES = """garden kitchen barn shed attic hall park forest field cave school shop tower cellar
meadow yard bakery library mill castle stable market valley village orchard desert
office museum theatre hut cabin palace temple garage studio port street""".split()

COLOURS = """red blue green yellow white black brown pink purple orange grey gold silver
violet""".split()


def people():
    return [(name, "she") for name in WOMEN] + [(name, "he") for name in MEN]
