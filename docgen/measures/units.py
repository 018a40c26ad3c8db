"""The units that numbers stand with, as one table: codes, signs, and words by language.

Codes are those of UCUM 2.2; what UCUM has no code for (tablets, puffs, times a day) stands in
braces, as its annotations do. Where the rows come from:

- signs: UCUM 2.2; the SI Brochure, 9th edition, tables 2, 4, 7 and 8;
- signs that should not be written, but are: the List of Error-Prone Abbreviations, Symbols, and
  Dose Designations of the Institute for Safe Medication Practices, 2021 (U, IU, cc, gr, µg);
- words for measures: CLDR 47, units in English and Spanish, which a test holds the table to;
- what is given and taken: the dosage forms of the FDA's Structured Product Labeling, USP <1151>;
- the hours of a day: CLDR 47, and for "a. m." the Ortografía de la lengua española, RAE 2010.
"""

from typing import Final, Literal

from msgspec import Struct

Tongue = Literal["en", "es"]


class Unit(Struct, frozen=True):
    """A unit and how it is written; several signs or words are separated by bars."""

    code: str
    """UCUM, or an annotation in braces."""
    signs: str = ""
    """In any language. Of one letter, they mean the unit in this case only."""
    en: str = ""
    es: str = ""
    loose: str = ""
    """Signs that mostly mean something else: "5 in 100 people". No line ends before them, but they
    make no quantity."""

    def words(self, language: Tongue) -> tuple[str, ...]:
        """What it is called in a language, in small letters."""
        said: str = getattr(self, language)
        return tuple(filter(None, said.split("|")))

    @property
    def written(self) -> tuple[str, ...]:
        """The signs and words that make a quantity, in all languages."""
        signs = tuple(filter(None, self.signs.split("|")))
        return (*signs, *self.words("en"), *self.words("es"))


UNITS: Final = (
    # Mass
    Unit("kg", "kg|kgs", "kilogram|kilograms|kilo|kilos", "kilogramo|kilogramos|kilo|kilos"),
    Unit("g", "g|gm|gms", "gram|grams|gramme|grammes", "gramo|gramos"),
    Unit("mg", "mg|mgs|㎎", "milligram|milligrams", "miligramo|miligramos"),
    Unit("ug", "mcg|mcgs|µg|μg|ug|㎍", "microgram|micrograms", "microgramo|microgramos"),
    Unit("ng", "ng", "nanogram|nanograms", "nanogramo|nanogramos"),
    Unit("pg", "pg", "picogram|picograms", "picogramo|picogramos"),
    Unit("[lb_av]", "lb|lbs", "pound|pounds", "libra|libras"),
    Unit("[oz_av]", "oz", "ounce|ounces", "onza|onzas"),
    Unit("[stone_av]", "", "stone|stones", loose="st"),
    Unit("[gr]", "gr", "grain|grains", "grano|granos"),
    # Volume
    Unit("L", "L|l|lt|lts|ℓ", "liter|liters|litre|litres", "litro|litros"),
    Unit("dL", "dL|dl", "deciliter|deciliters|decilitre|decilitres", "decilitro|decilitros"),
    Unit("cL", "cL|cl", "centiliter|centiliters|centilitre|centilitres", "centilitro|centilitros"),
    Unit(
        "mL",
        "mL|ml|mLs|mls|㎖",
        "milliliter|milliliters|millilitre|millilitres",
        "mililitro|mililitros",
    ),
    Unit("uL", "µL|μL|µl|μl|mcL|uL", "microliter|microliters", "microlitro|microlitros"),
    Unit("fL", "fL", "femtoliter|femtoliters", "femtolitro|femtolitros"),
    Unit(
        "cm3",
        "cc|ccs|cm3|cm³",
        "cubic centimeter|cubic centimeters",
        "centímetro cúbico|centímetros cúbicos",
    ),
    Unit(
        "[foz_us]",
        "fl oz|fl. oz.",
        "fluid ounce|fluid ounces",
        "onza líquida|onzas líquidas|onza fluida|onzas fluidas",
    ),
    Unit(
        "[tsp_us]",
        "tsp|tsps",
        "teaspoon|teaspoons|teaspoonful|teaspoonfuls",
        "cucharadita|cucharaditas|cdta|cdtas|cdita|cditas",
    ),
    Unit(
        "[tbs_us]",
        "tbsp|tbsps|tbs",
        "tablespoon|tablespoons|tablespoonful|tablespoonfuls",
        "cucharada|cucharadas|cda|cdas",
    ),
    Unit("[cup_us]", "", "cup|cups|cupful|cupfuls", "taza|tazas|tza", loose="c"),
    Unit("[pt_us]", "pt|pts", "pint|pints", "pinta|pintas"),
    Unit("[qt_us]", "qt|qts", "quart|quarts", "cuarto|cuartos"),
    Unit("[gal_us]", "gal", "gallon|gallons", "galón|galones"),
    Unit("{glass}", "", "glass|glasses", "vaso|vasos"),
    Unit("{bottle}", "", "bottle|bottles", "botella|botellas|frasco|frascos"),
    Unit("{spoonful}", "", "spoonful|spoonfuls", "", loose="spoon|spoons|cuchara|cucharas"),
    Unit("{scoop}", "", "scoop|scoops|capful|capfuls", "medida|medidas|cacito|cacitos"),
    # Length
    Unit("nm", "nm", "nanometer|nanometers|nanometre|nanometres", "nanómetro|nanómetros"),
    Unit("um", "µm|μm", "micrometer|micrometers|micron|microns", "micrómetro|micrómetros"),
    Unit("mm", "mm|mms", "millimeter|millimeters|millimetre|millimetres", "milímetro|milímetros"),
    Unit("cm", "cm|cms", "centimeter|centimeters|centimetre|centimetres", "centímetro|centímetros"),
    Unit("m", "m|mts", "meter|meters|metre|metres", "metro|metros"),
    Unit("km", "km|kms", "kilometer|kilometers|kilometre|kilometres", "kilómetro|kilómetros"),
    Unit("[in_i]", "″", "inch|inches", "pulgada|pulgadas", loose="in"),
    Unit("[ft_i]", "ft|′", "foot|feet", "pie|pies"),
    Unit("[yd_i]", "yd|yds", "yard|yards", "yarda|yardas"),
    Unit("[mi_i]", "mi|mph", "mile|miles", "milla|millas"),
    Unit("m2", "m2|m²", "square meter|square meters", "metro cuadrado|metros cuadrados"),
    # Temperature
    Unit(
        "Cel",
        "°C|ºC|℃|° C|º C",
        "degree celsius|degrees celsius",
        "grado celsius|grados celsius",
        loose="C",
    ),
    Unit(
        "[degF]",
        "°F|ºF|℉|° F|º F",
        "degree fahrenheit|degrees fahrenheit",
        "grado fahrenheit|grados fahrenheit",
        loose="F",
    ),
    Unit("deg", "°|º|deg", "degree|degrees", "grado|grados"),
    # Time
    Unit("ms", "ms|msec", "millisecond|milliseconds", "milisegundo|milisegundos"),
    Unit("s", "s|sec|secs|seg", "second|seconds", "segundo|segundos"),
    Unit("min", "min|mins", "minute|minutes", "minuto|minutos"),
    Unit("h", "h|hr|hrs|hs", "hour|hours", "hora|horas"),
    Unit("d", "d", "day|days", "día|días"),
    Unit("{night}", "", "night|nights", "noche|noches"),
    Unit("wk", "wk|wks", "week|weeks", "semana|semanas|sem"),
    Unit("mo", "mo|mos|mth|mths", "month|months", "mes|meses"),
    Unit("a", "yr|yrs", "year|years", "año|años"),
    Unit("{decade}", "", "decade|decades", "década|décadas"),
    Unit("{am}", "am|a.m.|a. m."),
    Unit("{pm}", "pm|p.m.|p. m."),
    Unit("{hour of day}", "", "o'clock|o’clock|noon|midnight", "del mediodía|de la medianoche"),
    # How often
    Unit("{times}", "", "time|times", "vez|veces", loose="x"),
    # What is given and taken
    Unit("{dose}", "", "dose|doses", "dosis"),
    Unit(
        "{tbl}",
        "tab|tabs|comp",
        "tablet|tablets|pill|pills|caplet|caplets",
        "tableta|tabletas|comprimido|comprimidos|pastilla|pastillas|píldora|píldoras"
        "|gragea|grageas",
    ),
    Unit("{cap}", "caps|cáps", "capsule|capsules|softgel|softgels", "cápsula|cápsulas"),
    Unit("{lozenge}", "", "lozenge|lozenges|troche|troches", "trocisco|trociscos"),
    Unit("[drp]", "gtt|gtts|gts", "drop|drops", "gota|gotas"),
    Unit(
        "{puff}",
        "",
        "puff|puffs|inhalation|inhalations|actuation|actuations",
        "inhalación|inhalaciones|bocanada|bocanadas|disparo|disparos",
    ),
    Unit(
        "{spray}",
        "",
        "spray|sprays|squirt|squirts",
        "pulverización|pulverizaciones|atomización|atomizaciones|rociada|rociadas",
    ),
    Unit("{suppository}", "", "suppository|suppositories", "supositorio|supositorios|óvulo|óvulos"),
    Unit("{patch}", "", "patch|patches", "parche|parches"),
    Unit("{application}", "", "application|applications", "aplicación|aplicaciones"),
    Unit(
        "{injection}",
        "",
        "injection|injections|shot|shots|infusion|infusions",
        "inyección|inyecciones|infusión|infusiones",
    ),
    Unit(
        "{vial}",
        "",
        "vial|vials|ampule|ampules|ampoule|ampoules",
        "viales|ampolla|ampollas|ampolleta|ampolletas",
    ),
    Unit("{syringe}", "", "syringe|syringes", "jeringa|jeringas|jeringuilla|jeringuillas"),
    Unit("{pen}", "", "pen|pens|cartridge|cartridges", "pluma|plumas|cartucho|cartuchos"),
    Unit(
        "{packet}",
        "",
        "packet|packets|sachet|sachets",
        "sobrecito|sobrecitos|bolsita|bolsitas",
        loose="sobre|sobres",
    ),
    Unit("{film}", "", "film|films|strip|strips|gummy|gummies", "tira|tiras|lámina|láminas"),
    Unit("{enema}", "", "enema|enemas", "enema|enemas"),
    # Activity, amount of substance, energy
    Unit(
        "[IU]",
        "IU|UI|I.U.|U.I.",
        "international unit|international units",
        "unidad internacional|unidades internacionales",
    ),
    Unit("m[IU]", "mIU|mUI"),
    Unit("u[IU]", "µIU|μIU|µUI|μUI"),
    Unit("{unit}", "U|mU|µU|μU|kU", "unit|units", "unidad|unidades", loose="u"),
    Unit("[CFU]", "CFU|UFC"),
    Unit("mol", "mol", "mole|moles", "moles"),
    Unit("mmol", "mmol", "millimole|millimoles", "milimol|milimoles"),
    Unit("umol", "µmol|μmol|umol|mcmol", "micromole|micromoles", "micromol|micromoles"),
    Unit("nmol", "nmol", "nanomole|nanomoles", "nanomol|nanomoles"),
    Unit("pmol", "pmol", "picomole|picomoles", "picomol|picomoles"),
    Unit(
        "meq", "mEq|mEqs|Eq", "milliequivalent|milliequivalents", "miliequivalente|miliequivalentes"
    ),
    Unit("mosm", "mOsm|mosmol", "milliosmole|milliosmoles", "miliosmol|miliosmoles"),
    Unit("cal", "cal", "calorie|calories", "caloría|calorías"),
    Unit("kcal", "kcal|Cal", "kilocalorie|kilocalories", "kilocaloría|kilocalorías"),
    Unit("J", "J", "joule|joules", "julio|julios"),
    Unit("kJ", "kJ", "kilojoule|kilojoules", "kilojulio|kilojulios"),
    # Pressure and rates
    Unit(
        "mm[Hg]",
        "mmHg|mm Hg|mm de Hg",
        "millimeter of mercury|millimeters of mercury",
        "milímetro de mercurio|milímetros de mercurio",
    ),
    Unit("cm[H2O]", "cmH2O|cmH₂O|cm H2O|cm H₂O|cm de H2O|cm de H₂O"),
    Unit("Pa", "Pa|hPa|kPa|MPa", "kilopascal|kilopascals", "kilopascales"),
    Unit("bar", "bar|mbar|psi|atm"),
    Unit("{beats}/min", "bpm|lpm", "beat|beats", "latido|latidos"),
    Unit("{breaths}/min", "rpm", "breath|breaths", "respiración|respiraciones"),
    # Radiation, electricity, optics, sizes
    Unit("Gy", "Gy|cGy|mGy|µGy|μGy", "gray|grays|centigray"),
    Unit("Sv", "Sv|mSv|µSv|μSv", "sievert|sieverts|millisieverts", "milisieverts"),
    Unit("Bq", "Bq|kBq|MBq|GBq|TBq", "becquerel|becquerels|megabecquerels", "megabecquerelios"),
    Unit("Ci", "Ci|mCi|µCi|μCi", "curie|curies|millicurie|millicuries", "curio|curios"),
    Unit("eV", "keV|MeV"),
    Unit("T", "mT", "tesla|teslas", loose="T"),
    Unit(
        "Hz", "Hz|kHz|MHz|GHz", "hertz|kilohertz|megahertz", "hercio|hercios|megahercio|megahercios"
    ),
    Unit("V", "V|kV|mV|µV|μV|MV", "volt|volts|kilovolts|millivolts", "voltio|voltios|kilovoltios"),
    Unit("A", "mA|mAs", "milliampere|milliamperes|milliamps", "miliamperio|miliamperios"),
    Unit("W", "W|mW|kW", "watt|watts|milliwatts", "vatio|vatios|milivatios"),
    Unit("dB", "dB", "decibel|decibels", "decibelio|decibelios|decibeles"),
    Unit("[diop]", "dpt", "diopter|diopters|dioptre|dioptres", "dioptría|dioptrías", loose="D"),
    Unit("[Ch]", "Fr", "french"),
    Unit("{gauge}", "", "gauge", "calibre", loose="G"),
    Unit("{dots}/[in_i]", "dpi"),
    # Parts of a whole
    Unit("%", "%|٪|％", "percent|per cent", "por ciento"),
    Unit("[ppth]", "‰", "permille|per mille", "por mil"),
    Unit(
        "[ppm]", "ppm", "part per million|parts per million", "parte por millón|partes por millón"
    ),
)
"""Every unit. The first row that has a sign or a word names its unit."""
