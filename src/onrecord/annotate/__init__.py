"""Annotation tools: findings out as marks that people correct, and back as gold.

Comes in: reports with their texts; folders of brat and exports of Label Studio. Goes out: those, and :class:`Gold`, a report as an annotator left it
with what they changed. docs/annotation.md tells how each finding is marked.
"""

from onrecord.annotate.gold import Change, Gold
from onrecord.annotate.marks import AnnotationError

__all__ = ["AnnotationError", "Change", "Gold"]
