"""The passages' vectors, kept in a home's own files, or on a Chroma server.

Derived: all of it can be made again from the catalogs. Either place may fail, and what is asked of
it then fails at once, until it has been put in order (`store`); what each library has there is its
`index`.

Chroma is used directly, not through `langchain_chroma`, which embeds what it is given by itself and
keeps a second copy of the text: here one pass of the model makes the vectors of a passage and of
its sentences, and the text lives in the catalog alone.
"""
