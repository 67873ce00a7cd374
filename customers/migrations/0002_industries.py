"""The sections of NACE Rev. 2.1 under everyday names.

Source: Commission Delegated Regulation (EU) 2023/137, Annex: the section letters and what they cover; the names and
examples are ours.
"""

from django.db import migrations

SECTIONS = (
    ("A", "Agriculture, forestry and fishing", "Farms, nurseries, forestry, fisheries"),
    ("B", "Mining and quarrying", "Quarries, sand and gravel pits"),
    ("C", "Manufacturing", "Factories, food processing, printing, machine building"),
    ("D", "Energy supply", "Electricity, gas, heat and cooling networks"),
    ("E", "Water and waste", "Water companies, sewage, waste collection, recycling"),
    ("F", "Construction", "Builders, electricians, plumbers, painters"),
    ("G", "Wholesale and retail", "Shops, web shops, wholesalers, car dealers"),
    ("H", "Transport and storage", "Hauliers, couriers, warehouses, post"),
    ("I", "Hotels and restaurants", "Hotels, restaurants, cafés, caterers"),
    ("J", "Publishing and media", "Publishers, film, radio, television, news"),
    ("K", "IT and telecommunications", "Software, hosting, IT consultancy, telecom operators"),
    ("L", "Finance and insurance", "Banks, insurers, brokers, holding companies"),
    ("M", "Real estate", "Estate agents, letting, property management"),
    ("N", "Professional services", "Lawyers, accountants, architects, engineers, research, advertising"),
    ("O", "Business support", "Temp agencies, cleaning, security, travel agencies, rental"),
    ("P", "Government and social security", "Municipalities, public services, defence"),
    ("Q", "Education", "Schools, colleges, training centres"),
    ("R", "Health and care", "Hospitals, practices, care homes, child care"),
    ("S", "Arts, sports and recreation", "Museums, theatres, sports clubs, parks"),
    ("T", "Other services", "Associations, repairs, hairdressers, laundries"),
    ("U", "Households as employers", "Households that employ staff"),
    ("V", "International organisations", "Embassies, EU institutions, NATO"),
)


def load(apps, schema_editor):
    industry = apps.get_model("customers", "Industry")
    for order, (code, name, examples) in enumerate(SECTIONS, start=1):
        industry.objects.update_or_create(code=code, defaults={"name": name, "examples": examples, "order": order})


class Migration(migrations.Migration):
    dependencies = [("customers", "0001_initial")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
