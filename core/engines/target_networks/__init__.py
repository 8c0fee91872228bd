"""Target networks as engines: `target:NAME` for each of `core.vos.targets.nets.catalogue`."""
