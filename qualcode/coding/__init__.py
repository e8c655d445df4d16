"""Coding: where text meets rules, and nowhere else."""

from qualcode.coding.coded import CodedDocument
from qualcode.coding.engine import code_document, code_documents

__all__ = ["CodedDocument", "code_document", "code_documents"]
