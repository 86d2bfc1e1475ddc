"""What the words of a column's header say, in the languages and styles contacts are exported in."""

from __future__ import annotations

from c2c_desktop.domain.column_mapping import IGNORED, MOST_GROUP, Column, Meaning, Several
from c2c_desktop.domain.number_kind import kind_among, label_words

_WHOLE: dict[Meaning, str] = {
    Meaning.FULL_NAME: (
        "name|full name|fullname|display name|contact name|contact|customer name|customer|client|client name|"
        "lead name|person|person name|nom|nom complet|nom affiche|nombre|nombre completo|nome|nome completo|"
        "nome visualizzato|naam|volledige naam|vollstandiger name|anzeigename|kontakt|नाम|பெயர்"
    ),
    Meaning.NAME_PREFIX: "name prefix|prefix|honorific prefix|namensprafix",
    Meaning.FIRST_NAME: "first name|firstname|first|given name|forename|vorname|prenom|primer nombre|voornaam",
    Meaning.MIDDLE_NAME: (
        "middle name|middlename|additional name|weitere vornamen|zweiter vorname|deuxieme prenom|segundo nombre|"
        "secondo nome|segundo nome|tweede voornaam"
    ),
    Meaning.LAST_NAME: (
        "last name|lastname|last|surname|family name|nachname|familienname|nom de famille|apellidos|apellido|cognome|"
        "sobrenome|apelido|achternaam"
    ),
    Meaning.NAME_SUFFIX: "name suffix|suffix|honorific suffix|suffixe|sufijo|suffisso|sufixo|namenszusatz",
    Meaning.NICKNAME: "nickname|file as|spitzname|surnom|apodo|alias",
    Meaning.COMPANY: (
        "company|company name|organization|organisation|organization name|organisation name|organization 1 name|"
        "account name|account|employer|firm|business name|firma|firmenname|unternehmen|societe|entreprise|empresa|"
        "compania|organizacion|azienda|societa|ditta|bedrijf|organisatie|कंपनी|நிறுவனம்"
    ),
    Meaning.TAGS: (
        "group membership|labels|label|tags|tag|tag list|categories|category|groups|group|kategorien|kategorie|"
        "categorie|categories|categorias|etiquetas|etiquettes|etichette|categorieen|segment|segments"
    ),
    Meaning.NOTE: (
        "notes|note|comment|comments|remark|remarks|memo|notizen|notiz|bemerkung|bemerkungen|anmerkungen|remarques|"
        "commentaires|notas|observaciones|observacoes|annotazioni|notities|opmerkingen"
    ),
    Meaning.UID: "uid|guid|uuid|contact id|contactid|record id|external id|lead id",
    Meaning.FAVOURITE: "favourite|favorite|starred|star|favorit|favori|favorito|preferito|favoriet",
}
"""By folded words. "Title", "Anrede" and the like say Mr or what somebody does: left out until a person wants it.
A bare "ID" is no UID: the 17 of one program is somebody else in the next."""

_BY_WORDS = {words: meaning for meaning, all_words in _WHOLE.items() for words in all_words.split("|")}
_PHONE_STEMS = (
    "phone", "telef", "mobil", "mobiel", "handy", "rufnummer", "telefax", "fax", "msisdn", "whatsapp", "movil",
    "telecopie", "cellul", "celul", "cellphone", "pager", "फोन", "फ़ोन", "मोबाइल", "தொலைபேசி", "மொபைல்",
)  # fmt: skip
_PHONE_WORDS = frozenset(
    {"tel", "phone", "mob", "cell", "number", "no", "gsm", "callback", "isdn", "telex", "portable", "numero", "nummer",
     "cel", "fon"}
)  # fmt: skip
_ALONE_NO_PHONE = frozenset({"no", "nummer", "numero"})
_BESIDE_PHONE = frozenset(
    {"phonetic", "country", "extension", "ext", "carrier", "verified", "status", "date", "provider", "opt", "count"}
)
_OTHER_NUMBERS = frozenset(
    {"customer", "account", "order", "invoice", "vat", "tax", "id", "employee", "government", "house", "street",
     "postal", "serial", "member", "fiscal", "identity"}
)  # fmt: skip
_LABELS = frozenset({"type", "label", "kind", "typ", "art", "tipo"})
_MAIL = frozenset({"email", "emails", "mail", "mails", "courriel", "correo", "correio", "messagerie", "ईमेल", "மின்னஞ்சல்"})
_BESIDE_MAIL = frozenset(
    {"name", "anzeigename", "affiche", "opt", "status", "verified", "sent", "count", "date", "mailing", "type"}
)


def column_of(header: str) -> Column:
    """Return what a header says by itself; `IGNORED` where it says nothing that is known."""
    words = label_words(header[:200])
    meaning = _BY_WORDS.get(" ".join(words))
    if meaning is not None:
        google = meaning is Meaning.TAGS and " ".join(words) in {"group membership", "labels"}
        return Column(meaning, several=Several.COLONS if google else Several.GUESSED)
    if _is_mail(words):
        beside = _LABELS | _BESIDE_MAIL
        return IGNORED if beside.intersection(words) else Column(Meaning.EMAIL)
    if not _is_phone(words):
        return IGNORED
    if _LABELS.intersection(words):
        return Column(Meaning.NUMBER_KIND, group=_group(words))
    return Column(Meaning.NUMBER, kind_among(words), _group(words))


def _is_mail(words: list[str]) -> bool:
    return bool(_MAIL.intersection(words)) or " e mail " in f" {' '.join(words)} "


def _is_phone(words: list[str]) -> bool:
    if _BESIDE_PHONE.intersection(words):
        return False
    if any(stem in word for stem in _PHONE_STEMS for word in words):
        return True
    found = _PHONE_WORDS.intersection(words)
    if found <= _ALONE_NO_PHONE | {"number"}:  # "Contact No." is a phone, "No." and "Account number" are none
        return (
            bool(found)
            and not _OTHER_NUMBERS.intersection(words)
            and not (len(words) == 1 and found <= _ALONE_NO_PHONE)
        )
    return True


def _group(words: list[str]) -> int:
    numbers = [int(word) for word in words if word.isdecimal() and len(word) <= len(str(MOST_GROUP))]
    return numbers[0] if numbers else 0
