"""Hybrid search: dense and BM25 candidates, fused and re-scored."""
