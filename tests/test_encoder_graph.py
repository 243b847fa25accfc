"""The graph that ships says what the network says, and rounding changes little of it. Needs what training needs."""

from __future__ import annotations

import numpy as np
import onnxruntime
import pytest

torch = pytest.importorskip("torch", reason="only needed to train")
transformers = pytest.importorskip("transformers", reason="only needed to train")
pytest.importorskip("onnx", reason="only needed to train")

from models import graph  # noqa: E402
from models.network import WIDTH, Encoder  # noqa: E402

from onrecord.encoder import FEATURES  # noqa: E402

SHAPE = graph.Shape(layers=2, heads=12, epsilon=1e-12, columns=len(FEATURES))


@pytest.fixture(scope="module")
def network() -> Encoder:
    torch.manual_seed(1)
    config = transformers.BertConfig(vocab_size=200, hidden_size=WIDTH, num_hidden_layers=2, num_attention_heads=12, intermediate_size=4 * WIDTH)
    made = Encoder(transformers.BertModel(config, add_pooling_layer=False), tags=5, deps=5, parse=True).eval()
    for table in made.features:
        torch.nn.init.normal_(table.weight, std=0.02)
    return made


@pytest.fixture(scope="module")
def window() -> dict[str, np.ndarray]:
    chance = np.random.default_rng(1)
    return {"pieces": chance.integers(0, 200, (1, 40)), "features": chance.integers(0, 4, (1, 40, len(FEATURES)))}


def states(network: Encoder, window: dict[str, np.ndarray], how: graph.Rounding) -> np.ndarray:
    weights = {name: value.numpy() for name, value in network.state_dict().items()}
    made = graph.encoder(weights, SHAPE, how)
    session = onnxruntime.InferenceSession(made.SerializeToString(), providers=["CPUExecutionProvider"])
    return session.run(["states"], window)[0]


def expected(network: Encoder, window: dict[str, np.ndarray]) -> np.ndarray:
    with torch.no_grad():
        found = network(torch.tensor(window["pieces"]), torch.tensor(window["features"]), torch.ones(1, 40))
    return found.numpy()


def away(one: np.ndarray, other: np.ndarray) -> float:
    return float(np.linalg.norm(one - other) / np.linalg.norm(other))


def test_the_graph_is_the_network(network: Encoder, window: dict[str, np.ndarray]) -> None:
    assert away(states(network, window, graph.Rounding(int8=False)), expected(network, window)) < 0.02


@pytest.mark.parametrize("blocks", [(), ("layer.0.narrow", "layer.1.narrow")])
def test_rounding_changes_little(network: Encoder, window: dict[str, np.ndarray], blocks: tuple[str, ...]) -> None:
    assert away(states(network, window, graph.Rounding(blocks=blocks)), expected(network, window)) < 0.05


def test_what_inputs_are_divided_by_is_made_good_in_the_weights(network: Encoder, window: dict[str, np.ndarray]) -> None:
    smooth = {"layer.0.wide": np.linspace(0.5, 2, WIDTH, dtype=np.float32), "layer.1.narrow": np.linspace(0.5, 2, 4 * WIDTH, dtype=np.float32)}
    assert away(states(network, window, graph.Rounding(smooth=smooth)), expected(network, window)) < 0.05
