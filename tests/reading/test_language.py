"""Which language a text is in: English at once, others by the identifier, none where unsure."""

from __future__ import annotations

import subprocess
import sys

import pytest

from stance.reading.language import foreign, identified, language
from stance.types import Document, Meta

ENGLISH = "The minister said on Monday that the government of Peru supports the harbour plan."
FRENCH = "Le ministre a dit lundi que le gouvernement du Pérou soutient le projet du grand port."


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", ENGLISH),
        ("fr", FRENCH),
        ("es", "El ministro dijo el lunes que el gobierno del Perú apoya el plan del puerto."),
        ("de", "Der Minister sagte am Montag, dass die Regierung von Peru den Plan unterstützt."),
        (
            "ar",
            "قال الوزير يوم الاثنين إن حكومة بيرو تدعم خطة الميناء وترفض الخطة الأخرى في البلاد",
        ),
        ("ru", "Министр заявил в понедельник, что правительство Перу поддерживает план порта."),
        ("ja", "大臣は月曜日に、政府は港の計画を支持しており、他の計画には反対だと述べた。"),
    ],
)
def test_languages(code: str, text: str) -> None:
    assert language(text) == code


@pytest.mark.parametrize("text", ["", "Peru", "12 34 56", "Ana Ruiz, Luis Vega", "?!", "港"])
def test_too_little_to_tell(text: str) -> None:
    assert language(text) is None


def test_the_main_language_of_a_mixed_text() -> None:
    assert language(" ".join([ENGLISH] * 5 + [FRENCH])) == "en"
    assert language(" ".join([FRENCH] * 300 + [ENGLISH])) == "fr"


def test_what_the_text_shows_overrides_what_the_file_declares() -> None:
    declared = Document.from_text(FRENCH, meta=Meta(title="A", language="en"))
    assert identified(declared).meta == Meta(title="A", language="fr")
    short = Document.from_text("Ana Ruiz", meta=Meta(language="es"))
    assert identified(short).meta.language == "es"


def test_the_line_names_both_languages() -> None:
    assert foreign("fr", {"en"}) == "the text is in language 'fr', and stance reads en"


def test_plain_english_needs_no_identifier() -> None:
    code = f"""
import sys
from stance.reading.language import language
assert language({ENGLISH!r}) == "en"
assert "py3langid" not in sys.modules
"""
    subprocess.run([sys.executable, "-c", code], check=True)
