"""What synthetic companies, people and places are called: parts that are put together by chance. All invented."""

from dataclasses import dataclass

FIRST_NAMES = (
    "Jan", "Pieter", "Marie", "An", "Els", "Tom", "Koen", "Bart", "Luc", "Marc", "Peter", "Sofie", "Lien", "Eva",
    "Nele", "Ruben", "Wout", "Dries", "Stijn", "Jeroen", "Bram", "Lotte", "Emma", "Noor", "Fien", "Julie", "Louise",
    "Amélie", "Chloé", "Hélène", "Noémie", "Élise", "Benoît", "François", "Jérôme", "Sébastien", "Thierry", "Yves",
    "Olivier", "Nicolas", "Mehmet", "Yasmina", "Fatima", "Mohamed", "Karim", "Ayşe", "Zoë", "Björn", "Jörg", "Anke",
    "Ingrid", "Katrien", "Hilde", "Greet", "Ilse", "Veerle", "Joris", "Maarten", "Sander", "Daan", "Femke", "Anouk",
)  # fmt: skip
LAST_NAMES = (
    "Peeters", "Janssens", "Maes", "Jacobs", "Mertens", "Willems", "Claes", "Goossens", "Wouters", "De Smet",
    "Dubois", "Lambert", "Dupont", "Martin", "Simon", "Laurent", "Leclercq", "Renard", "Gérard", "Hendrickx",
    "Vermeulen", "Van den Broeck", "Van Damme", "De Clercq", "De Backer", "Hermans", "Aerts", "Michiels", "Martens",
    "Desmet", "Claeys", "Smets", "Pauwels", "Lemmens", "Segers", "Coppens", "Bogaert", "Thys", "Baert", "Callens",
    "Yılmaz", "El Amrani", "Öztürk", "De Vries", "Bakker", "Visser", "Smit", "Meijer", "Mulder", "De Groot",
    "Müller", "Schneider", "Weber", "Schröder", "Lefèvre", "Moreau", "Rousseau", "Girard", "Noël", "D’Hondt",
    "Verhoeven", "Wauters", "Verbeke", "Devos", "Cools", "Adriaensen", "Lejeune", "Collard", "Vandenberghe", "Nijs",
)  # fmt: skip
TRADES = (
    "Bakkerij", "Garage", "Drukkerij", "Transport", "Bouwwerken", "Dakwerken", "Apotheek", "Boekhandel", "Brouwerij",
    "Schrijnwerkerij", "Advocaten", "Accountants", "Architecten", "Notaris", "Immo", "Vastgoed", "Logistiek",
    "Metaalbouw", "Tuinen", "Kwekerij", "Software", "Consult", "Studio", "Atelier", "Elektriciteit", "Sanitair",
    "Schilderwerken", "Grondwerken", "Optiek", "Kapsalon", "Restaurant", "Hotel", "Boulangerie", "Carrosserie",
    "Imprimerie", "Menuiserie", "Toitures", "Électricité", "Pharmacie", "Librairie", "Brasserie", "Cabinet",
    "Expertise", "Textiel", "Verpakking", "Recyclage", "Zorgcentrum", "Tandartspraktijk", "Dierenkliniek", "Energie",
)  # fmt: skip
NOUNS = (
    "De Zwaan", "Het Anker", "De Linde", "Ter Elst", "De Molen", "Kempenland", "Scheldezicht", "De Leie", "Noordkaai",
    "Zuiderzon", "Westhoek", "Oosterpoort", "De Klaver", "Het Eikenhof", "Rozenveld", "Horizon", "Panorama", "Delta",
    "Omega", "Alfa", "Nova", "Vista", "Terra", "Aqua", "Lumen", "Vertex", "Quadrant", "Meridiaan", "Kompas", "Baken",
    "Le Chêne", "La Forêt", "Les Tilleuls", "Du Canal", "De la Meuse", "Bellevue", "Beaulieu", "Concorde", "Étoile",
    "Horizons", "Polder", "Duinen", "Waterkant", "Grachten", "Hanze", "Brink", "Heide", "Veluwe", "Rijnland", "Maas",
)  # fmt: skip
JOINTS = ("{trade} {noun}", "{trade} {last}", "{last} & Zonen", "{last} {last2}", "{noun} {trade}", "{last} {trade}",
          "{trade} {noun} {city}", "{trade} {last} {city}", "{last} Group", "{noun} Services")  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Land:
    """How companies of one country are called, where they are and how they are rung up."""

    code: str
    forms: tuple[str, ...]
    towns: tuple[tuple[str, str], ...]
    """Postcode and town."""
    calling: str
    trunk: str
    """What one dials before the number inside the country."""
    mobile: str
    mobile_digits: int
    language: str


STREETS = (
    "Kerkstraat", "Stationsstraat", "Molenstraat", "Nieuwstraat", "Schoolstraat", "Dorpsstraat", "Industrielaan",
    "Havenlaan", "Rue de la Gare", "Rue Haute", "Avenue Louise", "Chaussée de Mons", "Grote Markt", "Kaai",
)  # fmt: skip

LANDS: tuple[tuple[int, Land], ...] = (
    (70, Land(
        code="BE", forms=("BV", "NV", "VZW", "CV", "SRL", "SA", "ASBL"), calling="32", trunk="0", mobile="47",
        mobile_digits=7, language="nl",
        towns=(("1000", "Brussel"), ("2000", "Antwerpen"), ("9000", "Gent"), ("3000", "Leuven"), ("8000", "Brugge"),
               ("3500", "Hasselt"), ("2800", "Mechelen"), ("8500", "Kortrijk"), ("9300", "Aalst"), ("4000", "Liège"),
               ("5000", "Namur"), ("6000", "Charleroi"), ("7000", "Mons"), ("2300", "Turnhout"), ("8400", "Oostende"),
               ("3600", "Genk"), ("9100", "Sint-Niklaas"), ("1300", "Wavre"), ("6700", "Arlon"), ("7500", "Tournai"),
               ("8800", "Roeselare"), ("9400", "Ninove"), ("2500", "Lier"), ("2440", "Geel"), ("1800", "Vilvoorde")),
    )),
    (12, Land(
        code="NL", forms=("BV", "Stichting", "NV", "VOF"), calling="31", trunk="0", mobile="62", mobile_digits=7,
        language="nl",
        towns=(("1012 AB", "Amsterdam"), ("3011 AA", "Rotterdam"), ("2511 CV", "Den Haag"), ("3511 AD", "Utrecht"),
               ("5611 EM", "Eindhoven"), ("9711 LM", "Groningen"), ("4811 DJ", "Breda"), ("6211 CL", "Maastricht")),
    )),
    (9, Land(
        code="FR", forms=("SARL", "SAS", "SA", "EURL"), calling="33", trunk="0", mobile="61", mobile_digits=7,
        language="fr",
        towns=(("75002", "Paris"), ("59000", "Lille"), ("69003", "Lyon"), ("51100", "Reims"), ("62000", "Arras"),
               ("67000", "Strasbourg"), ("59140", "Dunkerque")),
    )),
    (7, Land(
        code="DE", forms=("GmbH", "AG", "KG", "GmbH & Co. KG"), calling="49", trunk="0", mobile="151",
        mobile_digits=8, language="en",
        towns=(("50667", "Köln"), ("52062", "Aachen"), ("40213", "Düsseldorf"), ("80331", "München"),
               ("54290", "Trier"), ("10115", "Berlin")),
    )),
    (2, Land(
        code="LU", forms=("S.à r.l.", "S.A."), calling="352", trunk="", mobile="621", mobile_digits=6, language="fr",
        towns=(("L-1009", "Luxembourg"), ("L-4002", "Esch-sur-Alzette"), ("L-9202", "Diekirch")),
    )),
)  # fmt: skip
