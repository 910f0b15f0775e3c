"""Settings read from the environment, addresses, navigation, and what plugs in where."""
