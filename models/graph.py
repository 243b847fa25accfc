"""The encoder as the runtime runs it, written out operator by operator: one window in, a state for each of its pieces out.

Weights are int8 with a scale for each output; what goes into a product is int8 with one scale for the window, found as it comes.
A few channels are many times as large as the rest and would take all of that scale, so channels are first divided by what
calibration found, and the weights multiplied by it (SmoothQuant, Xiao et al. 2023; :mod:`models.smoothing`). Where that is not
enough, a product has a scale for every run of :data:`BLOCK` inputs of every piece, which costs half as much again as one scale for all.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable, Mapping
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from models.network import WIDTH

Floats = NDArray[np.float32]
OPSET = 20
IR = 9
RUNTIME = "com.microsoft"
"""The domain of onnxruntime's own operators: attention and int8 products in one step each."""
MOST = 127
BLOCK = 128


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Rounding:
    """How products are rounded.

    Attributes:
        int8: whether they are.
        smooth: by a product's name, what each input is divided by and its weights are multiplied by.
        blocks: the products that have a scale for every run of inputs.
    """

    int8: bool = True
    smooth: Mapping[str, Floats] = dataclasses.field(default_factory=dict)
    blocks: Collection[str] = ()


@dataclasses.dataclass(slots=True)
class Graph:
    """Operators and weights as they are added, in order."""

    nodes: list[onnx.NodeProto] = dataclasses.field(default_factory=list)
    weights: list[onnx.TensorProto] = dataclasses.field(default_factory=list)

    def keep(self, name: str, values: Any) -> str:
        """Add an array; gives its name."""
        self.weights.append(numpy_helper.from_array(np.array(values, order="C"), name))
        return name

    def add(self, kind: str, name: str, /, *of: str, domain: str = "", **attributes: Any) -> str:
        """Add an operator with one result; gives the result's name."""
        self.nodes.append(helper.make_node(kind, list(of), [name], name=name, domain=domain, **attributes))
        return name

    def rows(self, name: str, table: Floats, at: str) -> str:
        """Rows of a table that is kept in int8."""
        scale = np.abs(table).max() / MOST
        self.keep(f"{name}.table", np.round(table / scale).astype(np.int8))
        found = self.add("Gather", f"{name}.rows", f"{name}.table", at)
        return self.add("DequantizeLinear", name, found, self.keep(f"{name}.scale", np.float32(scale)), self.keep(f"{name}.zero", np.int8(0)))

    def product(self, name: str, of: str, weights: Floats, bias: Floats, how: Rounding) -> str:
        """A product with weights, (inputs, outputs), and a bias."""
        self.keep(f"{name}.bias", bias)
        if not how.int8:
            return self.add("Add", name, self.add("MatMul", f"{name}.product", of, self.keep(f"{name}.weight", weights)), f"{name}.bias")
        if name in how.blocks:
            return self.blocks(name, of, weights)
        if (smooth := how.smooth.get(name)) is not None:
            weights = weights * smooth[:, None]
            of = self.add("Mul", f"{name}.smoothed", of, self.keep(f"{name}.smooth", (1 / smooth).astype(np.float32)))
        scale = np.abs(weights).max(0) / MOST
        self.keep(f"{name}.weight", np.round(weights / scale).astype(np.int8))
        self.keep(f"{name}.scale", scale.astype(np.float32))
        return self.add("DynamicQuantizeMatMul", name, of, f"{name}.weight", f"{name}.scale", "", f"{name}.bias", domain=RUNTIME)

    def blocks(self, name: str, of: str, weights: Floats) -> str:
        """A product whose inputs and weights have a scale for every run of :data:`BLOCK` inputs; its bias is kept."""
        inputs, outputs = weights.shape
        runs = weights.T.reshape(outputs, inputs // BLOCK, BLOCK)
        scale = np.abs(runs).max(2) / MOST
        self.keep(f"{name}.weight", (np.round(runs / scale[:, :, None]) + MOST + 1).astype(np.uint8))
        self.keep(f"{name}.scale", scale.reshape(-1).astype(np.float32))
        more = {"K": inputs, "N": outputs, "bits": 8, "block_size": BLOCK, "accuracy_level": 4}
        return self.add("MatMulNBits", name, of, f"{name}.weight", f"{name}.scale", "", "", f"{name}.bias", domain=RUNTIME, **more)

    def norm(self, name: str, of: str, weights: Mapping[str, Floats], at: str, epsilon: float) -> str:
        """A layer norm."""
        kept = [self.keep(f"{name}.{part}", weights[f"{at}.{part}"]) for part in ("weight", "bias")]
        return self.add("LayerNormalization", name, of, *kept, epsilon=epsilon)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What of the network its weights don't say: layers, heads of attention, the layer norms' epsilon, the features' columns."""

    layers: int
    heads: int
    epsilon: float
    columns: int


def encoder(weights: Mapping[str, Floats], shape: Shape, how: Rounding, *, also: Iterable[str] = ()) -> onnx.ModelProto:
    """The encoder as a graph: ``pieces`` (1, length) and ``features`` (1, length, columns) in, ``states`` (1, length, width) out.

    Args:
        weights: those of :class:`models.network.Encoder` by name.
        shape: the network's.
        how: how its products are rounded.
        also: further results to give, by name.
    """
    g = Graph()
    x = _embedded(g, weights, shape)
    g.keep("thirds", np.array([WIDTH] * 3, np.int64))
    for n in range(shape.layers):
        x = _layer(g, f"layer.{n}", x, weights, shape, how)
    g.add("Identity", "states", x)
    inputs = [("pieces", [1, "length"]), ("features", [1, "length", shape.columns])]
    graph = helper.make_graph(
        g.nodes,
        "encoder",
        [helper.make_tensor_value_info(name, TensorProto.INT64, size) for name, size in inputs],
        [helper.make_tensor_value_info("states", TensorProto.FLOAT, [1, "length", WIDTH]), *(helper.make_empty_tensor_value_info(name) for name in also)],
        g.weights,
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET), helper.make_opsetid(RUNTIME, 1)], ir_version=IR)


def products(weights: Mapping[str, Floats], layer: int) -> dict[str, tuple[str, Floats, Floats]]:
    """A layer's products by name: what goes in, its weights (inputs, outputs) and its bias."""
    at = f"bert.encoder.layer.{layer}"
    linear = {
        name: (weights[f"{at}.{name}.weight"].T, weights[f"{at}.{name}.bias"]) for name in ("attention.output.dense", "intermediate.dense", "output.dense")
    }
    three = [f"{at}.attention.self.{name}" for name in ("query", "key", "value")]
    before = f"layer.{layer - 1}.norm" if layer else "embedded"
    return {
        "three": (before, np.concatenate([weights[f"{name}.weight"].T for name in three], 1), np.concatenate([weights[f"{name}.bias"] for name in three])),
        "attended": (f"layer.{layer}.seen", *linear["attention.output.dense"]),
        "wide": (f"layer.{layer}.middle", *linear["intermediate.dense"]),
        "narrow": (f"layer.{layer}.gelu", *linear["output.dense"]),
    }


def _embedded(g: Graph, weights: Mapping[str, Floats], shape: Shape) -> str:
    """What goes into the first layer."""
    at = "bert.embeddings"
    x = g.rows("word", weights[f"{at}.word_embeddings.weight"], "pieces")
    for column in range(shape.columns):
        of = g.add("Gather", f"feature.{column}.at", "features", g.keep(f"feature.{column}.column", np.int64(column)), axis=2)
        x = g.add("Add", f"word.{column}", x, g.rows(f"feature.{column}", weights[f"features.{column}.weight"], of))
    places = weights[f"{at}.position_embeddings.weight"] + weights[f"{at}.token_type_embeddings.weight"][0]
    g.keep("place.table", places.astype(np.float16))
    ends = g.keep("place.first", np.array([0], np.int64)), g.add("Shape", "place.end", "pieces", start=1, end=2)
    some = g.add("Slice", "place.rows", "place.table", *ends, "place.first")
    x = g.add("Add", "word.place", x, g.add("Cast", "place", some, to=TensorProto.FLOAT))
    return g.norm("embedded", x, weights, f"{at}.LayerNorm", shape.epsilon)


def _layer(g: Graph, name: str, x: str, weights: Mapping[str, Floats], shape: Shape, how: Rounding) -> str:
    """One layer of BERT."""
    at = f"bert.encoder.{name}"
    made = products(weights, int(name.rpartition(".")[2]))

    def product(what: str) -> str:
        of, values, bias = made[what]
        return g.product(f"{name}.{what}", of, values, bias, how)

    three = [f"{name}.{part}" for part in ("query", "key", "value")]
    g.nodes.append(helper.make_node("Split", [product("three"), "thirds"], three, axis=2, name=f"{name}.split"))
    g.add("MultiHeadAttention", f"{name}.seen", *three, domain=RUNTIME, num_heads=shape.heads)
    x = g.norm(f"{name}.middle", g.add("Add", f"{name}.half", product("attended"), x), weights, f"{at}.attention.output.LayerNorm", shape.epsilon)
    g.add("Gelu", f"{name}.gelu", product("wide"))
    return g.norm(f"{name}.norm", g.add("Add", f"{name}.whole", product("narrow"), x), weights, f"{at}.output.LayerNorm", shape.epsilon)
