"""Files -> documents -> segments.

corpus, problems = open_corpus(Path("corpus"))
for document, problems in corpus.documents():
    segments, more = segment_document(document, "sentence")
"""

from qualcode.corpus.opening import Corpus, open_corpus, read_document
from qualcode.corpus.segment import segment_document
from qualcode.corpus.settings import CorpusSettings, read_settings

__all__ = ["Corpus", "CorpusSettings", "open_corpus", "read_document", "read_settings", "segment_document"]
