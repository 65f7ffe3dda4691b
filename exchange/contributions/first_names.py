"""First names that people in the Netherlands have: from the package Faker (MIT), and what that lacks. Pure.

A name is a fact, not a person. Faker keeps its lists up; we read those of the languages that are spoken here most.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module

# Languages whose lists are read: of Faker's own names.
_LISTS = (
    "nl_NL", "nl_BE", "tr_TR", "fr_DZ", "fr_FR", "en_GB", "en_PK", "en_IN", "de_DE", "pl_PL", "ro_RO", "hu_HU", "pt_PT",
    "es_ES", "it_IT", "hr_HR", "vi_VN", "id_ID", "tw_GH", "az_AZ", "uz_UZ", "sw", "cs_CZ",
)  # fmt: skip
_KINDS = ("first_names", "first_names_male", "first_names_female")
# Common here, and in none of those lists.
_MORE = """
Abdelkader Abdellah Abdi Abdirahman Abdullah Abdulrahman Abebe Adem Adil Afra Agnieszka Ahmad Ahmed Aicha Aischa
Aisha Akin Albertien Aleida Alem Ali Almaz Amal Amanuel Amin Amina Amine Amir Amira Anke Annabel Anneke Annelies
Annelotte Annemarie Annemiek Annie Anouk Appie Ardalan Arie Arjan Arjen Asma Asmaa Awet Aya Ayaan Ayşe Azad Azra
Aïcha Bahar Barwaqo Bashir Behrouz Berend Berhane Bertha Betlehem Bianca Bilal Bilan Biniam Birgit Bouchra
Boudewijn Bram Brigitte Burak Carla Carolien Chaima Chantal Cor Corrie Daan Daniëlle Danuta Dawit Deniz Dennis
Dewi Dilan Dilara Dirk Dmytro Driss Eline Ellen Els Elsbeth Emine Emre Engin Ernie Esmée Esra Ester Eva Evelien
Everdien Ezgi Fadil Fadma Farah Farid Farida Faris Farouk Fatih Fatiha Fatima Fatma Fatoumata Fatuma Femke
Filmon Fleur Floor Floris Frank Frans Freek Freweini Fuad Furkan Geert Geertje Genet Gerda Gerrie Gerrit Gert
Gertjan Ghulam Gijs Giulia Goran Gülay Gülsen Gürkan Habib Habiba Hadil Hafsa Hakan Hakim Halima Hamid Hamza
Hanan Hanna Hanneke Hans Harm Harmen Harrie Hasan Hassan Hatice Hayat Heleen Helga Henk Hennie Henny Herman
Hilda Hilde Hodan Houda Huda Huseyin Hüseyin Ibrahim Idil Idris Ikram Ilham Ilse Iman Imane Imran Ineke Inge
Ingrid Irma Ismail Ivana Iwona Jaap Jaco Jacqueline Jalal Jamal Jamila Jan Janneke Jannes Jannie Jantje Jasper
Jayden Jelle Jelmer Jeroen Jesse Jet Jihad Jikke Joanna Jochem Joep Joke Jolanda Joost Joppe Joris Josje Jurgen
Jurre Kadir Karim Karima Karin Karlijn Kasia Katarzyna Kees Kemal Kerim Khadija Khadra Khaled Khalid Kiki Koen
Kofi Koos Krzysztof Laila Lars Latifa Laurens Layla Leendert Leila Leontien Leyla Lidewij Lieke Lies Liesbeth
Lina Linda Loes Lotte Louisa Lubna Luuk Lynn Maaike Maarten Machteld Magda Mahdi Mahmoud Majid Malika Maren
Margreet Margriet Maria Mariam Marieke Marijke Marijn Mariëlle Marjan Marjolein Marleen Marlies Marloes Maryam
Maud Maurits Małgorzata Mehdi Mehmet Mehrdad Meike Mekdes Melek Menno Meral Merel Merhawi Meron Merve Meryem
Miek Mieke Mien Mies Milan Miloud Mirjam Mirte Mitchell Mohamed Mohammad Mohammed Monique Mounir Mourad Muhammad
Muhammed Murat Mustafa Naima Najat Najib Nasir Nasra Nasrin Natalia Nawal Nazli Neeltje Nel Nelleke Nesrin
Nicole Niels Nienke Nina Noor Noortje Noura Nurcan Nynke Oksana Oleksandr Olena Omar Omer Orhan Osman Othman
Oumaima Paulien Petra Petros Piet Pieter Piotr Quinten Rabia Rachid Rahel Rahma Ramazan Rana Rania Rashid
Reinier Remco Rens Reza Ria Rianne Rick Rien Rik Robel Roel Roeland Rogier Roland Ron Ronald Roos Rosalie Rowan
Rutger Ruud Saad Saar Sabrina Safa Said Saida Salah Salim Salma Samia Samir Samira Samuel Sander Sanne Sara
Saskia Saïd Sebastiaan Selam Selim Selma Semhar Senait Serhat Serkan Sevda Sevgi Shadi Shahid Shirin Sibel Siem
Sietske Siham Simone Sinan Sjaak Sjoerd Sjors Solomon Soraya Stan Stefan Stefanie Stijn Suad Suleiman Suleyman
Suzan Sven Svetlana Sybren Sylvana Süleyman Tahir Tamara Tanja Tarek Tarik Tariq Tekle Tesfay Tesfaye Teun
Teuntje Teus Thea Theo Thijs Tiemen Tineke Titia Tjeerd Tjitske Toos Trudy Truus Tuğba Tygo Valentyna Veerle
Vera Viktoriia Volodymyr Waleed Wassim Wessel Wiebe Wilhelmina Willeke Willem Wilma Wim Wouter Xander Yael Yahya
Yara Yared Yasin Yasmin Yasmina Yasmine Yassin Yassine Yeter Ymke Yohannes Yonas Yosef Yosief Youssef Youssra
Yulia Yuliia Yusra Yusuf Zahra Zainab Zakaria Zara Zehra Zekiye Zeynep Ziad Zineb Zohra Özlem Ümit Łukasz
"""
# Names that are also words, months, places, peoples or brands: by themselves they say nothing.
_ALSO_WORDS = """
Aard Aart Aba Adam Adel Adi Adonis Air Akkerman Ala Albino Ale Alexandria Alf Alla Ama Amber Amen Amor An Angel
Ans Ante April Aria Art As Asia Aura Aurora Axel Azalea Baba Baptist Bara Barak Beer Ben Bent Beren Bergen
Berlin Best Beste Bloem Bo Bon COmfort Carolina Cent Chelsea Chi China Christen Christian Coen Comfort Concept
Concordia Constant Corona Dag Dakota Daler Damar Dame Dan Das De Deen Dien Divan Do Dodo Don Door Dora Dorp Duc
Duur Ede Eden Een El Elke Emir Engel Ernst Ever Excellent Fabel Faith Faro Fijn Flor Flora Florence Florida
Forum Franco Frank Ga Gading Gael Gala Gang Gazel Genet Georgia Ger Gil Gloria Goed Grace Grit Gul Gunner Gust
Hagen Haren Harmony Hart Heaven Heer Heide Hen Henk Het Holm Honor Hoop Hope Horst Hortensia Hulp Ik Imam In
India Inter Ion Israel Janus Jihad Job Jong Jordan Joy Juist Juli June Juni Just Justice Kaat Kader Kan Karma
Karman Kei Ken Kenia Kers Kick Kit Kok Laan Lala Lander Lang Lee Leen Lente Lex Lief Lieve Lieven Lijn Lila
Liman Linde Lino London Long Loot Lou Lourdes Love Lucky Lut Lux Maan Maas Mad Made Madison Mai Major Mali Man
Mara Mare Marine Marle Mars Mat Mate Max Maxi Maxim Mee Meer Mees Mei Mer Mercedes Merit Mihrab Mijn Milan Mint
Miracle Mitra Mits Nacho Nada Nadir Narcis Nazi Nelson Nil Norm Nova Nu Olijf Olympia Om Omina Op Oud Pa Pan
Paris Pas Pastor Pax Pearl Peer Pepper Peren Phoenix Pier Pina Pip Pol Pool Precious Prima Prince Princess Prins
Puk Raden Raid Rain Ram Ramadan Rani Rein Rijk Rim Rio Robijn Roman Rune Safari Salami Sam Sari Saul Savannah
Senior Sep Server Set Siena Silver Sima Sint Sol Soul Sport Spring Star Sten Ster Storm Sultane Summer Sun Sunny
Tan Tea Teddy Tel Tiara Tijd Tinne Titi Toa Ton Tot Tri Trio Trust Tule Tulp Tutu Ty Uma Umi Uni Unity Urban Van
Veer Vega Ver Verona Vesta Victoria Vie Vienna Violet Virtue Vita Vlinder Vos Vrij Wadi Wil Will Winter Wit Wolf
Wolfram Wulf Yes Yoga Young Zee Zen Zin Zon Zus Zwaan
"""


@cache
def first_names() -> frozenset[str]:
    """Every first name that is known, as it is written."""
    names = set(_MORE.split())
    for language in _LISTS:
        provider = import_module(f"faker.providers.person.{language}").Provider
        for kind in _KINDS:
            names.update(str(name) for name in getattr(provider, kind, ()))
    return frozenset(name for name in names if len(name) > 1 and " " not in name)


@cache
def also_words() -> frozenset[str]:
    """Those that mean something else too: they are a name only where more says so."""
    return frozenset(_ALSO_WORDS.split())


@cache
def sure_names() -> frozenset[str]:
    """Those that mean nothing else."""
    return first_names() - also_words()
