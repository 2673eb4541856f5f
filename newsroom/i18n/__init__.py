"""Words of the interface: catalogues, their sources, formats of dates."""
