"""What can be said of an event: PLOVER types, modes, contexts, sectors, quad classes, the CAMEO crosswalk, position acts,
and what other lists call a country.

The data are tables beside this module; here is typed access to them, read once at import. In come names and codes as text; out come
mappings of frozen rows (:data:`EVENT_TYPES`, :data:`ACTS` …), CAMEO codes, and a country's :class:`StateCodes` on a day.

Source: the PLOVER codebook (Open Event Data Alliance) for types, modes, contexts and sectors; the CAMEO
codebook 1.1b3 (Schrodt) for the codes of the crosswalk. PLOVER prints SANCTION as material conflict in
its own section and as verbal in one table; it is material here.
"""

from onrecord.ontology.model import (
    ACTS,
    AUXILIARY_MODES,
    CONTEXTS,
    EVENT_TYPES,
    OCCURRENCES,
    PACKAGED,
    PLOVER,
    QUADS,
    SECTORS,
    Act,
    EventType,
    Mode,
    Ontology,
    cameo,
    from_cameo,
    quad,
)
from onrecord.ontology.states import StateCodes, country_of, state_codes

__all__ = [
    "ACTS",
    "AUXILIARY_MODES",
    "CONTEXTS",
    "EVENT_TYPES",
    "OCCURRENCES",
    "PACKAGED",
    "PLOVER",
    "QUADS",
    "SECTORS",
    "Act",
    "EventType",
    "Mode",
    "Ontology",
    "StateCodes",
    "cameo",
    "country_of",
    "from_cameo",
    "quad",
    "state_codes",
]
