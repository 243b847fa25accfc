"""A folder of weights as ``Coder(model=…)`` reads it, with a card that says what they were made of."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from onrecord.encoder import Encoder

LEFT = ("encoder.onnx", "tokenizer.json")
"""What is copied as it is."""
TRAINED = ("attribution", "events")


def write_head(head: Any, path: Path) -> None:
    """A head's weights by name."""
    np.savez_compressed(path, **{name: value.detach().numpy().astype(np.float32) for name, value in head.state_dict().items()})


def marked_as(source: Path, path: Path, encoder: Encoder) -> None:
    """Write a head that reads an encoder's states as they are, marked as this encoder's."""
    with np.load(source) as arrays:
        kept = {name: arrays[name] for name in arrays.files}
    np.savez_compressed(path, **(kept | {"encoder": encoder.mark}))


def write(start: Encoder, heads: Mapping[str, Any], folder: Path, options: Mapping[str, Any]) -> str:
    """Write the weights: the encoder as it was, the heads that were trained, and the others as they were; returns their id."""
    for name in LEFT:
        shutil.copy(start.folder / name, folder / name)
    for name in TRAINED:
        if name in heads:
            write_head(heads[name], folder / f"{name}.npz")
        else:
            shutil.copy(start.folder / f"{name}.npz", folder / f"{name}.npz")
    hashed = hashlib.sha256(b"".join((folder / name).read_bytes() for name in ("encoder.onnx", *(f"{n}.npz" for n in TRAINED))))
    id = hashed.hexdigest()[:12]
    about = json.loads((start.folder / "model.json").read_text(encoding="utf-8"))
    about |= {"id": id, "from": start.about.id, "options": dict(options)}
    (folder / "model.json").write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")
    made = Encoder(folder)
    for path in sorted(start.folder.glob("*.npz")):
        if path.stem not in TRAINED:
            marked_as(path, folder / path.name, made)
    return id


def card(id: str, start: Encoder, said: Mapping[str, Any], table: Sequence[str]) -> str:
    """The model card.

    Args:
        id: of the weights.
        start: what they started from.
        said: how many articles and labels each part had, the files' names, and the options.
        table: the rows of figures.
    """
    articles = said["articles"]
    trained = ", ".join(f"{name} ({part['train']:,} labels)" for name, part in said["labels"].items())
    return f"""# Model card: {id}

**What it is.** The encoder of onrecord's model {start.about.id}, as it was, with heads that were trained further on gold of one's own: {trained}.

**What it was trained on.** {", ".join(said["gold"])}: {articles["train"]:,} articles (or sentences) to learn from, {articles["dev"]:,} to stop by,
{articles["held_out"]:,} held out.
No words of them are in the weights' tables, but weights can tell something of what they learned from.

**Licence.** The weights it started from are onrecord's: Apache License 2.0; its own model card names their training data. What was learned here comes from gold
whose terms are its owner's: write them here before you pass these weights on.

**How good it is.** On the held-out articles, which training never saw, before and after, with 95 % intervals from a bootstrap over articles:

{chr(10).join(table)}

**Where it may fail.** It was fitted to one collection: on other outlets, topics and years it may be worse than the model it started from, which these figures
don't show. Whatever the gold has wrong, it learns. The other heads and all rules are as they were.
"""
