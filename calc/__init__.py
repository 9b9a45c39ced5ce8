"""Numbers: units, gases, inventories and their composition. Pure, and the lowest floor."""
