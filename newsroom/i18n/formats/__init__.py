"""How Django writes dates in each language of the newsroom, where it knows another way."""
