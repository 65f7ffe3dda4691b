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
Abdelkader Abdellah Abdi Abdirahman Abdullah Abdulrahman Abebe Adem Adil Afra Agnieszka Aicha Aïcha Aisha Aischa Ahmad Ahmed Akin Albertien Ali
Aleida Alem Almaz Amal Amanuel Amin Amina Amine Amir Amira Anke Anneke Annelies Annabel Annelotte Annemarie Annemiek Annie Anouk Appie
Ardalan Arie Arjan Arjen Asma Asmaa Awet Aya Ayaan Ayşe Azad Azra Bahar Barwaqo Bashir Behrouz Berend Berhane Bertha
Betlehem Bianca Bilal Bilan Biniam Birgit Bouchra Boudewijn Bram Brigitte Burak Carla Carolien Chaima Chantal Cor
Corrie Daan Daniëlle Danuta Dawit Deniz Dennis Dewi Dilan Dilara Dirk Dmytro Driss Eline Ellen Els Elsbeth Emine Emre
Engin Ernie Esmée Esra Ester Eva Evelien Everdien Ezgi Fadil Fadma Farah Farid Farida Faris Farouk Fatih Fatiha Fatima
Fatma Fatoumata Fatuma Femke Filmon Fleur Floor Floris Frank Frans Freek Freweini Fuad Furkan Geert Geertje Genet
Gerda Gerrie Gerrit Gert Gertjan Ghulam Gijs Giulia Goran Gülay Gülsen Gürkan Habib Habiba Hadil Hafsa Hakan Hakim
Halima Hamid Hamza Hanan Hanna Hanneke Hans Harm Harmen Harrie Hasan Hassan Hatice Hayat Heleen Helga Henk Henny
Hennie Herman Hilde Hilda Hodan Houda Huda Huseyin Hüseyin Ibrahim Idil Idris Ikram Ilham Ilse Iman Imane Imran Ineke
Inge Ingrid Irma Ismail Ivana Iwona Jaap Jaco Jacqueline Jalal Jamal Jamila Jan Jannie Janneke Jannes Jantje Jasper
Jayden Jelle Jelmer Jeroen Jet Jeroen Jesse Jihad Jikke Joanna Jochem Joep Joke Jolanda Jolanda Joost Joppe Joris Josje
Jurgen Jurre Kadir Karim Karima Karin Karlijn Kasia Katarzyna Kees Kemal Kerim Khadija Khadra Khaled Khalid Kiki Kofi
Koen Koos Krzysztof Laila Lars Latifa Laurens Layla Leendert Leila Leontien Leyla Lidewij Lies Liesbeth Lieke Lina
Linda Loes Lotte Louisa Lubna Łukasz Luuk Lynn Maaike Maarten Machteld Magda Mahdi Mahmoud Majid Małgorzata Malika
Maren Margreet Margriet Maria Mariam Mariëlle Marieke Marijke Marijn Marjan Marjolein Marleen Marloes Marlies Maryam
Maud Maurits Mehdi Mehmet Mehrdad Meike Mekdes Melek Menno Meral Merel Merhawi Meron Merve Meryem Miek Mieke Mien Mies
Milan Miloud Mirjam Mirte Mitchell Mohamed Mohammad Mohammed Monique Mounir Mourad Muhammad Muhammed Murat Mustafa Naima
Najat Najib Nasir Nasra Nasrin Natalia Nawal Nazli Neeltje Nel Nelleke Nesrin Nicole Niels Nienke Nina Noor Noortje
Noura Nurcan Nynke Oksana Oleksandr Olena Omar Omer Orhan Osman Othman Oumaima Özlem Paulien Petra Petros Piet Pieter
Piotr Quinten Rabia Rachid Rahel Rahma Ramazan Rana Rania Rashid Reinier Remco Rens Reza Ria Rianne Rick Rien Rik Ria
Robel Roel Roeland Rogier Roland Ron Ronald Roos Rosalie Rowan Rutger Ruud Saad Saar Sabrina Safa Said Saïd Saida
Salah Salim Salma Samia Samir Samira Samuel Sander Sanne Sara Saskia Sebastiaan Selam Selim Selma Semhar Senait Serhat
Serkan Sevda Sevgi Shadi Shahid Shirin Sibel Siem Siham Sietske Simone Sinan Sjaak Sjoerd Sjors Solomon Soraya Stan
Stefan Stefanie Stijn Suad Suleiman Suleyman Süleyman Suzan Svetlana Sven Sybren Sylvana Tahir Tamara Tanja Tarek
Tarik Tariq Teun Tekle Tesfay Tesfaye Teuntje Teus Theo Thijs Thea Tiemen Tineke Titia Tjeerd Tjitske Toos Trudy Truus
Tuğba Tygo Ümit Valentyna Veerle Vera Viktoriia Volodymyr Waleed Wassim Wessel Wiebe Wilhelmina Willeke Willem Wilma
Wim Wouter Xander Yael Yahya Yared Yara Yasin Yasmin Yasmina Yasmine Yassin Yassine Yeter Ymke Yohannes Yonas Yosef
Yosief Youssef Youssra Yulia Yuliia Yusra Yusuf Zahra Zainab Zakaria Zara Zehra Zekiye Zeynep Ziad Zineb Zohra
"""
# Names that are also words, months, places, peoples or brands: by themselves they say nothing.
_ALSO_WORDS = """
Elke Ken Mai Mits Tot Meer Zin Aard Aart Aba Adam Adel Adi Adonis Air Akkerman Ala Albino Ale Alexandria Alf Alla Ama Amber Amen Amor An Angel Ans
Ante April Aria Art As Asia Aura Aurora Axel Azalea Baba Baptist Bara Barak Beer Ben Bent Beren Bergen Berlin Best
Beste Bloem Bo Bon COmfort Carolina Cent Chelsea Chi China Christen Christian Coen Comfort Concept Concordia Constant
Corona Dag Dakota Daler Damar Dame Dan Das De Deen Dien Divan Do Dodo Don Door Dora Dorp Duc Duur Ede Eden Een El Emir
Engel Ernst Ever Excellent Fabel Faith Faro Fijn Flor Flora Florence Florida Forum Franco Frank Ga Gading Gael Gala
Gang Gazel Genet Georgia Ger Gil Gloria Goed Grace Grit Gul Gunner Gust Hagen Haren Harmony Hart Heaven Heer Heide Hen
Henk Het Holm Honor Hoop Hope Horst Hortensia Hulp Ik Imam In India Inter Ion Israel Janus Jihad Job Jong Jordan Joy
Juist Juli June Juni Just Justice Kaat Kader Kan Karma Karman Kei Kenia Kers Kick Kit Kok Laan Lala Lander Lang Lee
Leen Lente Lex Lief Lieve Lieven Lijn Lila Liman Linde Lino London Long Loot Lou Lourdes Love Lucky Lut Lux Maan Maas
Mad Made Madison Major Mali Man Mara Mare Marine Marle Mars Mat Mate Max Maxi Maxim Mee Mees Mei Mer Mercedes Merit
Mihrab Mijn Milan Mint Miracle Mitra Nacho Nada Nadir Narcis Nazi Nelson Nil Norm Nova Nu Olijf Olympia Om Omina Op
Oud Pa Pan Paris Pas Pastor Pax Pearl Peer Pepper Peren Phoenix Pier Pina Pip Pol Pool Precious Prima Prince Princess
Prins Puk Raden Raid Rain Ram Ramadan Rani Rein Rijk Rim Rio Robijn Roman Rune Safari Salami Sam Sari Saul Savannah
Senior Sep Server Set Siena Silver Sima Sint Sol Soul Sport Spring Star Sten Ster Storm Sultane Summer Sun Sunny Tan
Tea Teddy Tel Tiara Tijd Tinne Titi Toa Ton Tri Trio Trust Tule Tulp Tutu Ty Uma Umi Uni Unity Urban Van Veer Vega Ver
Verona Vesta Victoria Vie Vienna Violet Virtue Vita Vlinder Vos Vrij Wadi Wil Will Winter Wit Wolf Wolfram Wulf Yes
Yoga Young Zee Zen Zon Zus Zwaan
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
