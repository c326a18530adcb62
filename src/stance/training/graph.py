"""Passes over an exported ONNX graph: less to compute, int8 weights, the same bytes every time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from onnx import ModelProto, NodeProto

_BLOCK = 32
"""Weights of a column that share a scale: 12 % more bytes than one scale a column, less error."""

_SMALL = 1024
"""Matrices with fewer entries stay in float32."""

_BY_TOKEN = {
    "Add",
    "BiasGelu",
    "FastGelu",
    "Gelu",
    "LayerNormalization",
    "MatMul",
    "Mul",
    "SkipLayerNormalization",
    "Tanh",
}
"""Operators that compute each token from that token alone; a `MatMul` by constant weights."""


def first_token_only(proto: ModelProto) -> ModelProto:
    """A copy that leaves out what the last layer computes for tokens the classifier never sees.

    Encoders classify by their first token: a `Gather` on the token axis. Upwards from there,
    operators that work token by token and feed nothing else are given the first token alone,
    which saves most of the last layer. Without such a `Gather` the copy is a plain one.
    """
    from onnx import ModelProto, helper, numpy_helper

    copy = ModelProto()
    copy.CopyFrom(proto)
    graph = copy.graph
    constants = {value.name for value in graph.initializer}
    constants |= {node.output[0] for node in graph.node if node.op_type == "Constant"}
    picks = [
        index
        for index, node in enumerate(graph.node)
        if node.op_type == "Gather" and _axis(node) == 1 and node.input[0] not in constants
    ]
    if not picks:
        return copy
    chosen = _movable(graph.node, picks[-1], constants, {value.name for value in graph.output})
    inner = {name for index in chosen for name in graph.node[index].output}
    cuts: set[str] = set()
    for index in (*chosen, picks[-1]):
        node = graph.node[index]
        for at, name in enumerate(node.input[:1] if index == picks[-1] else node.input):
            if name and name not in constants and name not in inner:
                cuts.add(name)
                node.input[at] = f"{name}_first"
    graph.initializer.extend(
        numpy_helper.from_array(np.array([number]), name) for number, name in ((0, "_0"), (1, "_1"))
    )
    ordered: list[NodeProto] = []
    for node in graph.node:
        ordered.append(node)
        for name in node.output:
            if name in cuts:
                inputs = [name, "_0", "_1", "_1"]
                ordered.append(helper.make_node("Slice", inputs, [f"{name}_first"]))
    _replace(copy, ordered)
    return copy


def quantise(proto: ModelProto) -> None:
    """Store word embeddings and weight matrices as int8, in place; arithmetic stays in float32.

    A matrix is brought back by `Cast`, `Mul`, `Reshape` on constants, which onnxruntime folds once
    when it loads the file. Embeddings stay int8 in memory: only the rows in use are brought back.
    """
    from onnx import TensorProto, helper, numpy_helper

    graph = proto.graph
    tensors = {value.name: value for value in graph.initializer if len(value.dims) == 2}
    large = {name for name, value in tensors.items() if np.prod(value.dims) >= _SMALL}
    matrices = sorted(
        {n.input[1] for n in graph.node if n.op_type == "MatMul" and n.input[1] in large}
    )
    tables = {n.input[0] for n in graph.node if n.op_type == "Gather" and n.input[0] in large}
    added: list[NodeProto] = []
    for name in matrices:
        weights = numpy_helper.to_array(tensors[name])
        rows, columns = weights.shape
        block = _BLOCK if rows % _BLOCK == 0 else rows
        small, scales = to_int8(weights.reshape(rows // block, block, columns), axis=1)
        for part, value in (("q", small), ("s", scales), ("n", np.array(weights.shape))):
            graph.initializer.append(numpy_helper.from_array(value, f"{name}_{part}"))
        added += [
            helper.make_node("Cast", [f"{name}_q"], [f"{name}_c"], to=TensorProto.FLOAT),
            helper.make_node("Mul", [f"{name}_c", f"{name}_s"], [f"{name}_m"]),
            helper.make_node("Reshape", [f"{name}_m", f"{name}_n"], [f"{name}_w"]),
        ]
    for node in graph.node:
        if node.op_type == "MatMul" and node.input[1] in matrices:
            node.input[1] = f"{node.input[1]}_w"
        if node.op_type == "Gather" and node.input[0] in tables:
            added += _small_gather(proto, node, numpy_helper.to_array(tensors[node.input[0]]))
        else:
            added.append(node)
    _replace(proto, added)


def to_int8(values: NDArray[np.float32], axis: int) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Values as int8 times a scale for each stretch along `axis`.

    Shapes: the first result as `values`; the second with `axis` of length 1.
    """
    scales = np.abs(values).max(axis=axis, keepdims=True).astype(np.float32) / np.float32(127)
    scales[scales == 0] = 1
    return np.rint(values / scales).astype(np.int8), scales


def strip(proto: ModelProto) -> None:
    """Take out, in place, what differs between two exports of the same weights, and what tells
    of the machine: producers, doc strings, stack traces, the names of nodes."""
    del proto.metadata_props[:], proto.graph.metadata_props[:]
    proto.producer_name, proto.producer_version, proto.doc_string = "stance", "", ""
    proto.graph.name, proto.graph.doc_string = "nli", ""
    for node in proto.graph.node:
        node.name, node.doc_string = "", ""
        del node.metadata_props[:]
    for value in (*proto.graph.initializer, *proto.graph.input, *proto.graph.output):
        value.doc_string = ""
        del value.metadata_props[:]


def _movable(nodes: list[NodeProto], pick: int, constants: set[str], outputs: set[str]) -> set[int]:
    """Indices of the nodes whose results, in the end, only `pick` reads."""
    users: dict[str, set[int]] = {}
    for index, node in enumerate(nodes):
        for name in node.input:
            users.setdefault(name, set()).add(index)
    chosen = {pick}
    for index in range(pick - 1, -1, -1):
        node = nodes[index]
        used = set().union(*(users.get(name, set()) for name in node.output))
        fixed = node.op_type != "MatMul" or node.input[1] in constants
        if node.op_type in _BY_TOKEN and fixed and used and used <= chosen:
            chosen |= set() if outputs & set(node.output) else {index}
    return chosen - {pick}


def _small_gather(
    proto: ModelProto, node: NodeProto, table: NDArray[np.float32]
) -> list[NodeProto]:
    """Nodes that look rows up in an int8 table. Shape of `table`: (vocabulary, hidden)."""
    from onnx import TensorProto, helper, numpy_helper

    name, ids = node.input
    small, scales = to_int8(table, axis=1)
    if f"{name}_q" not in {value.name for value in proto.graph.initializer}:
        proto.graph.initializer.extend(
            (
                numpy_helper.from_array(small, f"{name}_q"),
                numpy_helper.from_array(scales, f"{name}_s"),
            )
        )
    out = node.output[0]
    return [
        helper.make_node("Gather", [f"{name}_q", ids], [f"{out}_q"]),
        helper.make_node("Gather", [f"{name}_s", ids], [f"{out}_s"]),
        helper.make_node("Cast", [f"{out}_q"], [f"{out}_c"], to=TensorProto.FLOAT),
        helper.make_node("Mul", [f"{out}_c", f"{out}_s"], [out]),
    ]


def _replace(proto: ModelProto, nodes: list[NodeProto]) -> None:
    """Put `nodes` in place of the graph's, and drop the constants that none of them reads."""
    graph = proto.graph
    copies = [type(node).FromString(node.SerializeToString()) for node in nodes]
    read = {name for node in copies for name in node.input}
    kept = [value for value in graph.initializer if value.name in read]
    del graph.node[:], graph.initializer[:], graph.value_info[:]
    graph.node.extend(copies)
    graph.initializer.extend(kept)


def _axis(node: NodeProto) -> int:
    return next((value.i for value in node.attribute if value.name == "axis"), 0)
