"""Coding: where text meets rules, and nowhere else."""

from qualcode.coding.engine import CodedDocument, code_document

__all__ = ["CodedDocument", "code_document"]
