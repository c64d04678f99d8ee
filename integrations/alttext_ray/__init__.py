"""`alttext ray`: the pictures of a site, or of a library, looked at by the machines of a Ray cluster.

Decoding streams through tasks into actors that have loaded the model once; what they see is written as
Parquet (https://docs.ray.io/en/latest/data/data.html). What all of it means for documents is found out by the
same pipeline as on one machine, which then need not look at any picture.
"""

SUGGESTIONS = "suggestions.parquet"  # in the folder of a run
