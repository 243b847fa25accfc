"""How good findings are: gold in, precision, recall and F1 with intervals, calibration and a list of what is wrong out.

Comes in: rows of gold (reports that people corrected, or the rows of a benchmark stage) and predictions, or a coder that makes them.
Goes out: an :class:`Evaluation`. docs/annotation.md has the shapes and what each figure means.
"""

from onrecord.evaluate.calibration import Bin, Calibration
from onrecord.evaluate.errors import Error
from onrecord.evaluate.evaluation import STAGES, Evaluation, evaluate, stage_of
from onrecord.evaluate.figures import Figure
from onrecord.evaluate.scored import EvaluationError

__all__ = ["STAGES", "Bin", "Calibration", "Error", "Evaluation", "EvaluationError", "Figure", "evaluate", "stage_of"]
