"""The page of metrics: masks against true ones in every measure."""
