"""Other servers: how they are asked, told until they answer, and which of them hear of changed pages."""
