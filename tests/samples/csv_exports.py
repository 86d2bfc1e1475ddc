"""CSV and TSV exports as each maker writes them, with its quirks; built here so that every byte is seen."""

from __future__ import annotations

GOOGLE_OLD = (
    "Name,Given Name,Additional Name,Family Name,Yomi Name,Name Prefix,Name Suffix,Nickname,Birthday,Notes,Photo,"
    "Group Membership,E-mail 1 - Type,E-mail 1 - Value,E-mail 2 - Type,E-mail 2 - Value,Phone 1 - Type,Phone 1 - Value,"
    "Phone 2 - Type,Phone 2 - Value,Organization 1 - Type,Organization 1 - Name,Organization 1 - Title\n"
    "Asha Rao,Asha,,Rao,,,,,,\"Met in Pune,\nasks for Meera\",https://example.org/p.jpg,Friends ::: * myContacts"
    " ::: * starred,* Work,asha@example.org ::: rao@example.org,Home,asha.home@example.org,Mobile,"
    "+91 98402 22222 ::: +91 98402 33333,"
    "* Work,020 7946 0018,,Example Trading,Buyer\n"
    ",,,,,,,,,,,* myContacts,,,,,Work Fax,+44 20 7946 0101,,,,Fax Only Ltd,\n"
    "Jürgen Müller,Jürgen,,Müller,,Dr.,,,,,,* myContacts,,,,,,+49 30 23125 018,,,,,\n"
).encode()  # fmt: skip

GOOGLE_NEW = (
    "First Name,Middle Name,Last Name,Phonetic First Name,Phonetic Middle Name,Phonetic Last Name,Name Prefix,"
    "Name Suffix,Nickname,File As,Organization Name,Organization Title,Organization Department,Birthday,Notes,Photo,"
    "Labels,E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value,Phone 2 - Label,Phone 2 - Value\r\n"
    "Asha,Devi,Rao,,,,Dr.,,,,Example Trading,,,,,,* myContacts ::: VIP,* ,asha@example.org,Mobile,+91 98402 22222,"
    "iPhone,+1 555 0100\r\n"
    ",,,,,,,,Chotu,,,,,,,,* myContacts,,,Handy privat,+91 98402 44444,,\r\n"
    "राजेश,,कुमार,,,,,,,,,,,,,,* myContacts,,,Google Voice,+91 98402 55555,,\r\n"
).encode()

OUTLOOK = (
    '"Title","First Name","Middle Name","Last Name","Suffix","Company","Department","Job Title","Business Fax",'
    '"Business Phone","Business Phone 2","Company Main Phone","Home Phone","Mobile Phone","Other Phone","Pager",'
    '"Primary Phone","Categories","E-mail Address","E-mail Type","E-mail Display Name","E-mail 2 Address","Notes",'
    '"Sensitivity"\r\n'
    '"Mr.","Ravi","K.","Kumar","Jr.","Example, Ltd","Sales","Head of ""Sales""","+44 20 7946 0102","+44 20 7946 0103",'
    '"","+44 20 7946 0100","","+44 7700 900123","","","","Customer;VIP","ravi@example.org","SMTP",'
    '"Ravi Kumar (ravi@example.org)","","First line\r\nsecond line","Normal"\r\n'
    '"","Meera","","","","","","","","","","","+44 20 7946 0105","","","","","",'
    '"/o=Example/ou=First/cn=Recipients/cn=meera","EX","Meera","","","Normal"\r\n'
).encode("cp1252")

OUTLOOK_GERMAN = (
    '"Anrede";"Vorname";"Weitere Vornamen";"Nachname";"Suffix";"Firma";"Abteilung";"Position";"Fax geschäftlich";'
    '"Telefon geschäftlich";"Telefon privat";"Mobiltelefon";"Kategorien";"E-Mail-Adresse";"E-Mail-Typ";"Notizen"\r\n'
    '"Frau";"Jürgen";"";"Groß";"";"Müller & Söhne";"";"";"";"+49 30 23125 019";"+49 30 23125 020";'
    '"+49 171 3920001";"Kunde";"j@example.org";"SMTP";""\r\n'
).encode("cp1252")

OUTLOOK_FRENCH = (
    "Titre,Prénom,Deuxième prénom,Nom,Société,Télécopie (bureau),Téléphone (bureau),Téléphone (domicile),Tél. mobile,"
    "Adresse de messagerie,Catégories,Notes\r\n"
    "Mme,Éloïse,,Noël,Exemple SARL,,+33 1 99 00 12 34,,+33 6 39 98 12 34,,Client,\r\n"
).encode("cp1252")

EXCEL = (
    "sep=;\r\nName;Firma;Telefon;Bemerkung\r\n"
    "Jörg Weiß;Weiß GmbH;=\"+49 30 23125 021\";kommt um 10,30\r\n"
    "Zoë Gärtner;;9,1984E+11;\r\n"
    "Ölaf;;'+49 30 23125 022;\r\n"
    ";;;\r\n"
    "\"Groß, Änne\";;4930231250230,0;10,5 €\r\n"
).encode("cp1252")  # fmt: skip

TSV = (
    "Full name\tOrganisation\tTel (work)\tTel (mobile)\tTags\n"
    "Asha Rao\tExample, Ltd\t+44 20 7946 0018\t07700 900123 / 07700 900124\tvip, uk\n"
    "Ravi \"Rocky\" Kumar\t\t\t+44 7700 900125\t\n"
).encode("utf-16")  # fmt: skip

CRM = (
    b"Contacts of the team\n\nLead Id,Customer Name,Account Name,Mobile No.,Phone,Starred,Remarks,Owner\n"
    b"L-17,Asha Rao,Example Trading,98402 22222,,Yes,call | after 5,Meera\n"
    b"L-18,,Only A Company,,044 2345 6789,,,Meera\n"
    b"L-19,,,,,,,Meera\n"
    b"L-20,Too,Many,98402 33333,,,,Meera,extra\n"
    b"L-21,Short Row,,98402 44444\n"
)

NO_HEADER = (
    b"Asha Rao|Example Trading|+91 98402 22222|asha@example.org\n"
    b"Ravi Kumar|Other Ltd|+91 98402 33333|ravi@example.org\n"
    b"Meera Nair|Third Ltd|+91 98402 44444|\n"
)

ALL = {
    "Google, old": GOOGLE_OLD,
    "Google, new": GOOGLE_NEW,
    "Outlook": OUTLOOK,
    "Outlook, German": OUTLOOK_GERMAN,
    "Outlook, French": OUTLOOK_FRENCH,
    "Excel": EXCEL,
    "TSV": TSV,
    "CRM": CRM,
    "no header": NO_HEADER,
}
