"""Is the article in a language asked for? Function words first, a classifier only where they leave a doubt.

An English text shows itself by its function words, and nearly every text asked about is English, so the
classifier is loaded and run only for the rest. It must then be sure: the text as a whole and at least half of
its parts have to be called the same other language, and no part English; and a text whose words are mostly
capitalised, as in a list of foreign names, is never given up for its language.
"""

from __future__ import annotations

import importlib
import re
from collections import Counter

LEAST_LETTERS = 80
LEAST_IN_OTHER_SCRIPT = 20
SAMPLE = 1200
PART = 220
ENGLISH_SHARE = 0.09
AGREEING_PARTS = 0.5
RUNNING_WORDS = 0.4
WORD = re.compile(r"[^\W\d_]+")
LETTER = re.compile(r"[^\W\d_]")

# Words that are frequent in English news and rare or unknown in its neighbours: no in, is, was, had, for, men, an.
ENGLISH_WORDS = """
the and that with from which were have has been this they their by would it but not are who its after his said says of could about than between into
against when where these those because before while during other more our we you she her him
"""
ENGLISH = frozenset(ENGLISH_WORDS.split())

NAMES = {
    "af": "Afrikaans", "am": "Amharic", "ar": "Arabic", "az": "Azerbaijani", "be": "Belarusian", "bg": "Bulgarian", "bn": "Bengali", "bs": "Bosnian",
    "ca": "Catalan", "cs": "Czech", "cy": "Welsh", "da": "Danish", "de": "German", "el": "Greek", "en": "English", "eo": "Esperanto", "es": "Spanish",
    "et": "Estonian", "eu": "Basque", "fa": "Persian", "fi": "Finnish", "fr": "French", "ga": "Irish", "gl": "Galician", "gu": "Gujarati", "ha": "Hausa",
    "he": "Hebrew", "hi": "Hindi", "hr": "Croatian", "ht": "Haitian Creole", "hu": "Hungarian", "hy": "Armenian", "id": "Indonesian", "is": "Icelandic",
    "it": "Italian", "ja": "Japanese", "ka": "Georgian", "kk": "Kazakh", "km": "Khmer", "ko": "Korean", "ku": "Kurdish", "ky": "Kyrgyz", "la": "Latin",
    "lo": "Lao", "lt": "Lithuanian", "lv": "Latvian", "mg": "Malagasy", "mk": "Macedonian", "ml": "Malayalam", "mn": "Mongolian", "mr": "Marathi",
    "ms": "Malay", "mt": "Maltese", "my": "Burmese", "nb": "Norwegian", "ne": "Nepali", "nl": "Dutch", "nn": "Norwegian", "no": "Norwegian", "pa": "Punjabi",
    "pl": "Polish", "ps": "Pashto", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "rw": "Kinyarwanda", "si": "Sinhala", "sk": "Slovak",
    "sl": "Slovene", "so": "Somali", "sq": "Albanian", "sr": "Serbian", "sv": "Swedish", "sw": "Swahili", "ta": "Tamil", "te": "Telugu", "tg": "Tajik",
    "th": "Thai", "tl": "Tagalog", "tr": "Turkish", "ug": "Uyghur", "uk": "Ukrainian", "ur": "Urdu", "uz": "Uzbek", "vi": "Vietnamese", "yo": "Yoruba",
    "zh": "Chinese", "zu": "Zulu",
}  # fmt: skip

# What exports and columns call languages: English names, the languages' own, and three-letter codes.
CODES = {name.casefold(): code for code, name in NAMES.items()} | {
    "eng": "en", "englisch": "en", "anglais": "en", "inglés": "en", "ingles": "en", "inglese": "en", "inglês": "en", "engels": "en", "английский": "en",
    "fra": "fr", "fre": "fr", "français": "fr", "französisch": "fr", "francés": "fr", "deu": "de", "ger": "de", "deutsch": "de", "allemand": "de",
    "alemán": "de", "spa": "es", "español": "es", "espagnol": "es", "spanisch": "es", "por": "pt", "português": "pt", "ita": "it", "italiano": "it",
    "nld": "nl", "dut": "nl", "nederlands": "nl", "rus": "ru", "русский": "ru", "ara": "ar", "zho": "zh", "chi": "zh", "jpn": "ja", "kor": "ko",
    "tur": "tr", "türkçe": "tr", "fas": "fa", "per": "fa", "farsi": "fa", "ukr": "uk", "pol": "pl", "swe": "sv", "swa": "sw", "hin": "hi", "urd": "ur",
}  # fmt: skip


def code_of(name: str | None) -> str | None:
    """The two-letter code of a language as a document names it (``ENGLISH; ENGLISH``, ``en-GB``, ``eng``), if known."""
    first = re.split(r"[;,/|]", name or "")[0].strip().casefold()
    if first in CODES:
        return CODES[first]
    short = re.split(r"[-_]", first)[0]
    return short if short in NAMES else CODES.get(short)


def name_of(code: str) -> str:
    """A language's English name."""
    return NAMES.get(code, f"the language {code!r}")


def other_language(text: str, accepted: tuple[str, ...]) -> str | None:
    """The language a text is surely in, if that is none of those accepted; None where it is, or in doubt.

    Args:
        text: the whole text.
        accepted: two-letter codes; none means that every language is taken.
    """
    if not accepted:
        return None
    sample = _sample(text)
    if "en" in accepted and english_share(sample) >= ENGLISH_SHARE:
        return None
    letters = LETTER.findall(sample)
    latin = sum(1 for letter in letters if letter < "\u0250")
    if len(letters) < (LEAST_IN_OTHER_SCRIPT if 3 * latin < len(letters) else LEAST_LETTERS):
        return None
    classify = importlib.import_module("py3langid").classify
    found = str(classify(sample)[0])
    if found in accepted:
        return None
    if found not in NAMES or _is_list_of_names(sample):
        return None
    parts = _parts(sample)
    votes = Counter(str(classify(part)[0]) for part in parts)
    agreeing = votes[found]
    return found if agreeing >= AGREEING_PARTS * len(parts) and not any(votes[code] for code in accepted) else None


def language_among(text: str, accepted: tuple[str, ...]) -> str:
    """The language of a text that was not skipped: the one accepted, or, of several or of all, the likeliest."""
    sample = _sample(text)
    if len(accepted) == 1:
        return accepted[0]
    english = not accepted or "en" in accepted
    if english and (english_share(sample) >= ENGLISH_SHARE or len(LETTER.findall(sample)) < LEAST_LETTERS):
        return "en"
    found = str(importlib.import_module("py3langid").classify(sample)[0])
    return found if not accepted or found in accepted else accepted[0]


def english_share(text: str) -> float:
    """How much of a text's words are English function words: about .25 in English news, under .03 elsewhere."""
    words = WORD.findall(text.lower())
    return sum(1 for w in words if w in ENGLISH) / len(words) if words else 0.0


def _is_list_of_names(sample: str) -> bool:
    """Whether a text in a script with capitals has few words that begin with a small letter."""
    words = [w for w in WORD.findall(sample) if w.lower() != w.upper()]
    if not words or sum(map(str.isupper, words)) > len(words) / 2:
        return False
    return sum(1 for w in words if w[0].islower()) < RUNNING_WORDS * len(words)


def _sample(text: str) -> str:
    if len(text) <= 3 * SAMPLE:
        return text
    middle = len(text) // 2
    return "\n".join((text[:SAMPLE], text[middle : middle + SAMPLE], text[-SAMPLE:]))


def _parts(sample: str) -> list[str]:
    """The sample in even parts of about ``PART`` characters, at least two, cut between words."""
    words = sample.split()
    if len(words) < 4:  # scripts without spaces
        half = max(1, len(sample) // 2)
        return [p for p in (sample[:half], sample[half:]) if p.strip()]
    count = max(2, len(sample) // PART)
    size = -(-len(words) // count)
    return [" ".join(words[i : i + size]) for i in range(0, len(words), size)]
