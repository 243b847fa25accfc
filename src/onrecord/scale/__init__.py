"""Archives of any size: the same coder in a pool of workers on Ray Data, on this machine or a cluster, into partitioned Parquet.

In come paths or addresses of an archive, what reads it and what makes a coder; out goes a folder of tables with a :class:`Tally`.
:class:`Saved` reads such a folder back for a record. Needs the extra ``scale``: ``pip install 'onrecord[scale]'``.
"""

from onrecord.scale.errors import ScaleError
from onrecord.scale.parts import Tables
from onrecord.scale.saved import Saved
from onrecord.scale.settings import Partition, Settings
from onrecord.scale.starting import scale
from onrecord.scale.tally import Tally

__all__ = ["Partition", "Saved", "ScaleError", "Settings", "Tables", "Tally", "scale"]
