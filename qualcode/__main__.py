"""`python -m qualcode` is `qualcode`: for machines where scripts are not on the path."""

from qualcode.cli.main import main

if __name__ == "__main__":
    main()
