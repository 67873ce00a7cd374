"""What the demonstration's companies and people are called. All invented; the domains are reserved for examples."""

FIRST_NAMES = (
    "Els", "Pieter", "Marie", "Ruben", "Ines", "Jan", "Annick", "Karel", "Sofie", "Tom", "Lien", "Bart", "Femke",
    "Joris", "Nele", "Wout", "Charlotte", "Amélie", "Luc", "Sébastien", "Noémie", "Yasmina", "Mehmet", "Katrien",
    "Stijn", "Hilde", "Dries", "Eva", "Maarten", "Greet", "Bram", "Lotte", "Koen", "Fatima", "Jeroen", "Anouk",
)  # fmt: skip
LAST_NAMES = (
    "Goossens", "Maes", "Thys", "Claeys", "Vermeulen", "Callens", "Baert", "De Wachter", "Peeters", "Van den Broeck",
    "Janssens", "Dubois", "Lambert", "Willems", "Mertens", "Jacobs", "Wouters", "De Smet", "Desmet", "Vandenberghe",
    "Lejeune", "Renard", "Declercq", "Aerts", "Hermans", "Segers", "Coppens", "Bogaert", "Van Damme", "Yilmaz",
    "El Amrani", "Nijs", "Smeets", "De Vries", "Bakker", "Visser",
)  # fmt: skip

# Name of the company, section of its industry.
BELGIAN_COMPANIES = (
    ("Kempenvaart Logistiek NV", "H"), ("Molenbries Textiel BV", "C"), ("Studio Zeven Bruggen BV", "N"),
    ("Oude Vaart Accountants CV", "N"), ("Windroos Architecten BV", "N"), ("Steenuil Drones BV", "C"),
    ("Rozenhoed Advocaten BV", "N"), ("Havenlicht Scheepswerf NV", "C"), ("Papaverveld Tandzorg BV", "R"),
    ("Atelier Janssens BV", "C"), ("Brouwerij De Hopduvel NV", "C"), ("Drukkerij Zonneschijn BV", "C"),
    ("Groenlof Boomkwekerij BV", "A"), ("Hoeve ter Elst BV", "A"), ("Zandkasteel Kinderopvang VZW", "R"),
    ("Vlinderslag Kinesitherapie BV", "R"), ("Apotheek Sint-Anna BV", "G"), ("Fietsen Vandenberghe BV", "G"),
    ("Bakkerij ’t Hoekske BV", "C"), ("Garage Lambert & Fils SRL", "G"), ("Café Métropole SRL", "I"),
    ("Hôtel du Vieux Pont SA", "I"), ("Carrières de la Vesdre SA", "B"), ("Électricité Renard SRL", "F"),
    ("Bouwwerken Aerts NV", "F"), ("Dakwerken Segers BV", "F"), ("Loodgieterij Coppens BV", "F"),
    ("Taxi Scheldestad BV", "H"), ("Koeriersdienst De Zwaluw BV", "H"), ("Vastgoed De Leie NV", "M"),
    ("Immo Côte d’Opale SRL", "M"), ("Notariskantoor Declercq BV", "N"), ("Verzekeringen Nijs BV", "L"),
    ("Boekhouding Wouters BV", "N"), ("Landmeters Willems & Zoon BV", "N"), ("Uitgeverij Inktvis BV", "J"),
    ("Radio Schelde VZW", "J"), ("Pixelweide Software BV", "K"), ("Netwerkhuis Limburg BV", "K"),
    ("Telefonie Plus NV", "K"), ("Poetsbureau Blinkend BV", "O"), ("Uitzendkantoor Werkt! NV", "O"),
    ("Reisbureau Zonnewijzer BV", "O"), ("Muziekschool Da Capo VZW", "Q"), ("Rijschool Groen Licht BV", "Q"),
    ("Basisschool De Regenboog VZW", "Q"), ("Museum voor Kant en Linnen VZW", "S"), ("Zwembad Het Water NV", "S"),
    ("Toneelhuis De Coulissen VZW", "S"), ("Kapsalon Annemie BV", "T"), ("Wasserij Helderblauw BV", "T"),
    ("Fanfare Sint-Cecilia VZW", "T"), ("Zonnepanelen Horizon NV", "D"), ("Warmtenet Noordkaai CV", "D"),
    ("Containerdienst Mertens BV", "E"), ("Recyclage Kanaalzone NV", "E"), ("Chocolaterie Ganache SA", "C"),
    ("Meubelmakerij Eik & Beuk BV", "C"), ("Staalbouw De Klinknagel NV", "C"), ("Optiek Scherpzicht BV", "G"),
    ("Boekhandel Letterlust BV", "G"), ("Dierenkliniek De Vier Poten BV", "N"), ("Orthodontie Lejeune SRL", "R"),
    ("Woonzorgcentrum Avondrood VZW", "R"),
)  # fmt: skip
DUTCH_COMPANIES = (
    ("Noorderzon Installaties BV", "F"), ("Waterlandse Molens BV", "A"), ("Bloemenveiling Tulpenrand BV", "G"),
    ("Stoomgemaal Advies BV", "N"), ("De Vries Scheepsbouw BV", "C"), ("Kaashandel Visser BV", "G"),
    ("Rederij Waddenvaart BV", "H"), ("Fysio Plantsoen BV", "R"), ("Tandartspraktijk Singel BV", "R"),
    ("Grachtengids Rondvaarten BV", "O"), ("Uitgeverij Krantentuin BV", "J"), ("Polderwerk Groenvoorziening BV", "A"),
    ("Dijkwacht Beveiliging BV", "O"), ("Windkracht Energie BV", "D"), ("Zilte Akkers BV", "A"),
    ("Hofstede Makelaars BV", "M"), ("Bakkerij Roggebrood BV", "C"), ("Fietsfabriek Trapper BV", "C"),
    ("Kapper Krul BV", "T"), ("Hotel Haringvliet BV", "I"), ("Pannenkoekenhuis De Molen BV", "I"),
    ("Advocatenkantoor Keizer BV", "N"), ("Accountants Prins & Bakker BV", "N"), ("Datawolk Hosting BV", "K"),
    ("Codekade Software BV", "K"), ("Glasvezel Oost BV", "K"), ("Schoonmaak Helder BV", "O"),
    ("Basisschool De Wegwijzer Stichting", "Q"), ("Muziekcentrum Orgel Stichting", "Q"),
    ("Theater De Kroon Stichting", "S"), ("Museum Klein Delft Stichting", "S"), ("Sportschool Kracht BV", "S"),
    ("Zorggroep Rivierenland Stichting", "R"), ("Huisartsen Westerpark BV", "R"), ("Dierenarts Weide BV", "N"),
    ("Transport Van Dijk BV", "H"), ("Koel- en Vriesopslag Noord BV", "H"), ("Verhuizers Sterk BV", "H"),
    ("Bouwbedrijf Baksteen BV", "F"), ("Schilders Kwast & Co BV", "F"), ("Dakdekkers Droog BV", "F"),
    ("Metaaldraaierij Spaan BV", "C"), ("Drukwerk Letterbak BV", "C"), ("Keramiek Oventje BV", "C"),
    ("Zuivel Van der Weide BV", "C"), ("Visgroothandel Ebbe BV", "G"), ("Boekwinkel Bladzij BV", "G"),
    ("Tuincentrum Groenrijk BV", "G"), ("Auto’s Van den Berg BV", "G"), ("Opticien Brilmans BV", "G"),
    ("Afvalverwerking Schoon BV", "E"), ("Waterzuivering Maas BV", "E"), ("Zandwinning Rijn BV", "B"),
    ("Verzekeraar De Brug BV", "L"), ("Hypotheekadvies Thuis BV", "L"), ("Vastgoed Kanaal BV", "M"),
    ("Ingenieursbureau Overspanning BV", "N"), ("Reclamebureau Vonk BV", "N"), ("Wasserette Schuim BV", "T"),
    ("Scouting Vuurplaats Stichting", "T"), ("Uitvaartzorg Stilte BV", "T"), ("Omroep Zuiderzee Stichting", "J"),
)  # fmt: skip

# Postcode, town, area code without the leading zero, language.
BELGIAN_TOWNS = (
    ("2300", "Turnhout", "14", "nl"), ("9100", "Sint-Niklaas", "3", "nl"), ("8000", "Brugge", "50", "nl"),
    ("2500", "Lier", "3", "nl"), ("2000", "Antwerpen", "3", "nl"), ("9000", "Gent", "92", "nl"),
    ("3000", "Leuven", "16", "nl"), ("3500", "Hasselt", "11", "nl"), ("1000", "Brussel", "2", "fr"),
    ("4000", "Liège", "42", "fr"), ("5000", "Namur", "81", "fr"), ("8500", "Kortrijk", "56", "nl"),
)  # fmt: skip
DUTCH_TOWNS = (
    ("1012 AB", "Amsterdam", "20", "nl"), ("3011 AA", "Rotterdam", "10", "nl"), ("2611 AA", "Delft", "15", "nl"),
    ("9468 AB", "Annen", "592", "nl"), ("5611 AA", "Eindhoven", "40", "nl"), ("6511 AA", "Nijmegen", "24", "nl"),
)  # fmt: skip
STREETS = (
    "Kanaalkade", "Molenstraat", "Stationsstraat", "Kerkplein", "Spinolarei", "Nijverheidslaan", "Marktplein",
    "Dorpsstraat", "Havenlaan", "Lindedreef", "Industrieweg", "Oude Gracht",
)  # fmt: skip
