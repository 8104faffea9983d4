"""How Vietnamese lists sort: by given name, letter by letter with đ, ă, â, ê, ô, ơ, ư in their places, then by tone."""

import unicodedata

LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}  # huyền hỏi ngã sắc nặng; none is 0
_PLACE = {letter: place for place, letter in enumerate(LETTERS, 1)}

Key = tuple[tuple[int, ...], tuple[int, ...]]


def word_key(word: str) -> Key:
    """Letters first, tones only between words of the same letters: "An" < "Ân" < "Bá"; "Hòa" < "Hóa"."""
    letters: list[int] = []
    tones: list[int] = []
    for letter in unicodedata.normalize("NFD", word.lower()):
        if letter in TONES:
            if tones:
                tones[-1] = TONES[letter]
        elif unicodedata.combining(letter):
            _combine(letters, letter)
        else:
            letters.append(_PLACE.get(letter, 100 + ord(letter)))
            tones.append(0)
    return tuple(letters), tuple(tones)


def _combine(letters: list[int], mark: str) -> None:
    """A breve, circumflex or horn belongs to the letter before it."""
    if not letters or letters[-1] > len(LETTERS):
        return
    whole = unicodedata.normalize("NFC", LETTERS[letters[-1] - 1] + mark)
    letters[-1] = _PLACE.get(whole, letters[-1])


def name_key(name: str) -> tuple[Key, list[Key]]:
    """For sorting names: the given name (the last word), then the others from the family name on."""
    words = name.split() or [""]
    return word_key(words[-1]), [word_key(word) for word in words[:-1]]
