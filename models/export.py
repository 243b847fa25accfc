"""Export a checkpoint: ``python -m models.export CHECKPOINT.pt FOLDER``.

Writes what the package ships: ``encoder.onnx`` (int8), ``tokenizer.json``, a file for each head (``attribution.npz``,
``events.npz``) and ``model.json``; with ``--fp32`` the encoder as it was trained, to see what int8 costs. Heads that lie in the folder
and were trained on states of the same network (``framing.npz``, ``stance.npz``) stay and are marked as this encoder's.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

import onnx
import torch

from models import graph
from models.network import WIDTH
from models.smoothing import calibrated
from models.train import BASE, Network
from onrecord.attribution.joining import LEAST
from onrecord.encoder import FEATURES, Encoder, labels
from onrecord.encoder.pairs import COLUMNS
from onrecord.parse.parser import load as load_parser
from onrecord.train.writing import marked_as, write_head

OWN = Path(__file__).parent / "data" / "attribution"
TRAINED_WITH = ("attribution.npz", "events.npz")


def export_encoder(network: Network, folder: Path, *, fp32: bool) -> None:
    """The encoder as a graph; the folder has ``model.json`` and ``tokenizer.json``, with which it is calibrated."""
    weights = {name: value.detach().float().numpy() for name, value in network.encoder.state_dict().items()}
    made = network.encoder.bert.config
    shape = graph.Shape(layers=made.num_hidden_layers, heads=made.num_attention_heads, epsilon=made.layer_norm_eps, columns=len(FEATURES))
    how = graph.Rounding(int8=False) if fp32 else calibrated(weights, shape, Encoder(folder), OWN)
    onnx.save(graph.encoder(weights, shape, how), str(folder / "encoder.onnx"))


def of_one_network(folder: Path, before: bytes) -> list[Path]:
    """The heads that were trained on states of the network whose own heads have just been written again."""
    if before != b"".join((folder / name).read_bytes() for name in TRAINED_WITH):
        return []
    return [path for path in sorted(folder.glob("*.npz")) if path.name not in TRAINED_WITH]


def describe(folder: Path, about: dict[str, Any]) -> None:
    """Write ``model.json``."""
    (folder / "model.json").write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    """The command line."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("checkpoint", type=Path)
    asked.add_argument("folder", type=Path)
    asked.add_argument("--fp32", action="store_true")
    asked.add_argument("--least", type=float, default=LEAST, help="the logit above which a word heads a cue; chosen on dev")
    given = asked.parse_args()
    state = torch.load(given.checkpoint, weights_only=False)
    tags, deps = labels(load_parser())
    options = state["options"]
    network = Network(tags=len(tags), deps=len(deps), parse=options["parse"], rules=options["rules"])
    network.load_state_dict(state["network"])
    network.eval()
    given.folder.mkdir(parents=True, exist_ok=True)
    before = b"".join((given.folder / name).read_bytes() for name in TRAINED_WITH if (given.folder / name).exists())
    write_head(network.attribution, given.folder / "attribution.npz")
    write_head(network.events, given.folder / "events.npz")
    shutil.copy(BASE / "tokenizer.json", given.folder / "tokenizer.json")
    about = {
        "id": "",
        "width": WIDTH,
        "pieces": options["most"],
        "features": list(FEATURES),
        "columns": list(COLUMNS),
        "tags": list(tags),
        "labels": list(deps),
        "least": given.least,
        "options": options,
    }
    describe(given.folder, about)
    export_encoder(network, given.folder, fp32=given.fp32)
    describe(given.folder, about | {"id": hashlib.sha256((given.folder / "encoder.onnx").read_bytes()).hexdigest()[:12]})
    for path in of_one_network(given.folder, before):
        marked_as(path, path, Encoder(given.folder))
    for path in sorted(given.folder.iterdir()):
        print(f"{path.name}: {path.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
