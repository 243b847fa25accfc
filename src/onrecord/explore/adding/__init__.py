"""Articles that visitors add: a queue, one process that reads, codes and writes them, and how far it is with each.

Reading, coding and linking go on in a process of their own, so that pages stay quick meanwhile and a document that ends the process that reads it
ends nothing else. What a batch has written stays; a batch that is cut short has written nothing.
"""

from onrecord.explore.adding.given import Given
from onrecord.explore.adding.progress import ENDED, Progress
from onrecord.explore.adding.queue import Adding, FullError, Job

__all__ = ["ENDED", "Adding", "FullError", "Given", "Job", "Progress"]
