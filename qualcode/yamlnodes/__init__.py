"""YAML as nodes with places: what a researcher wrote, where, and what is wrong with it.

Everything people write for qualcode in YAML (codebooks, `qualcode.yaml`, front matter, sidecars) is read
here. Scalars stay as written: `no`, `007`, `1:30` and `2019-06-28` are texts. Reading never raises and never
runs anything; it returns a node and a list of `Problem`s.

    node, problems = read_yaml("id: a\\nname: 避责\\n", "codebook.yaml")
    fields = Fields(node, what="a code", known=("id", "name"), problems=problems)
    fields.text("id")
"""

from qualcode.yamlnodes.build import read_yaml
from qualcode.yamlnodes.decode import decode_yaml
from qualcode.yamlnodes.fields import YES, Fields
from qualcode.yamlnodes.nodes import Node, plain

__all__ = ["YES", "Fields", "Node", "decode_yaml", "plain", "read_yaml"]
