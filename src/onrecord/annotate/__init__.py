"""Annotation tools: findings out as marks that people correct, and back as gold.

Comes in: reports with their texts; folders of brat and exports of Label Studio. Goes out: those, and :class:`Gold`, a report as an annotator left it
with what they changed. docs/annotation.md tells how each finding is marked.
"""

from onrecord.annotate.agreement import Agreement, agreement, majority
from onrecord.annotate.brat import read as read_brat
from onrecord.annotate.brat import write as write_brat
from onrecord.annotate.gold import Change, Gold
from onrecord.annotate.label_studio import read as read_label_studio
from onrecord.annotate.label_studio import write as write_label_studio
from onrecord.annotate.marks import AnnotationError
from onrecord.annotate.reviews import Noted, review

__all__ = [
    "Agreement",
    "AnnotationError",
    "Change",
    "Gold",
    "Noted",
    "agreement",
    "majority",
    "read_brat",
    "read_label_studio",
    "review",
    "write_brat",
    "write_label_studio",
]
