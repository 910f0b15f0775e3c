"""`python -m vuonlen`."""

from vuonlen.cli.main import main

main()
