"""Export a checkpoint: ``python -m models.export CHECKPOINT.pt FOLDER``.

Writes what the package ships: ``encoder.onnx`` (int8), ``tokenizer.json``, a file for each head (``attribution.npz``,
``events.npz``) and ``model.json``; with ``--fp32`` the encoder as it was trained, to see what int8 costs.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import tempfile
from collections.abc import Collection
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from torch import nn

from models.network import WIDTH
from models.train import BASE, Network
from onrecord.attribution.joining import LEAST
from onrecord.encoder import FEATURES, labels
from onrecord.encoder.pairs import COLUMNS
from onrecord.parse.parser import load as load_parser

OPSET = 18


def export_encoder(network: Network, path: Path, *, fp32: bool) -> None:
    """The encoder as ONNX: pieces, features and mask in, states out."""
    length = 24
    inputs = (torch.ones(2, length, dtype=torch.long), torch.zeros(2, length, len(FEATURES), dtype=torch.long), torch.ones(2, length))
    batch, size = torch.export.Dim("batch", min=1, max=512), torch.export.Dim("length", min=3, max=512)
    with tempfile.TemporaryDirectory() as folder:
        plain, ready = Path(folder) / "plain.onnx", Path(folder) / "ready.onnx"
        program = torch.onnx.export(
            network.encoder,
            inputs,
            dynamo=True,
            opset_version=OPSET,
            input_names=["pieces", "features", "mask"],
            output_names=["states"],
            dynamic_shapes=({0: batch, 1: size}, {0: batch, 1: size}, {0: batch, 1: size}),
        )
        assert program is not None
        program.save(str(plain), external_data=False)
        if fp32:
            shutil.copy(plain, path)
            return
        quant_pre_process(str(plain), str(ready), skip_symbolic_shape=True)
        finer = outputs(onnx.load(str(ready)))
        quantize_dynamic(
            str(ready), str(path), weight_type=QuantType.QInt8, per_channel=True, op_types_to_quantize=["MatMul", "Gemm", "Gather"], nodes_to_exclude=finer
        )
    halved(path, finer)


def outputs(model: onnx.ModelProto) -> list[str]:
    """The nodes of the feed-forward layers' second product.

    What goes into it is far from evenly spread, and one int8 scale for all of it costs a point of direct speech: they stay as they are.
    """
    shapes = {i.name: tuple(i.dims) for i in model.graph.initializer}
    return [n.name for n in model.graph.node if n.op_type == "MatMul" and any(shapes.get(i) == (4 * WIDTH, WIDTH) for i in n.input)]


def halved(path: Path, nodes: Collection[str]) -> None:
    """Keep the weights of these nodes in half precision; the runtime widens them once when it loads."""
    model = onnx.load(str(path))
    used = {i for n in model.graph.node if n.name in nodes for i in n.input}
    casts = []
    for weights in model.graph.initializer:
        if weights.name in used:
            half = numpy_helper.from_array(numpy_helper.to_array(weights).astype(np.float16), f"{weights.name}.half")
            casts.append(helper.make_node("Cast", [half.name], [weights.name], to=TensorProto.FLOAT))
            weights.CopyFrom(half)
    for n, node in enumerate(casts):
        model.graph.node.insert(n, node)
    onnx.save(model, str(path))


def export_head(head: nn.Module, path: Path) -> None:
    """A head's weights by name."""
    arrays = {name: value.detach().numpy().astype(np.float32) for name, value in head.state_dict().items()}
    np.savez_compressed(path, **arrays)


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
    encoder = given.folder / "encoder.onnx"
    export_encoder(network, encoder, fp32=given.fp32)
    onnx.checker.check_model(str(encoder))
    export_head(network.attribution, given.folder / "attribution.npz")
    export_head(network.events, given.folder / "events.npz")
    shutil.copy(BASE / "tokenizer.json", given.folder / "tokenizer.json")
    about = {
        "id": hashlib.sha256(encoder.read_bytes()).hexdigest()[:12],
        "width": WIDTH,
        "pieces": options["most"],
        "features": list(FEATURES),
        "columns": list(COLUMNS),
        "tags": list(tags),
        "labels": list(deps),
        "least": given.least,
        "options": options,
    }
    (given.folder / "model.json").write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")
    for path in sorted(given.folder.iterdir()):
        print(f"{path.name}: {path.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
